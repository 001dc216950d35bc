using System.Text.Json.Serialization;

namespace Autopay.Domain;

/// <summary>Something that happened to an account, with a reason that a person can read.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AccountEnrolled), "accountEnrolled")]
[JsonDerivedType(typeof(PayerChanged), "payerChanged")]
[JsonDerivedType(typeof(AutopaySwitched), "autopaySwitched")]
[JsonDerivedType(typeof(AccountSuspended), "accountSuspended")]
[JsonDerivedType(typeof(SuspensionLifted), "suspensionLifted")]
[JsonDerivedType(typeof(BillOpened), "billOpened")]
[JsonDerivedType(typeof(BillAdjusted), "billAdjusted")]
[JsonDerivedType(typeof(BillExempted), "billExempted")]
[JsonDerivedType(typeof(BillSkipped), "billSkipped")]
[JsonDerivedType(typeof(BillRearmed), "billRearmed")]
[JsonDerivedType(typeof(BillUnblocked), "billUnblocked")]
[JsonDerivedType(typeof(BillBlocked), "billBlocked")]
[JsonDerivedType(typeof(BillFlagged), "billFlagged")]
[JsonDerivedType(typeof(BalanceDiffered), "balanceDiffered")]
[JsonDerivedType(typeof(WarningsDismissed), "warningsDismissed")]
[JsonDerivedType(typeof(FundsReceived), "fundsReceived")]
[JsonDerivedType(typeof(FundsApplied), "fundsApplied")]
[JsonDerivedType(typeof(FundsUnapplied), "fundsUnapplied")]
[JsonDerivedType(typeof(PaymentFoundTwice), "paymentFoundTwice")]
[JsonDerivedType(typeof(FundsReversed), "fundsReversed")]
[JsonDerivedType(typeof(OverCollected), "overCollected")]
[JsonDerivedType(typeof(BillCredited), "billCredited")]
[JsonDerivedType(typeof(BillCreditTakenBack), "billCreditTakenBack")]
[JsonDerivedType(typeof(CorrectionReceived), "correctionReceived")]
[JsonDerivedType(typeof(CorrectionClosed), "correctionClosed")]
[JsonDerivedType(typeof(BillCorrected), "billCorrected")]
[JsonDerivedType(typeof(PaymentCorrected), "paymentCorrected")]
[JsonDerivedType(typeof(DebitScheduled), "debitScheduled")]
[JsonDerivedType(typeof(LineAdded), "lineAdded")]
[JsonDerivedType(typeof(LineRemoved), "lineRemoved")]
[JsonDerivedType(typeof(LinesFlagged), "linesFlagged")]
[JsonDerivedType(typeof(DebitDeferred), "debitDeferred")]
[JsonDerivedType(typeof(DebitNotCollected), "debitNotCollected")]
[JsonDerivedType(typeof(DebitReleased), "debitReleased")]
[JsonDerivedType(typeof(DebitMerged), "debitMerged")]
[JsonDerivedType(typeof(DebitUnmerged), "debitUnmerged")]
[JsonDerivedType(typeof(DebitSatisfied), "debitSatisfied")]
[JsonDerivedType(typeof(DebitSentToReview), "debitSentToReview")]
[JsonDerivedType(typeof(DebitApproved), "debitApproved")]
[JsonDerivedType(typeof(DebitCancelled), "debitCancelled")]
[JsonDerivedType(typeof(AttemptPlanned), "attemptPlanned")]
[JsonDerivedType(typeof(AttemptLocked), "attemptLocked")]
[JsonDerivedType(typeof(AttemptLockedAgain), "attemptLockedAgain")]
[JsonDerivedType(typeof(AttemptAbandoned), "attemptAbandoned")]
[JsonDerivedType(typeof(AttemptInDoubt), "attemptInDoubt")]
[JsonDerivedType(typeof(AttemptSubmitted), "attemptSubmitted")]
[JsonDerivedType(typeof(AttemptCollected), "attemptCollected")]
[JsonDerivedType(typeof(AttemptFailed), "attemptFailed")]
[JsonDerivedType(typeof(AttemptFlagged), "attemptFlagged")]
[JsonDerivedType(typeof(DebitToRetry), "debitToRetry")]
[JsonDerivedType(typeof(DebitSuperseded), "debitSuperseded")]
[JsonDerivedType(typeof(DebitUncollected), "debitUncollected")]
[JsonDerivedType(typeof(DebitDeclined), "debitDeclined")]
[JsonDerivedType(typeof(ReturnReceived), "returnReceived")]
[JsonDerivedType(typeof(CreditKept), "creditKept")]
[JsonDerivedType(typeof(RefundRequested), "refundRequested")]
[JsonDerivedType(typeof(RefundDelayed), "refundDelayed")]
[JsonDerivedType(typeof(RefundSent), "refundSent")]
[JsonDerivedType(typeof(RefundPaid), "refundPaid")]
[JsonDerivedType(typeof(RefundFailed), "refundFailed")]
[JsonDerivedType(typeof(ItemsArchived), "itemsArchived")]
[JsonDerivedType(typeof(GenerationRaised), "generationRaised")]
public abstract record LedgerEvent(string Reason);

