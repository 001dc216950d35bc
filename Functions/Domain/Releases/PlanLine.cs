namespace Autopay.Domain.Releases;

/// <summary>What becomes of a debit that was held, as a plan sees it.</summary>
public enum PlanOutcome
{
    /// <summary>What is open goes to the bank.</summary>
    ToBank,

    /// <summary>Nothing is left to collect.</summary>
    PaidElsewhere,

    /// <summary>Too little for a charge: it waits for the next bill, or has joined it (R11).</summary>
    UnderMinimum,

    /// <summary>A person must decide first (R25).</summary>
    Review,

    /// <summary>Something else keeps it: another hold, or a suspended account.</summary>
    Waits,

    /// <summary>It went to the bank in the last plan, and is not in this one at all.</summary>
    Gone,
}

/// <summary>What a person should look at before a debit is let go.</summary>
public enum PlanFlag
{
    /// <summary>The last plan of the cycle did not have it.</summary>
    NewSinceLastPlan,

    /// <summary>Another amount than in the last plan of the cycle.</summary>
    Changed,

    /// <summary>Many times what the account is billed otherwise.</summary>
    Unusual,

    /// <summary>Paid in part, or credited.</summary>
    LowerThanBilled,

    OverCap,

    /// <summary>More at once than the account is used to: it goes in parts, the first one now (R45).</summary>
    InParts,
}

/// <summary>How far a planned debit is.</summary>
public enum LineState
{
    /// <summary>Its wave is not open, or nobody has looked yet.</summary>
    Planned,

    /// <summary>It may go: on its day, in its turn.</summary>
    Granted,

    Sent,

    /// <summary>More than was approved, another payment method, or a person has it now.</summary>
    Stopped,

    /// <summary>Paid in full meanwhile, skipped, sent under another release, or nothing to charge.</summary>
    Dropped,
}

/// <summary>One debit that a hold held, in the plan of a release. Amounts are cents.</summary>
public sealed record PlanLine
{
    public required DebitId Debit { get; init; }

    public required DateOnly DueDate { get; init; }

    public required PlanOutcome Outcome { get; init; }

    /// <summary>Charges with adjustments of its bills.</summary>
    public required Money Billed { get; init; }

    /// <summary>What other channels and credit paid of them.</summary>
    public required Money PaidElsewhere { get; init; }

    /// <summary>What back payments took off: with the credit it is what was billed less what is open.</summary>
    public Money BackPayments { get; init; }

    /// <summary>What credit took off that is no back payment: collected too much, or billed below zero.</summary>
    public Money Credit { get; init; }

    /// <summary>What the last plan of the cycle had of it for the bank; null where it had none.</summary>
    public Money? LastPlan { get; init; }

    /// <summary>The civil day from which it may go because of its notice (R44); null where none stands in the
    /// way.</summary>
    public DateOnly? NoticeDay { get; init; }

    /// <summary>The civil day on which it leaves; null of what does not go, or waits for a word. It is worked out when
    /// it is shown.</summary>
    public DateOnly? LeavesOn { get; init; }

    /// <summary>What of it leaves in later parts, a billing cycle apart (R45); cents.</summary>
    public Money Later { get; init; }

    /// <summary>What is open on each bill; only positive amounts.</summary>
    public required IReadOnlyList<AttemptLine> Bills { get; init; }

    public required string Customer { get; init; }

    public required string PaymentMethod { get; init; }

    public string? Mandate { get; init; }

    /// <summary>Why it does not go to the bank, or goes later than the others (R44), for a person.</summary>
    public string? Why { get; init; }

    public IReadOnlyList<PlanFlag> Flags { get; init; } = [];

    /// <summary>In which wave it goes; null until the plan is sealed, and of what does not go.</summary>
    public int? Wave { get; init; }

    public LineState State { get; init; }

    /// <summary>What was asked of the bank, once it was sent.</summary>
    public Money Sent { get; init; }

    /// <summary>What is open, cents.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Money Open => Bills.Sum(bill => bill.Cents);

    [System.Text.Json.Serialization.JsonIgnore]
    public Money ToBank => Outcome == PlanOutcome.ToBank ? Open : Money.Zero;

    /// <summary>What an approved release grants the debit.</summary>
    /// <param name="on">The civil day of the grant.</param>
    public ReleaseGrant GrantUnder(string release, DateOnly on) =>
        new(release, Open, Customer, PaymentMethod, Mandate) { On = on };

    /// <summary>The line's text in the plan's hash.</summary>
    public override string ToString() =>
        string.Join('|', Debit.Value, Open.Cents, Customer, PaymentMethod, Mandate ?? "");
}

/// <summary>Debits, and their cents.</summary>
public readonly record struct PlanSum(int Debits, Money Cents)
{
    public static PlanSum operator +(PlanSum left, PlanSum right) =>
        new(checked(left.Debits + right.Debits), left.Cents + right.Cents);
}
