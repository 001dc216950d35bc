namespace Autopay.Domain.Explanations;

/// <summary>What a customer wants to know of a debit first.</summary>
public enum DebitStory
{
    /// <summary>It leaves on its day, unless somebody pays before.</summary>
    ToCome,

    Held,

    /// <summary>No hold is left; two people have not approved a release yet (I25).</summary>
    WaitsForRelease,

    /// <summary>More than was told, or on another day: the customer is told first (R44).</summary>
    WaitsForNotice,

    InReview,
    Suspended,
    NoNextBill,
    Halted,

    /// <summary>Under the provider's smallest charge, and no later debit takes it yet (R11).</summary>
    TooLittle,

    /// <summary>It has not been evaluated since everything was paid.</summary>
    PaidUp,

    /// <summary>An attempt is planned or locked; the bank has not been asked.</summary>
    BeingSent,

    Asked,
    Unknown,
    Retry,
    Collected,

    /// <summary>Collected, and all or part of it came back since (R20).</summary>
    Returned,

    NotPaid,
    Declined,
    Merged,
    Carried,

    /// <summary>A retry whose amount was no longer the same (R18).</summary>
    Superseded,

    Satisfied,
    AutopayOff,
    LeftOut,
    Cancelled,
}

/// <summary>What the bank made of it.</summary>
public enum DebitOutcome
{
    Collected,
    Returned,
    Declined,
    Unknown,
}

/// <summary>
/// Why a customer is charged this amount on this day. Of each bill: charges, less what was paid and collected before,
/// is what the debit takes; and what it takes of all bills is its amount.
/// </summary>
/// <param name="Debit">The one that was asked about.</param>
/// <param name="Whole">The debit that takes its bills: itself, or the one that it was merged into in the end.</param>
/// <param name="Amount">What is taken of the debit's own bills, cents: of a debit that ended without being sent, what
/// it would have taken.</param>
/// <param name="AsOf">The civil day on which the books were asked.</param>
public sealed record Explanation(
    DebitId Debit,
    DebitId Whole,
    DebitStory Story,
    Money Amount,
    IReadOnlyList<BillSum> Bills,
    DebitDays Days,
    IReadOnlyList<DayReason> WhyThisDay,
    DateOnly AsOf
)
{
    public DebitOutcome? Outcome { get; init; }

    /// <summary>Charged to a card; false for a bank account, or where the accounts file does not say.</summary>
    public bool ByCard { get; init; }

    /// <summary>The bank's or the provider's code of the last "no", or of a return.</summary>
    public string? Code { get; init; }

    /// <summary>Why a person looks at it; empty when none does.</summary>
    public IReadOnlyList<ReviewCheck> Reviews { get; init; } = [];

    public IReadOnlyList<DeferralId> HeldBy { get; init; } = [];

    /// <summary>Bills that were taken out of the debit again, skipped or blocked.</summary>
    public IReadOnlyList<TakenOut> TakenOut { get; init; } = [];

    /// <summary>The approved release under which it left or leaves; null where none was needed.</summary>
    public ReleaseSum? Release { get; init; }

    /// <summary>What the bank took back of it, cents (R20).</summary>
    public Money Returned { get; init; }

    /// <summary>The civil day on which we learned of it.</summary>
    public DateOnly? ReturnedOn { get; init; }

    public IReadOnlyList<Refund> Refunds { get; init; } = [];

    /// <summary>All parts of the debit that this one is a part of, or will be, the first one first; empty when it is
    /// whole (R45).</summary>
    public IReadOnlyList<PartSum> Parts { get; init; } = [];

    /// <summary>What the customer was told of it beside the bill, the first one first (R44).</summary>
    public IReadOnlyList<Notice> Told { get; init; } = [];

    /// <summary>What the city told everybody, by which the customer had been told of it in time (R44).</summary>
    public IReadOnlyList<PublicNotice> ToldPublicly { get; init; } = [];

    /// <summary>What leaves on its day, cents: of a debit that goes in parts the first one (R45).</summary>
    public Money Leaves =>
        Story == DebitStory.ToCome && Parts.FirstOrDefault(part => part.Debit == Debit) is { } own
            ? own.Amount
            : Amount;

    /// <summary>Payments for what the debit takes too (R28).</summary>
    public IReadOnlyList<PaidTwice> PaidTwice { get; init; } = [];
}

