namespace Autopay.Triggers.Engine;

/// <summary>When things run: six fields, UTC. Timers are only nudges; civil time is computed in code.</summary>
internal static class Schedules
{
    /// <summary>
    /// Hourly, what the ledgers of every bucket say: the due-date run of whatever time zone, and the backstop behind
    /// the schedule rows.
    /// </summary>
    public const string DueDateRun = "0 0 * * * *";

    /// <summary>
    /// Every five minutes: whatever is due, stuck or stored and not processed. Poison queues have no triggers of their
    /// own: one that is bound to Base64 takes what it cannot read, fails, and hides it.
    /// </summary>
    public const string Sweep = "30 */5 * * * *";

    /// <summary>Nightly, before the due-date run of the Americas: our books against the provider's.</summary>
    public const string Reconcile = "0 15 9 * * *";

    /// <summary>
    /// Daily, after reconcile and still before that run: receipts, because what reconcile found out belongs to the same
    /// batch, and every invariant. One timer, because each costs two requests a minute for its lock (D261).
    /// </summary>
    public const string AfterReconcile = "0 45 9 * * *";

    /// <summary>Nightly, while nothing is due in the Americas, and before reconcile.</summary>
    public const string Export = "0 15 8 * * *";

    /// <summary>
    /// Every quarter of an hour: what dashboards and alerts see of the books, and into the second account what it does
    /// not have yet.
    /// </summary>
    public const string Measure = "0 7/15 * * * *";
}
