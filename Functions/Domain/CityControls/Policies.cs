using System.ComponentModel.DataAnnotations;

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

/// <summary>What a bill does that looks like another one under another number (R41).</summary>
public enum LookAlikeBillsPolicy
{
    /// <summary>It waits for a person.</summary>
    Review,

    /// <summary>Not checked.</summary>
    Off,
}

/// <summary>What a debit of several bills does that its customer cannot expect (R45).</summary>
public enum BillShockMode
{
    /// <summary>Over the cap a person decides (R12); nothing else is looked at.</summary>
    Off,

    /// <summary>A person asks the customer, and approves or cancels.</summary>
    Consent,

    /// <summary>It is collected in parts, one a cycle.</summary>
    Split,
}

/// <summary>The rules that a city may set; the defaults are the stated ones.</summary>
public sealed record Policies
{
    [Setting("from this civil hour of its day a debit is due (R10)")]
    public TimeOnly DueDateRunAt { get; init; } = new(6, 0);

    [Setting("re-initiations after R01 and R09, at most; the network allows 2 (R17)")]
    [Range(0, 2)]
    public int MaxRetries { get; init; } = 2;

    [Setting("from the first and the second \"no\" to its retry (R17)", Unit = "banking days")]
    public IReadOnlyList<int> RetryAfterBankingDays { get; init; } = [5, 10];

    [Setting(
        "after the first submission, in which a retry may go out: 40 is Stripe's bound, the network's is 180 (R17)",
        Unit = "days"
    )]
    [Range(1, 180)]
    public int MaxRetryDays { get; init; } = 40;

    [Setting("debits returned within 12 months: then the account waits for a person; 0 is no limit (R36)")]
    [Range(0, 100)]
    public int MaxReturnsPerYear { get; init; } = 3;

    [Setting("a bill that arrives later than this after its due date waits for a person (R35)", Unit = "days")]
    [Range(0, 366)]
    public int MaxDaysAfterDueDate { get; init; } = 10;

    [Setting("a bill that arrives earlier than this before its due date waits for a person (R35)", Unit = "days")]
    [Range(1, 1_000)]
    public int MaxDaysBeforeDueDate { get; init; } = 120;

    [Setting(
        "autopay that goes on again within this time brings back what its going off cancelled (R23)",
        Unit = "days"
    )]
    [Range(0, 366)]
    public int UndoOffWithinDays { get; init; } = 7;

    [Setting(
        "a bill of an account that we do not know waits this long after its due date, then it is dropped (R33)",
        Unit = "days"
    )]
    [Range(0, 1000)]
    public int KeepWaitingBillsDays { get; init; } = 60;

    [Setting(
        "after autopay ended this long ago payment method, mandate and e-mail address leave the account; the network "
            + "asks for two years at least",
        Unit = "days"
    )]
    [Range(731, 36_525)]
    public int KeepAuthorisationsDays { get; init; } = 731;

    [Setting("what a bill does that knows of money that we do not (R4)")]
    public PreviousBalancePolicy PreviousBalance { get; init; } = PreviousBalancePolicy.Review;

    [Setting("what a bill does that looks like another one of its account under another number (R41)")]
    public LookAlikeBillsPolicy LookAlikeBills { get; init; } = LookAlikeBillsPolicy.Review;

    [Setting("the provider's smallest charge; less is carried into the next debit (R11)", Unit = "cents")]
    [Range(1, 10_000)]
    public int MinimumChargeCents { get; init; } = 50;

    [Setting(
        "one billing cycle: a merged debit without a next bill is listed after it (R8), and parts of a split debit are "
            + "so far apart (R45)",
        Unit = "days"
    )]
    [Range(1, 366)]
    public int NoNextBillDays { get; init; } = 28;

    [Setting("overdue for longer than this, service may end for a bill (R43)", Unit = "days")]
    [Range(1, 366)]
    public int DisconnectAfterDays { get; init; } = 14;

