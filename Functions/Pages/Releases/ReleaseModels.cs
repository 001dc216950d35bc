using Autopay.Application.Finance;
using Autopay.Application.Releasing;

namespace Autopay.Pages.Releases;

/// <param name="ToPlan">Cycles that a plan can be made of now.</param>
/// <param name="Cycle">The one that is asked for; null is all of them.</param>
public sealed record ReleaseListModel(
    IReadOnlyList<ReleaseView> Releases,
    IReadOnlyList<CycleNumber> ToPlan,
    CycleNumber? Cycle,
    IReadOnlyList<CycleName> Names
);

/// <summary>Debits of a plan, as they are filtered.</summary>
/// <param name="Total">Of the whole filter, not of the page.</param>
/// <param name="All">Of the whole plan.</param>
public sealed record LinesShown(
    IReadOnlyList<PlanLine> Lines,
    int Total,
    Money TotalCents,
    int From,
    int All,
    PlanFlag? Flag,
    string Find
)
{
    /// <summary>Only those that are so far; null is all of them.</summary>
    public LineState? State { get; init; }

    public const int Size = PlanSketch.MostLines;

    public int? Next => From + Size < Total ? From + Size : null;

    /// <summary>The largest of all.</summary>
    public static LinesShown Of(PlanSketch sketch) =>
        new(sketch.Largest, sketch.Lines, sketch.Open, 0, sketch.Lines, null, "");

    /// <summary>Largest first; those of a flag, or whose account or debit has the text.</summary>
    public static LinesShown Of(IReadOnlyList<PlanLine> lines, PlanFlag? flag, string find, int from)
    {
        List<PlanLine> some =
        [
            .. lines
                .Where(line =>
                    flag is not { } asked || (line.Flags.Contains(asked) && line.Outcome == PlanOutcome.ToBank)
                )
                .Where(line => line.Debit.Value.Contains(find, StringComparison.OrdinalIgnoreCase)),
        ];
        return new LinesShown(
            [.. some.Skip(from).Take(Size)],
            some.Count,
            some.Sum(line => line.Open),
            from,
            lines.Count,
            flag,
            find
        );
    }
}

/// <summary>How far a release is.</summary>
/// <param name="Was">The step that the page was made at: another one makes the page anew. Null on the page itself.
/// </param>
public sealed record ProgressModel(ReleasePace Pace, ReleaseStep? Was);

/// <summary>A release, from its plan to its last debit.</summary>
/// <param name="Sizes">Null while the plan is made, and of nothing to send.</param>
public sealed record ReleaseModel(
    ReleaseView View,
    IReadOnlyList<CycleName> Names,
    LinesShown? Lines,
    Pictures.SizeBins? Sizes,
    Halt? Halt
)
{
    public ReleaseStep Step => View.Step;

    public string Id => View.Plan.Id;
}