/// <summary>One bill's part of a debit; cents.</summary>
/// <param name="Charges">Current charges, as they were printed.</param>
/// <param name="Adjustments">Signed.</param>
/// <param name="CreditGiven">What the bill gave as credit while it was below zero (R5): owed again since.</param>
/// <param name="Payments">Money of the account that paid part of it.</param>
/// <param name="CollectedBefore">By earlier debits, net of returns and refunds.</param>
/// <param name="Moved">Signed: below zero what a later part takes of the bill, above zero what a part has of it (R45).
/// </param>
/// <param name="Takes">What this debit takes.</param>
/// <param name="PreviousBalance">Printed on the bill, and never collected with it (R4).</param>
public sealed record BillSum(
    BillId Bill,
    DateOnly DueDate,
    Money Charges,
    Money Adjustments,
    Money Moved,
    Money CreditGiven,
    IReadOnlyList<PaymentPart> Payments,
    Money CollectedBefore,
    Money Takes,
    Money PreviousBalance
)
{
    /// <summary>
    /// What the books cannot account for: zero, but for attempts that were taken over after a restore, and books that
    /// are no longer kept.
    /// </summary>
    public Money Difference => Owed - Takes;

    /// <summary>What was open of the bill by these figures.</summary>
    public Money Owed =>
        Charges + Adjustments + Moved + CreditGiven - Payments.Sum(payment => payment.Cents) - CollectedBefore;
}

/// <summary>Money that paid part of a bill.</summary>
/// <param name="Amount">All of the payment, cents.</param>
/// <param name="Cents">What of it paid this bill.</param>
/// <param name="IsCredit">No payment of these days: money that the account had over, or a credit of the city.</param>
public sealed record PaymentPart(
    PaymentId Payment,
    FundsSource Source,
    string Channel,
    DateOnly ReceivedOn,
    DateOnly PostedOn,
    Money Amount,
    Money Cents,
    bool IsCredit
);

/// <summary>One part of a split debit, cents (R45).</summary>
/// <param name="Debit">Null while the debit is to be split only when it leaves.</param>
/// <param name="Day">When it was sent, or is to be sent.</param>
public sealed record PartSum(DebitId? Debit, Money Amount, DateOnly Day);

/// <summary>A bill that left the debit before it was sent.</summary>
public sealed record TakenOut(BillId Bill, DateOnly DueDate);

/// <summary>The days of a debit, civil; null where there was none.</summary>
/// <param name="On">When it was sent, or when it is to be sent as things are now.</param>
/// <param name="HeldTo">When the last hold on it ended.</param>
public sealed record DebitDays(
    DateOnly Due,
    DateOnly? On,
    DateOnly? HeldFrom,
    DateOnly? HeldTo,
    DateOnly? Submitted,
    DateOnly? Answered,
    DateOnly? RetryOn
);

/// <param name="By">Who approved it: tenant and object id. Null when only its number is still kept.</param>
/// <param name="Name">What the directory called that person then.</param>
/// <param name="On">The civil day.</param>
public sealed record ReleaseSum(string Plan, string? By, string? Name, DateOnly? On);

/// <summary>Why a debit leaves on its day, and not on another one.</summary>
public enum DayReasonKind
{
    DueDate,
    BankingDay,
    Held,
    Released,
    Merged,
    Retry,
    Reviewed,

    /// <summary>A part of a larger debit, one or more cycles after the first (R45).</summary>
    Part,

    /// <summary>The first day after the customer had been told for long enough (R44).</summary>
    Told,
    Later,
}

/// <param name="On">The day that the reason is about: due date, begin of the hold, the bank's "no".</param>
/// <param name="To">The next banking day, the end of the hold; null where there is none.</param>
public sealed record DayReason(DayReasonKind Kind, DateOnly? On = null, DateOnly? To = null)
{
    /// <summary>The due dates of the bills that were merged into the debit.</summary>
    public IReadOnlyList<DateOnly> Bills { get; init; } = [];
}
