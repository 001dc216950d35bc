namespace Autopay.Application.Reconciling;

/// <summary>A run in the making: counts, what was seen, and what differs.</summary>
internal sealed class ReconcileTally
{
    private const int MostListed = 500;
    private const int MostOfAPart = 2_000;
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<string, string> charging = [];
    private readonly List<Difference> differences = [];
    private readonly List<SeenIntent> fresh = [];
    private int keptDifferences;

    public IReadOnlySet<string> Seen => seen;

    public int Theirs { get; set; }

    public int Ours { get; set; }

    public int Matched { get; set; }

    public int Foreign { get; set; }

    public int Cured { get; set; }

    public int OrphansCancelled { get; set; }

    public int Adopted { get; set; }

    public int MissedEvents { get; set; }

    public DateTimeOffset? EventsThrough { get; set; }

    public IReadOnlyList<Difference> Differences => differences;

    /// <summary>The counts of an earlier turn; what it saw and what differs comes with its parts.</summary>
    public static ReconcileTally Of(ReconcileReport counts) =>
        new()
        {
            Theirs = counts.Theirs,
            Ours = counts.Ours,
            Matched = counts.Matched,
            Foreign = counts.Foreign,
            Cured = counts.Cured,
            OrphansCancelled = counts.OrphansCancelled,
            Adopted = counts.Adopted,
            MissedEvents = counts.MissedEvents,
            EventsThrough = counts.EventsThrough,
        };

    public void Add(Difference difference) => differences.Add(difference);

    /// <summary>Notes an intent; the second one that charges a debit is a difference of its own (I1).</summary>
    public void Note(IntentReading intent)
    {
        Theirs++;
        var charges = intent.Status is IntentStatus.Processing or IntentStatus.Succeeded ? intent.DebitId : null;
        fresh.Add(new SeenIntent(intent.IntentId, charges));
        seen.Add(intent.IntentId);
        if (charges is { } debit && !charging.TryAdd(debit, intent.IntentId) && charging[debit] != intent.IntentId)
        {
            Add(
                new Difference(
                    DifferenceKind.ChargedTwice,
                    intent.IntentId,
                    debit,
                    $"debit {debit} is charged by {charging[debit]} and by {intent.IntentId}"
                )
            );
        }
    }

    /// <summary>What was noted and found since the last time, in parts that a row can hold.</summary>
    public IReadOnlyList<TallyPart> TakeFresh()
    {
        List<TallyPart> parts =
        [
            .. fresh.Chunk(MostOfAPart).Select(some => new TallyPart(some, [])),
            .. differences.Skip(keptDifferences).Chunk(MostListed).Select(some => new TallyPart([], some)),
        ];
        fresh.Clear();
        keptDifferences = differences.Count;
        return parts;
    }

    /// <summary>Takes over what an earlier turn kept.</summary>
    public void Add(TallyPart part)
    {
        differences.AddRange(part.Differences);
        keptDifferences = differences.Count;
        foreach (var intent in part.Seen)
        {
            seen.Add(intent.Id);
            if (intent.Charges is { } debit)
            {
                charging.TryAdd(debit, intent.Id);
            }
        }
    }

    public ReconcileReport Report(ReconcileReport begun) =>
        begun with
        {
            State = differences.Count == 0 ? RunState.Agrees : RunState.Differs,
            Theirs = Theirs,
            Ours = Ours,
            Matched = Matched,
            Foreign = Foreign,
            Cured = Cured,
            OrphansCancelled = OrphansCancelled,
            Adopted = Adopted,
            MissedEvents = MissedEvents,
            EventsThrough = EventsThrough,
            DifferenceCount = differences.Count,
            Differences = [.. differences.Take(MostListed)],
        };
}

/// <param name="Charges">The debit that it charges, where it does.</param>
internal sealed record SeenIntent(string Id, string? Charges);

/// <summary>A part of what a run saw, as it is kept between two turns.</summary>
internal sealed record TallyPart(IReadOnlyList<SeenIntent> Seen, IReadOnlyList<Difference> Differences);