    public Money MinimumCharge => new(MinimumChargeCents);

    [Setting("what holds held is sent after a clear under a plan that two people have approved, and not before")]
    public bool ReleaseApproval { get; init; } = true;

    [Setting(
        "without a bills file for this long what falls due is held until a person clears it; 0 never holds, with a "
            + "cycle a week 8 is advised",
        Unit = "banking days"
    )]
    [Range(0, 30)]
    public int StaleBillsDays { get; init; }

    [Setting(
        "without a payments file for this long what falls due is held until a person clears it; 0 never holds, 3 is "
            + "advised once files come daily",
        Unit = "banking days"
    )]
    [Range(0, 30)]
    public int StalePaymentsDays { get; init; }

    [Setting(
        "what a debit does whose amount or day the customer was not told of for long enough: off, warn, enforce (R44)"
    )]
    public NoticeClockMode NoticeClock { get; init; } = NoticeClockMode.Warn;

    [Setting("before a debit of more than was told (R44; 12 CFR 1005.10(d))", Unit = "days")]
    [Range(0, 60)]
    public int AmountNoticeDays { get; init; } = 10;

    [Setting("before a debit on another day than was told (R44; Nacha)", Unit = "days")]
    [Range(0, 60)]
    public int DateNoticeDays { get; init; } = 7;

    [Setting(
        "what a debit of several merged bills does that is over the cap or many times what the account is used to: "
            + "off (over the cap: a person), consent (a person asks the customer), split (R45)"
    )]
    public BillShockMode BillShock { get; init; } = BillShockMode.Off;

    [Setting("so many average bills of the account are a shock; 0: only the cap is (R45)", Unit = "times")]
    [Range(0, 100)]
    public int BillShockTimes { get; init; } = 3;

    [Setting("a split debit has at least so many parts, one a cycle (R45)", Unit = "parts")]
    [Range(2, 12)]
    public int BillShockParts { get; init; } = 2;

    [Setting("a reminder by e-mail so long before a debit; 0 is none", Unit = "days")]
    [Range(0, 30)]
    public int RemindDaysBefore { get; init; }

    [Setting("an e-mail when a debit was collected")]
    public bool TellCollected { get; init; }

    [Setting("an e-mail when a debit was not collected, with what to do")]
    public bool TellNotCollected { get; init; }

    [Setting("an e-mail when the card expires before the day of a debit")]
    public bool TellCardExpires { get; init; }

    /// <summary>Whether the city asks for notices at all.</summary>
    public bool AsksForNotices =>
        NoticeClock == NoticeClockMode.Enforce
        || RemindDaysBefore > 0
        || TellCollected
        || TellNotCollected
        || TellCardExpires;

    [Setting(
        "a clear needs a count of every banking day and channel from the first held due date on; an approver can "
            + "override what is missing"
    )]
    public bool CountedTotalsRequired { get; init; }

    [Setting("what one person must not do alone, such as ending a halt, waits for another one's approval")]
    public bool SecondPerson { get; init; } = true;

    [Setting(
        "what one person may give back of one debit, in all; more waits for another one's approval; 0: any refund",
        Unit = "cents"
    )]
    [Range(0, 100_000_000)]
    public int RefundLimitCents { get; init; } = 20_000;

    /// <summary>What one person may give back of one debit; null is no limit.</summary>
    public Money? RefundLimit => SecondPerson ? new Money(RefundLimitCents) : null;

    [Setting(
        "an accounts file that changes customer, payment method, mandate or cap of more known accounts waits "
            + "for another person's approval; 0: of any",
        Unit = "accounts"
    )]
    [Range(0, 10_000_000)]
    public int MethodChangesLimit { get; init; } = 25;

    /// <summary>Of so many accounts one person may change the means; null is no limit.</summary>
    public int? MostMethodChanges => SecondPerson ? MethodChangesLimit : null;
}
