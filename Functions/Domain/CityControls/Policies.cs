namespace Autopay.Domain.CityControls;

/// <summary>What a bill whose previous balance is lower than our books does (R4).</summary>
public enum PreviousBalancePolicy
{
    /// <summary>The account's unsent debits of earlier bills go to a person.</summary>
    Review,

    /// <summary>A warning on a list.</summary>
    Warn,

    /// <summary>Not checked.</summary>
    Off,
}

/// <summary>The rules that a city may set; the defaults are the stated ones.</summary>
public sealed record Policies
{
    /// <summary>The civil hour of the due-date run: a debit is due from this hour of its day (R10).</summary>
    public TimeOnly DueDateRunAt { get; init; } = new(6, 0);

    /// <summary>Re-initiations after R01 or R09, at most (the network allows 2).</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>Banking days between the k-th "no" and the k-th retry (R17).</summary>
    public IReadOnlyList<int> RetryAfterBankingDays { get; init; } = [5, 10];

    /// <summary>
    /// Days after the first submission in which a retry may go out: 40 is Stripe's bound, the network's is 180.
    /// </summary>
    public int MaxRetryDays { get; init; } = 40;

    /// <summary>
    /// Debits returned or refused within 12 months that suspend the account until a person lifts it; null is no limit
    /// (R36).
    /// </summary>
    public int? MaxReturnsPerYear { get; init; }

    /// <summary>
    /// Days after its due date, and before it, in which a bill arrives without a person having to look at the date
    /// (R35).
    /// </summary>
    public int MaxDaysAfterDueDate { get; init; } = 10;

    public int MaxDaysBeforeDueDate { get; init; } = 120;

    /// <summary>Days after its due date for which a bill of an unknown account waits for it (R33).</summary>
    public int KeepWaitingBillsDays { get; init; } = 60;

    /// <summary>Days within which autopay that goes on again brings back what its going off cancelled (R23).</summary>
    public int UndoOffWithinDays { get; init; } = 7;

    public PreviousBalancePolicy PreviousBalance { get; init; } = PreviousBalancePolicy.Review;

    /// <summary>The provider's smallest charge, cents; less is carried into the next debit (R11).</summary>
    public Money MinimumCharge { get; init; } = new(50);

    /// <summary>Days that a merged debit may wait for a next bill before it is listed (one cycle, R8).</summary>
    public int NoNextBillDays { get; init; } = 28;
}