/// <summary>The accounts file named the account, or changed what it says of it.</summary>
/// <param name="Source">The import; null outside of one.</param>
public sealed record AccountEnrolled(Enrolment Enrolment, string? Source, string Reason) : LedgerEvent(Reason)
{
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>What the file itself says of autopay, whatever it is; null in histories from before it was kept (R23).</summary>
    public bool? FileAutopay { get; init; }

    /// <summary>The civil day.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>The accounts file names another customer of the provider: bills and money until now are the former one's (R34).</summary>
public sealed record PayerChanged(string From, string To, DateOnly On, string Reason) : LedgerEvent(Reason);

public sealed record AutopaySwitched(bool On, string Reason) : LedgerEvent(Reason)
{
    /// <summary>The civil day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>When a person did it; null when an accounts file did.</summary>
    public DateTimeOffset? ByPersonAt { get; init; }
}

public sealed record AccountSuspended(Suspension Suspension, string Reason) : LedgerEvent(Reason);

public sealed record SuspensionLifted(string Reason) : LedgerEvent(Reason);

public sealed record BillOpened(Bill Bill, string Reason) : LedgerEvent(Reason);

public sealed record BillAdjusted(string AdjustmentId, BillId Bill, Money Amount, string Reason) : LedgerEvent(Reason)
{
    /// <summary>The import that asked for it.</summary>
    public string? Source { get; init; }
}

/// <summary>Finance took the bill out of a deferral, or back into it (R38).</summary>
public sealed record BillExempted(BillId Bill, DeferralId Deferral, bool On, string Reason) : LedgerEvent(Reason);

public sealed record BillSkipped(BillId Bill, string Reason) : LedgerEvent(Reason);

/// <summary>Finance lets a skipped or blocked bill be collected again (R20, R22).</summary>
public sealed record BillRearmed(BillId Bill, string Reason) : LedgerEvent(Reason);

public sealed record BillBlocked(BillId Bill, string Reason) : LedgerEvent(Reason)
{
    /// <summary>The civil day; null in histories from before it was kept.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The import that opened it again after its due date (R5).</summary>
    public string? Source { get; init; }
}

/// <summary>What blocked it is gone by itself; a skip stays.</summary>
public sealed record BillUnblocked(BillId Bill, string Reason) : LedgerEvent(Reason);

/// <summary>A person must look before the bill is collected (R4, R16).</summary>
public sealed record BillFlagged(BillId Bill, ReviewCheck Check, string Reason) : LedgerEvent(Reason);

public sealed record BalanceDiffered(BillId Bill, DateOnly On, string Reason) : LedgerEvent(Reason);

/// <summary>Finance has looked at the bill's differences with the billing system.</summary>
public sealed record WarningsDismissed(BillId Bill, string Reason) : LedgerEvent(Reason);

public sealed record FundsReceived(Funds Funds, string Reason) : LedgerEvent(Reason);

/// <summary>The payment left credit although debits took, or are taking, the money for the same bills (R28).</summary>
public sealed record PaymentFoundTwice(PaymentId Funds, IReadOnlyList<DebitShare> Debits, string Reason) : LedgerEvent(Reason);

public sealed record FundsApplied(PaymentId Funds, BillId Bill, Money Cents, string Reason) : LedgerEvent(Reason);

public sealed record FundsUnapplied(PaymentId Funds, BillId Bill, Money Cents, string Reason) : LedgerEvent(Reason)
{
    /// <summary>The import that asked for it.</summary>
    public string? Source { get; init; }
}

public sealed record FundsReversed(PaymentId Funds, Money Cents, string Reason) : LedgerEvent(Reason)
{
    public DateOnly? On { get; init; }
}

/// <summary>Collected money that an adjustment made too much: off the bill, into credit, onto the refund list (R5).</summary>
public sealed record OverCollected(BillId Bill, Funds Funds, string Reason) : LedgerEvent(Reason);

/// <summary>The part of a bill's charges below zero becomes credit of the account (R5).</summary>
public sealed record BillCredited(BillId Bill, Funds Funds, string Reason) : LedgerEvent(Reason);

/// <summary>The bill was adjusted upwards again: what is left of its credit is no longer the account's (R5).</summary>
public sealed record BillCreditTakenBack(BillId Bill, PaymentId Funds, Money Cents, string Reason) : LedgerEvent(Reason);

public sealed record DebitScheduled(Debit Debit, string Reason) : LedgerEvent(Reason);

public sealed record LineAdded(DebitId Debit, BillId Bill, string Reason) : LedgerEvent(Reason);

public sealed record LineRemoved(DebitId Debit, BillId Bill, string Reason) : LedgerEvent(Reason);

/// <summary>In histories from before flags were kept with the bill.</summary>
public sealed record LinesFlagged(DebitId Debit, IReadOnlyList<BillId> Bills, string Reason) : LedgerEvent(Reason);

public sealed record DebitDeferred(DebitId Debit, IReadOnlyList<DeferralId> HeldBy, DateOnly On, string Reason) : LedgerEvent(Reason);

/// <summary>It has waited too long for something that may never come: on finance's list (R32).</summary>
public sealed record DebitNotCollected(DebitId Debit, DateOnly Since, string Reason) : LedgerEvent(Reason);

/// <summary>Nothing defers the debit any more.</summary>
public sealed record DebitReleased(DebitId Debit, string Reason) : LedgerEvent(Reason);

/// <summary>The whole debit moved into another one: folded by a merge deferral (R8), or carried when null (R11).</summary>
public sealed record DebitMerged(DebitId Debit, DebitId Into, DeferralId? Deferral, string Reason) : LedgerEvent(Reason);

public sealed record DebitUnmerged(DebitId Debit, DebitId From, IReadOnlyList<DebitLine> Lines, string Reason) : LedgerEvent(Reason);

public sealed record DebitSatisfied(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason);

public sealed record DebitSentToReview(DebitId Debit, IReadOnlyList<ReviewCheck> Checks, string Reason) : LedgerEvent(Reason);

public sealed record DebitApproved(DebitId Debit, IReadOnlyList<WaivedCheck> Waived, string Reason) : LedgerEvent(Reason);

public sealed record DebitCancelled(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    /// <summary>Because autopay is off: undone soon, its bills get a debit again (R23).</summary>
    public bool AutopayOff { get; init; }
}

/// <summary>P0: the attempt is saved before the provider is asked.</summary>
public sealed record AttemptPlanned(Attempt Attempt, string Reason) : LedgerEvent(Reason);

/// <summary>P2: the pre-charge check said yes; the bills are in flight.</summary>
public sealed record AttemptLocked(DebitId Debit, string IntentId, long ControlsVersion, DateTimeOffset At, string Reason) : LedgerEvent(Reason)
{
    /// <summary>The civil day.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>It was locked and never sent; another whole pre-charge check said yes (R27).</summary>
public sealed record AttemptLockedAgain(DebitId Debit, long ControlsVersion, DateTimeOffset At, string Reason) : LedgerEvent(Reason);

/// <summary>The attempt is proven dead without a submission; the debit goes back.</summary>
public sealed record AttemptAbandoned(DebitId Debit, string Reason) : LedgerEvent(Reason)
{
    /// <summary>Why the provider refused the confirm, when that is for a person to look at (R27).</summary>
    public string? ConfirmRefused { get; init; }
}

/// <summary>The answer to a confirm was lost: only the intent can tell (P4).</summary>
public sealed record AttemptInDoubt(DebitId Debit, DateTimeOffset At, string Reason) : LedgerEvent(Reason);

public sealed record AttemptSubmitted(DebitId Debit, DateOnly On, DateTimeOffset At, string Reason) : LedgerEvent(Reason);

/// <param name="SubmittedOn">The day of the submission, when no earlier event told it.</param>
public sealed record AttemptCollected(DebitId Debit, DateOnly SubmittedOn, DateOnly On, string Reason) : LedgerEvent(Reason);

public sealed record AttemptFailed(DebitId Debit, string Code, DateOnly SubmittedOn, DateOnly On, string Reason) : LedgerEvent(Reason);

/// <param name="Stop">Nothing more may be tried until a person has looked: a bug of ours.</param>
public sealed record AttemptFlagged(DebitId Debit, bool Stop, string Reason) : LedgerEvent(Reason);

public sealed record DebitToRetry(DebitId Debit, DateOnly RetryOn, string Reason) : LedgerEvent(Reason);

/// <summary>The retry was refused because its amount is no longer the same (R18).</summary>
public sealed record DebitSuperseded(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason);

public sealed record DebitUncollected(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason);

public sealed record DebitDeclined(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason);

/// <summary>A dispute or return after Collected (R20): what leaves "collected" of each bill.</summary>
/// <param name="Total">What the books give up for it, cents; part of it may have been reversed credit.</param>
public sealed record ReturnReceived(DebitId Debit, Money Total, IReadOnlyList<AttemptLine> Lines, string Code, string Reason) : LedgerEvent(Reason)
{
    public DateOnly On { get; init; }

