namespace Autopay.Pages.Pictures;

/// <summary>How a step of a waterfall is drawn; its mark is never its colour alone.</summary>
public enum StepKind
{
    /// <summary>A sum that stands on the ground: the first, and the last.</summary>
    Sum,

    /// <summary>What goes off, and is no trouble.</summary>
    Less,

    /// <summary>What goes off and waits.</summary>
    Waits,

    /// <summary>What goes off and did not come in.</summary>
    Lost,
}

/// <param name="Amount">What goes off is below zero.</param>
/// <param name="Count">How many; null where nobody counts them.</param>
public sealed record WaterfallStep(string Label, Money Amount, int? Count, StepKind Kind);

/// <summary>A bar from where it begins to where it ends, as parts of the whole width.</summary>
public sealed record WaterfallBar(WaterfallStep Step, double From, double Width);

/// <summary>From one sum to another one, step by step, each beginning where the last one ended.</summary>
/// <param name="Finding">What it shows, one sentence with its numbers.</param>
/// <param name="Counted">What the counts are of: the head of their column.</param>
public sealed record WaterfallPicture(string Finding, string Counted, IReadOnlyList<WaterfallStep> Steps)
{
    /// <summary>The first sum with everything that goes off is the last sum, to the cent.</summary>
    public bool AddsUp => Steps.Count < 2 || Steps.SkipLast(1).Sum(step => step.Amount) == Steps[^1].Amount;

    /// <summary>Nothing to be drawn: no bill, or only credit.</summary>
    public bool IsEmpty => Largest <= 0;

    public IReadOnlyList<WaterfallBar> Bars
    {
        get
        {
            List<WaterfallBar> bars = [];
            var at = 0L;
            foreach (var step in Steps)
            {
                var cents = step.Amount.Cents;
                var (from, to) = step.Kind == StepKind.Sum ? (0, cents) : (at, at + cents);
                bars.Add(new WaterfallBar(step, Part(Math.Min(from, to)), Part(Math.Abs(to - from))));
                at = to;
            }

            return bars;
        }
    }

    private long Largest => Steps.Where(step => step.Kind == StepKind.Sum).Select(step => step.Amount.Cents).Max();

    private double Part(long cents) => Math.Clamp((double)cents / Largest, 0, 1);
}
