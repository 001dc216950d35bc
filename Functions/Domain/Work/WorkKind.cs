namespace Autopay.Domain.Work;

/// <summary>
/// Why something waits for a person: first what finance decides, then what engineers do. One more kind is a member here
/// and a row of <c>FinanceKinds</c> or <c>EngineerKinds</c>.
/// </summary>
public enum WorkKind
{
    /// <summary>
    /// Not collected until finance says so: uncollected, declined, came back, refunded, opened again after its due
    /// date, discarded or cancelled in review (R5, R19, R20, R25).
    /// </summary>
    Blocked,

    /// <summary>
    /// Open, and nothing collects it: autopay was off on its due date, or too little to be charged (R32).
    /// </summary>
    NotCollected,

    /// <summary>Its account is suspended or frozen: nothing of it is collected (R19, R21).</summary>
    Suspended,

    /// <summary>The billing system says something else than our books (R4, R16).</summary>
    Warning,

    /// <summary>A debit that a check sent to a person (R12, R25).</summary>
    Review,

    /// <summary>A merged debit that found no later bill within a cycle (R8, R32).</summary>
    NoNextBill,

    /// <summary>Money by another channel for what a debit took (R28).</summary>
    PaidTwice,

    /// <summary>
    /// Credit that is given back or kept: collected and no longer owed (R5), or a former payer's (R34).
    /// </summary>
    Refund,

    /// <summary>A refund that the provider did not pay: it is asked for again, or paid by check.</summary>
    RefundFailed,

    /// <summary>Money that came back although it had been given back before: no bill shows it.</summary>
    ReturnedAfterRefund,

    /// <summary>A notice that did not arrive (R44).</summary>
    NoticeFailed,

    /// <summary>Notices that wait for a letter (R44).</summary>
    Letters,

    /// <summary>A payment for an account that nobody knows (R13).</summary>
    Suspense,

    /// <summary>A hold has passed its expected clear date (R7).</summary>
    LateClear,

    /// <summary>A hold that was declared because no file came.</summary>
    StaleFeed,

    /// <summary>A clear that waits for a file, or whose certificate shows a difference (R26).</summary>
    Clearing,

    /// <summary>A payment that came in after a clear which says that all of its day and channel is in.</summary>
    LateReceipt,

    /// <summary>What holds held is past its due date and waits for a release that two people approve (I25).</summary>
    Release,

    /// <summary>One person has asked for something that another one decides; it ends after a day.</summary>
    Approval,

    /// <summary>A file says something else of a bill or payment than what is stored (R31).</summary>
    Correction,

    /// <summary>Two accounts have, or want, the same bill or payment (R29).</summary>
    Conflict,

    /// <summary>A reversal or adjustment that came before what it names (R33).</summary>
    WaitingRow,

    /// <summary>A row that resembles another account's or contradicts the rules (R29, R30, R40).</summary>
    SetAside,

    /// <summary>An attempt whose outcome is not known.</summary>
    Unknown,

    /// <summary>An attempt about which the provider says something else than our books (R25).</summary>
    Flagged,

    /// <summary>An attempt that does not get on.</summary>
    Charging,

    /// <summary>The bank has not answered in time.</summary>
    Overdue,

    /// <summary>A refund that is not paid in time.</summary>
    LateRefund,

    /// <summary>Nobody looked at a bucket although somebody wanted to (I16).</summary>
    OverdueWork,

    /// <summary>A message that failed for good.</summary>
    Poison,

    /// <summary>An account that cannot be looked at.</summary>
    Unreadable,

    /// <summary>An event of another API version or amount than ours.</summary>
    ParkedEvent,

    /// <summary>An event of an intent that is not ours.</summary>
    ForeignEvent,

    /// <summary>
    /// What a check or a run found: a difference with the provider, a violated invariant, a backup that does not fit
    /// together.
    /// </summary>
    Finding,
}

/// <summary>Whose list it is.</summary>
public enum WorkAudience
{
    Finance,
    Engineers,
}

public static class WorkKinds
{
    /// <summary>The kinds of one list, in the order in which they are shown.</summary>
    public static IReadOnlyList<WorkKind> Of(WorkAudience audience) =>
        [.. Enum.GetValues<WorkKind>().Where(kind => AudienceOf(kind) == audience)];

    public static WorkAudience AudienceOf(WorkKind kind) =>
        kind < WorkKind.Unknown ? WorkAudience.Finance : WorkAudience.Engineers;
}
