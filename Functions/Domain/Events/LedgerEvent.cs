using System.Text.Json.Serialization;

namespace Autopay.Domain.Events;

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
public abstract record LedgerEvent(string Reason)
{
    /// <summary>What people call it in an account's history; debits are numbered within their account.</summary>
    public abstract string Title();

    /// <summary>False of a step between us and the provider, which tells a customer nothing.</summary>
    public virtual bool IsForTheCustomer() => true;

    protected static string NumberOf(DebitId debit) => $"#{debit.Sequence}";
}