    /// <summary>What was returned beyond that, because it had been given back before (signed cents: a refund that failed since makes it smaller).</summary>
    public Money Lost { get; init; }

    /// <summary>The intent whose money came back; null in histories from before it was kept.</summary>
    public string? IntentId { get; init; }
}

/// <summary>Finance looked at money that came in twice and leaves it as credit.</summary>
public sealed record CreditKept(PaymentId Funds, string Reason) : LedgerEvent(Reason);

/// <summary>Saved before the provider is asked; its cents are set aside.</summary>
public sealed record RefundRequested(Refund Refund, string Reason) : LedgerEvent(Reason);

/// <summary>Asked, and no answer that says anything.</summary>
public sealed record RefundDelayed(DebitId Debit, int Number, DateTimeOffset At, string Reason) : LedgerEvent(Reason);

public sealed record RefundSent(DebitId Debit, int Number, string RefundId, DateTimeOffset At, string Reason) : LedgerEvent(Reason)
{
    public required DateOnly On { get; init; }
}

public sealed record RefundPaid(DebitId Debit, int Number, DateOnly On, string Reason) : LedgerEvent(Reason);

/// <summary>Nothing went out, or it came back: the cents return to where they were taken from.</summary>
public sealed record RefundFailed(DebitId Debit, int Number, DateOnly On, string Reason) : LedgerEvent(Reason);

/// <summary>The books come from a backup: new debits are numbered in a generation of their own (R1).</summary>
public sealed record GenerationRaised(int To, string Reason) : LedgerEvent(Reason);

/// <summary>Items closed long ago leave the ledger row for rows of their own.</summary>
public sealed record ItemsArchived(
    IReadOnlyList<DebitId> Debits, IReadOnlyList<BillId> Bills, IReadOnlyList<PaymentId> Funds, string Reason) : LedgerEvent(Reason);
