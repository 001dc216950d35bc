namespace Autopay.Domain.Releases;

/// <summary>
/// What a plan comes to. Always: billed − back payments − credit − under the minimum − for a person − waiting = to the
/// bank.
/// </summary>
public sealed record PlanTotals
{
    /// <summary>All debits that were held, and the charges of their bills.</summary>
    public PlanSum Held { get; init; }

    /// <summary>What was paid elsewhere, and how many debits had some of it paid.</summary>
    public PlanSum PaidElsewhere { get; init; }

    /// <summary>The part of it that back payments took off.</summary>
    public PlanSum BackPayments { get; init; }

    /// <summary>The part of it that credit took off.</summary>
    public PlanSum Credit { get; init; }

    public PlanSum UnderMinimum { get; init; }

    public PlanSum Review { get; init; }

    public PlanSum Waits { get; init; }

    public PlanSum ToBank { get; init; }

    /// <summary>Debits to the bank of the last plan that are not in this one, and what it had for them.</summary>
    public PlanSum Gone { get; init; }

    /// <summary>How many of the debits to the bank have each flag.</summary>
    public IReadOnlyDictionary<PlanFlag, int> Flags { get; init; } = new Dictionary<PlanFlag, int>();

    public static PlanTotals Of(IReadOnlyCollection<PlanLine> lines) =>
        new()
        {
            Held = new PlanSum(lines.Count(line => line.Outcome != PlanOutcome.Gone), lines.Sum(line => line.Billed)),
            PaidElsewhere = new PlanSum(
                lines.Count(line => line.PaidElsewhere.IsPositive),
                lines.Sum(line => line.Billed - line.Open)
            ),
            BackPayments = SumOf(lines, line => line.BackPayments),
            Credit = SumOf(lines, line => line.Credit),
            UnderMinimum = SumOf(lines, PlanOutcome.UnderMinimum),
            Review = SumOf(lines, PlanOutcome.Review),
            Waits = SumOf(lines, PlanOutcome.Waits),
            ToBank = SumOf(lines, PlanOutcome.ToBank),
            Gone = SumOf(
                [.. lines.Where(line => line.Outcome == PlanOutcome.Gone)],
                line => line.LastPlan ?? Money.Zero
            ),
            Flags = lines
                .Where(line => line.Outcome == PlanOutcome.ToBank)
                .SelectMany(line => line.Flags)
                .CountBy(flag => flag)
                .ToDictionary(),
        };

    /// <summary>The debits to the bank that go in parts (R45), and what of them leaves in a later part.</summary>
    public static PlanSum LaterOf(IEnumerable<PlanLine> lines) =>
        SumOf([.. lines.Where(line => line.Outcome == PlanOutcome.ToBank)], line => line.Later);

    private static PlanSum SumOf(IReadOnlyCollection<PlanLine> lines, Func<PlanLine, Money> cents) =>
        new(lines.Count(line => !cents(line).IsZero), lines.Sum(cents));

    private static PlanSum SumOf(IEnumerable<PlanLine> lines, PlanOutcome outcome)
    {
        var those = lines.Where(line => line.Outcome == outcome).ToList();
        return new PlanSum(those.Count, those.Sum(line => line.Open));
    }
}

/// <summary>How far a release is. Always: sent + stopped + dropped + to go = the plan, in debits.</summary>
public sealed record ReleaseProgress
{
    /// <summary>What was asked of the bank, cents: at most what the plan has for these debits.</summary>
    public PlanSum Sent { get; init; }

    /// <summary>What of these debits the plan has in later parts (R45).</summary>
    public PlanSum Later { get; init; }

    /// <summary>The cents of these, and of the next two, are the plan's.</summary>
    public PlanSum Stopped { get; init; }

    public PlanSum Dropped { get; init; }

    public PlanSum ToGo { get; init; }

    /// <summary>When one of its debits last went from one of these to another, UTC; of a plan, when it was made.
    /// </summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <param name="isLive">What a release that has ended leaves is stopped.</param>
    public static ReleaseProgress Of(IEnumerable<PlanLine> lines, bool isLive)
    {
        var planned = lines.Where(line => line.Outcome == PlanOutcome.ToBank).ToLookup(line => line.State);
        var left = SumOf([.. planned[LineState.Planned], .. planned[LineState.Granted]]);
        var stopped = SumOf([.. planned[LineState.Stopped]]);
        var sent = planned[LineState.Sent].ToList();
        return new ReleaseProgress
        {
            Sent = new PlanSum(sent.Count, sent.Sum(line => line.Sent)),
            Later = new PlanSum(sent.Count(line => line.Later.IsPositive), sent.Sum(line => LaterOf(line))),
            Stopped = isLive ? stopped : stopped + left,
            Dropped = SumOf([.. planned[LineState.Dropped]]),
            ToGo = isLive ? left : default,
        };
    }

    public static ReleaseProgress operator +(ReleaseProgress left, ReleaseProgress right) =>
        new()
        {
            Sent = left.Sent + right.Sent,
            Later = left.Later + right.Later,
            Stopped = left.Stopped + right.Stopped,
            Dropped = left.Dropped + right.Dropped,
            ToGo = left.ToGo + right.ToGo,
            MovedAt = left.MovedAt > right.MovedAt || right.MovedAt is null ? left.MovedAt : right.MovedAt,
        };

    // Whoever paid in part meanwhile has less in later parts, or none.
    private static Money LaterOf(PlanLine line) => Money.Min(line.Later, line.Open - line.Sent);

    private static PlanSum SumOf(IReadOnlyCollection<PlanLine> lines) => new(lines.Count, lines.Sum(line => line.Open));
}
