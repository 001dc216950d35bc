using System.Text.Json.Serialization;

namespace Autopay.Rehearsal;

/// <summary>
/// The report; its JSON has these properties in camel case. Amounts are cents. Counts and suspense are only printed.
/// </summary>
public sealed record RehearsalReport(
    string Name,
    IReadOnlyList<InvariantResult> Invariants,
    ReportTotals Totals,
    [property: JsonIgnore] ReportCounts Counts,
    IReadOnlyList<ReportCycle> Cycles,
    IReadOnlyList<ReportAccount> Accounts,
    [property: JsonIgnore] IReadOnlyList<ReportSuspense> Suspense
)
{
    /// <summary>Penalties and disconnections as they stand at the end.</summary>
    public required ReportProtections Protections { get; init; }

    /// <summary>The rows that wait at the end, in words.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Waiting { get; init; } = [];
}

public sealed record ReportTotals(
    long BilledCents,
    long CollectedCents,
    long PaidElsewhereCents,
    long CreditCents,
    long OpenCents
)
{
    /// <summary>Listed as paid twice (R28).</summary>
    public long PaidTwiceCents { get; init; }

    /// <summary>Open with autopay on, and listed as not being collected (R32).</summary>
    public long NotCollectedCents { get; init; }

    /// <summary>
    /// Payments, reversals and adjustments that wait for what they name (R33). Bills of unknown accounts wait silently
    /// and are not counted.
    /// </summary>
    public long WaitingRows { get; init; }
}

/// <summary>Who may be penalised or disconnected on the last day, and what was charged (R42, R43).</summary>
/// <param name="Proof">As <c>GET /api/protections/proof</c> says it.</param>
/// <param name="Penalised">Bills in the windows with a penalty that stands.</param>
/// <param name="ToReverse">Penalties that were charged against the rules and stand.</param>
/// <param name="ShieldedDates">Dates of the shields, in order.</param>
public sealed record ReportProtections(
    string Proof,
    long BillsWaived,
    long Penalised,
    long ToReverse,
    long ToReverseCents,
    IReadOnlyList<DateOnly> ShieldedDates,
    IReadOnlyList<ReportPenalty> Penalties,
    IReadOnlyList<ReportDisconnect> Disconnects
);

/// <summary>A bill that is open or was penalised.</summary>
/// <param name="EarliestOn">The earliest day of a penalty; null when that is never, or not known.</param>
public sealed record ReportPenalty(string Bill, PenaltyVerdict Verdict, DateOnly? EarliestOn, string Reason);

/// <summary>An account with something overdue.</summary>
public sealed record ReportDisconnect(
    string Account,
    DisconnectVerdict Verdict,
    long OverdueCents,
    DateOnly? EarliestOn
);

/// <summary>Counts of debits that an expectation may name.</summary>
public sealed record ReportCounts(long DoubleCharges, long NeedsReview, long Uncollected);

/// <summary>
/// Each bill counts once, under its own cycle and due date; the counts are of bills to which that ever happened.
/// </summary>
public sealed record ReportCycle(
    int Cycle,
    DateOnly DueDate,
    int Debits,
    int Deferred,
    int Merged,
    int Released,
    int Satisfied,
    int Collected,
    long CollectedCents
)
{
    /// <summary>Bills that ever went to a person before they were collected.</summary>
    public int NeedsReview { get; init; }
}

public sealed record ReportAccount(
    string Account,
    int Cycle,
    long CreditCents,
    IReadOnlyList<ReportBill> Bills,
    IReadOnlyList<ReportDebit> Debits
);

public sealed record ReportBill(
    string Bill,
    DateOnly DueDate,
    long ChargesCents,
    long PaidElsewhereCents,
    long CollectedCents,
    long OpenCents,
    bool PenaltyWaived
);

public sealed record ReportDebit(
    string Debit,
    DateOnly DueDate,
    DebitState State,
    DateOnly? SubmittedOn,
    long AmountCents,
    IReadOnlyList<ReportLine> Lines,
    int Attempts,
    string? MergedInto,
    string Reason
);

public sealed record ReportLine(string Bill, long Cents);

/// <summary>A payment for an account that we do not know.</summary>
public sealed record ReportSuspense(string Payment, string NamedAccount, long Cents);
