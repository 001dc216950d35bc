using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

/// <summary>What ever happened to a bill, for the counts by cycle and due date; marks are never taken back.</summary>
[Flags]
public enum BillMarks
{
    None = 0,
    Scheduled = 1,
    Deferred = 2,
    Merged = 4,
    Released = 8,
    Satisfied = 16,
    Collected = 32,
    Reviewed = 64,
}

/// <summary>
/// What the utility asks a customer to pay. All amounts are cents; only current charges are ever collected (R4).
/// </summary>
public sealed record Bill
{
    public required BillId Id { get; init; }

    /// <summary>The bill's own cycle: it stays when the account moves to another one (R6).</summary>
    public required CycleNumber Cycle { get; init; }

    public required DateOnly BillDate { get; init; }

    public required DateOnly DueDate { get; init; }

    public required DateOnly PenaltyDate { get; init; }

    public required Money CurrentCharges { get; init; }

    public required Money PreviousBalance { get; init; }

    public required Money TotalDue { get; init; }

    /// <summary>
    /// The payer whose bill it is, when the account has got another one since; null: the account's payer of today
    /// (R34).
    /// </summary>
    public string? Payer { get; init; }

    /// <summary>The deferrals that finance has taken this bill out of (R38).</summary>
    public IReadOnlyList<DeferralId> Exemptions { get; init; } = [];

    /// <summary>Of which debit it is a part, and when that is asked for (R45); null of a bill that a file brought.
    /// </summary>
    public BillPart? Part { get; init; }

    /// <summary>What its customer was told first, when a correction has changed it since (R44).</summary>
    public BillTold? Told { get; init; }

    /// <summary>
    /// The account whose customer got the bill, when a person has moved it here (R29): the customer here has not seen
    /// it (R44).
    /// </summary>
    public AccountId? MovedFrom { get; init; }

    /// <summary>Signed sum of the bill adjustments (R5).</summary>
    public Money Adjustments { get; init; }

    /// <summary>
    /// Paid through other channels or out of credit (R13, R14), less the credit that the bill itself gave: below zero
    /// for a credit bill (R5). So charges are paid elsewhere, collected and open.
    /// </summary>
    public Money PaidElsewhere { get; init; }

    /// <summary>Collected by debits, net of what was returned (R20).</summary>
    public Money Collected { get; init; }

    /// <summary>In flight: from an attempt's lock until the bank's final answer (R15).</summary>
    public Money InFlight { get; init; }

    /// <summary>Finance asked to leave this bill out until it is re-armed (R22).</summary>
    public bool Skipped { get; init; }

    /// <summary>
    /// Why finance must speak before this bill is collected again (R19, R20); null when nothing stands in the way.
    /// </summary>
    public Block? Blocked { get; init; }

    /// <summary>The import that opened cents of it again while it was in flight (R5).</summary>
    public string? ReopenedBy { get; init; }

    /// <summary>
    /// Why a person must look before the bill is collected (R4, R16, R35, R41). They stay until finance re-arms it,
    /// whatever debit it is in.
    /// </summary>
    public IReadOnlyList<BillFlag> Flags { get; init; } = [];

    /// <summary>A person has not yet said whether it is the same as another bill (R41).</summary>
    [JsonIgnore]
    public bool LooksLikeAnother => Flags.Any(flag => flag.Check == ReviewCheck.Twin);

    /// <summary>The civil day on which a person said that it is a bill of its own (R41): its grace counts from then
    /// (R42).</summary>
    public DateOnly? ToldApartOn { get; init; }

    public BillMarks Marks { get; init; }

    /// <summary>Current charges with adjustments.</summary>
    [JsonIgnore]
    public Money Charges => CurrentCharges + Adjustments;

    /// <summary>Charges less what was paid elsewhere and collected; what is in flight still counts as open.</summary>
    [JsonIgnore]
    public Money Open => Charges - PaidElsewhere - Collected;

    /// <summary>What money from elsewhere may still pay: nothing while the bill is in flight (R13, R15).</summary>
    [JsonIgnore]
    public Money Payable => InFlight.IsPositive ? Money.Zero : Open;

    /// <summary>Credit pays it by itself: not what may be the same bill again (R14, R41).</summary>
    [JsonIgnore]
    public bool TakesCredit => Payable.IsPositive && !LooksLikeAnother;

    /// <summary>
    /// What an adjustment took off below what is in flight. Debits in flight do not follow (R5): it becomes credit when
    /// the charge settles and is forgotten when the charge comes back.
    /// </summary>
    [JsonIgnore]
    public Money OverInFlight => Money.Max(Money.Zero, Collected + InFlight + PaidElsewhere - Charges);

    /// <summary>
    /// What opens its cents again: only what is found open when the bank has answered needs to be known.
    /// </summary>
    internal string? OpenedInFlight(string? source) => InFlight.IsPositive ? source : null;

    internal Bill ToldApart(DateOnly? on) => LooksLikeAnother ? this with { ToldApartOn = on } : this;

    /// <summary>
    /// Whether this bill, which is in the books, is earlier than one that arrives now: due earlier, or on the same day
    /// (R4).
    /// </summary>
    public bool IsEarlierThan(Bill arriving) => DueDate <= arriving.DueDate;
}

/// <summary>A check that sends the bill's debit to a person, and why.</summary>
public sealed record BillFlag(ReviewCheck Check, string Reason)
{
    /// <summary>The import that brought a bill which looks like another one (R41).</summary>
    public string? Import { get; init; }
}

/// <param name="Day">The civil day from which it may be asked for.</param>
public sealed record BillPart(DebitId From, DateOnly Day);

/// <summary>A bill as it was printed, before it was corrected: cents, and the civil day.</summary>
public sealed record BillTold(Money Charges, DateOnly DueDate);

/// <summary>What keeps a bill from being collected until finance speaks.</summary>
/// <param name="Since">The civil day on which it was first blocked.</param>
/// <param name="Import">The import that opened cents of it again after its due date (R5).</param>
public sealed record Block(string Reason, DateOnly Since, string? Import);
