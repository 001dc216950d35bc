namespace Autopay.Application.Reconciling;

/// <summary>A run in the making: counts, what was seen, and what differs.</summary>
internal sealed class ReconcileTally
{
    private const int MostListed = 500;
    private readonly Dictionary<string, string> charging = [];
    private readonly List<Difference> differences = [];

    public HashSet<string> Seen { get; } = [];

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

    public void Add(Difference difference) => differences.Add(difference);

    /// <summary>Notes an intent that charges; the second one of a debit is a difference of its own (I1).</summary>
    public void NoteCharging(IntentReading intent)
    {
        if (
            intent is { Status: IntentStatus.Processing or IntentStatus.Succeeded, DebitId: { } debit }
            && !charging.TryAdd(debit, intent.IntentId)
            && charging[debit] != intent.IntentId
        )
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
