using Autopay.Application.Work;

namespace Autopay.Application.Telemetry;

/// <summary>Debits of one state: how many, the open cents on their lines, and since when the oldest waits.</summary>
public sealed record StateOfDebits(DebitState State, int Debits, long OpenCents, DateOnly? Oldest);

/// <summary>The books at one moment, as dashboards and alerts see them.</summary>
public sealed record Books
{
    public required DateTimeOffset At { get; init; }

    public required bool Halted { get; init; }

    /// <summary>How long so far, counted on banking days from the due-date run on; zero when it is not.</summary>
    public TimeSpan HaltedFor { get; init; }

    /// <summary>
    /// After a restore: everything waits until every intent since then is matched; null in normal times.
    /// </summary>
    public DateTimeOffset? ReconcileBeforeChargeSince { get; init; }

    public required IReadOnlyList<StateOfDebits> States { get; init; }

    /// <summary>
    /// Messages by queue, those that are being worked on included; null for a queue that did not answer.
    /// </summary>
    public required IReadOnlyDictionary<string, long?> Queues { get; init; }

    /// <summary>Since when the oldest message of a queue waits; a queue without one is not named.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> OldestMessages { get; init; } =
        new Dictionary<string, DateTimeOffset>();

    /// <summary>Since when the account waits that should have been looked at first; null when none does.</summary>
    public DateTimeOffset? OldestDue { get; init; }

    /// <summary>What waits for a person, by kind; of every kind there is a number.</summary>
    public required IReadOnlyDictionary<string, int> Stuck { get; init; }

    /// <summary>What waits for finance, by kind.</summary>
    public required IReadOnlyList<WorkTotal> Worklist { get; init; }

    /// <summary>The oldest outcome that is not known; null when all are.</summary>
    public DateTimeOffset? OldestUnknown { get; init; }

    /// <summary>Since when the books are measured: what never ran to its end is as old as this.</summary>
    public DateTimeOffset? WatchedSince { get; init; }

    /// <summary>When the sweep last ran to its end.</summary>
    public DateTimeOffset? LastSweep { get; init; }

    /// <summary>When reconcile last looked at everything.</summary>
    public DateTimeOffset? LastReconcile { get; init; }

    /// <summary>When the last backup became whole.</summary>
    public DateTimeOffset? LastExport { get; init; }

    /// <summary>When the newest whole backup was last known to be in the second account; null: nothing is copied.
    /// </summary>
    public DateTimeOffset? BooksCopied { get; init; }

    /// <summary>The same of the controls.</summary>
    public DateTimeOffset? ControlsCopied { get; init; }

    public required Findings Findings { get; init; }

    public required IReadOnlyList<ReturnRate> Returns { get; init; }
}
