namespace Autopay.Application;

/// <summary>What people call the events of an account's history; debits are numbered within their account.</summary>
internal static class EventNames
{
    public static string Of(LedgerEvent happened) => OfAccount(happened) ?? OfDebit(happened) ?? OfAttempt(happened);

    /// <summary>Whether it is more than a step between us and the provider, which tells a customer nothing.</summary>
    public static bool TellsACustomer(LedgerEvent happened) => happened is not (AttemptPlanned or AttemptLocked or AttemptLockedAgain or AttemptFailed or ItemsArchived);

    private static string? OfAccount(LedgerEvent happened) => happened switch
    {
        AccountEnrolled => "account",
        PayerChanged => "payer changed",
        AutopaySwitched e => e.On ? "autopay on" : "autopay off",
        AccountSuspended => "account suspended",
        SuspensionLifted => "suspension lifted",
        BillOpened => "bill",
        BillAdjusted e => $"adjusted by {e.Amount}",
        BillExempted e => e.On ? "bill exempted" : "exemption taken back",
        BillSkipped => "bill skipped",
        BillRearmed => "bill re-armed",
        BillBlocked => "bill blocked",
        BillUnblocked => "bill unblocked",
        BillFlagged => "bill flagged",
        BalanceDiffered => "balance differs",
        CorrectionReceived => "correction received",
        CorrectionClosed => "correction closed",
        BillCorrected => "bill corrected",
        PaymentCorrected => "payment corrected",
        WarningsDismissed => "balance warning dismissed",
        FundsReceived => "payment",
        PaymentFoundTwice => "paid twice",
        FundsApplied => "payment applied",
        FundsUnapplied => "payment taken off a bill",
        FundsReversed => "payment reversed",
        OverCollected => "refund list",
        BillCredited => "bill below zero",
        BillCreditTakenBack e => $"credit less by {e.Cents}",
        CreditKept => "kept as credit",
        _ => null,
    };

    private static string? OfDebit(LedgerEvent happened) => happened switch
    {
        DebitScheduled e => $"debit {Number(e.Debit.Id)} scheduled",
        LineAdded e => $"debit {Number(e.Debit)} takes a bill",
        LineRemoved e => $"debit {Number(e.Debit)} drops a bill",
        LinesFlagged e => $"debit {Number(e.Debit)} flagged",
        DebitDeferred e => $"debit {Number(e.Debit)} deferred",
        DebitNotCollected e => $"debit {Number(e.Debit)} not being collected",
        DebitReleased e => $"debit {Number(e.Debit)} released",
        DebitMerged e => $"debit {Number(e.Debit)} merged into {Number(e.Into)}",
        DebitUnmerged e => $"debit {Number(e.Debit)} un-merged",
        DebitSatisfied e => $"debit {Number(e.Debit)} satisfied",
        DebitSentToReview e => $"debit {Number(e.Debit)} needs review",
        DebitApproved e => $"debit {Number(e.Debit)} approved",
        DebitCancelled e => $"debit {Number(e.Debit)} cancelled",
        DebitToRetry e => $"debit {Number(e.Debit)} to be retried",
        DebitSuperseded e => $"debit {Number(e.Debit)} superseded",
        DebitUncollected e => $"debit {Number(e.Debit)} uncollected",
        DebitDeclined e => $"debit {Number(e.Debit)} declined",
        ReturnReceived e => $"debit {Number(e.Debit)} returned",
        _ => OfRefund(happened),
    };

    private static string? OfRefund(LedgerEvent happened) => happened switch
    {
        RefundRequested e => $"debit {Number(e.Refund.Debit)} refund requested",
        RefundDelayed e => $"debit {Number(e.Debit)} refund in doubt",
        RefundSent e => $"debit {Number(e.Debit)} refund sent",
        RefundPaid e => $"debit {Number(e.Debit)} refunded",
        RefundFailed e => $"debit {Number(e.Debit)} refund failed",
        _ => null,
    };

    private static string OfAttempt(LedgerEvent happened) => happened switch
    {
        AttemptPlanned e => $"debit {Number(e.Attempt.Debit)} charge planned",
        AttemptLocked e => $"debit {Number(e.Debit)} charge locked",
        AttemptLockedAgain e => $"debit {Number(e.Debit)} charge locked again",
        AttemptFailed e => $"debit {Number(e.Debit)} failed",
        ItemsArchived => "archived",
        GenerationRaised => "restored from a backup",
        AttemptAbandoned e => $"debit {Number(e.Debit)} not charged",
        AttemptInDoubt e => $"debit {Number(e.Debit)} in doubt",
        AttemptSubmitted e => $"debit {Number(e.Debit)} submitted",
        AttemptCollected e => $"debit {Number(e.Debit)} collected",
        AttemptFlagged e => $"debit {Number(e.Debit)} attempt flagged",
        _ => throw new InvalidOperationException($"No name for {happened.GetType().Name}."),
    };

    private static string Number(DebitId debit) => $"#{debit.Sequence}";
}
