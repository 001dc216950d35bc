namespace Autopay.Domain.Commands;

/// <summary>
/// The pre-charge check before money moves: why an attempt must not be confirmed now, or null when it may (P2, P3).
/// </summary>
public static class PreChargeCheck
{
    /// <summary>At P2: ledger and controls as they are now, against what was planned.</summary>
    /// <param name="today">The civil day on which it would be sent.</param>
    public static string? WhyNotLock(AccountLedger ledger, Attempt attempt, Controls controls, DateOnly today)
    {
        var debit = ledger.DebitOf(attempt.Debit);
        return WhyNotConfirm(ledger, debit, controls)
            ?? WhyMerged(ledger, debit, controls)
            ?? WhyLeftOut(ledger, debit)
            ?? WhyChanged(ledger, debit, attempt)
            ?? Noticing.WhyNot(ledger, debit, controls, today)
            ?? Releasing.WhyLapsed(ledger, debit, controls, today)
            ?? Releasing.WhyDrifted(ledger, debit, controls)
            ?? WhyReviewed(ledger, debit, controls.Policies);
    }

    /// <summary>
    /// For an attempt that is locked and was never sent (R27): the whole pre-charge check, and nothing may have changed
    /// since it was locked. Money that came in meanwhile may have been meant for these bills.
    /// </summary>
    public static string? WhyNotLockAgain(AccountLedger ledger, Attempt attempt, Controls controls, Moment now) =>
        WhyNotLock(ledger, attempt, controls, now.Today)
        ?? (
            attempt.PaymentSinceLocked ? "a payment came in since it was locked"
            : attempt.LockedOn != now.Today || !BankingCalendar.IsBankingDay(now.Today) ? "its banking day is over"
            : null
        );

    /// <summary>
    /// At P3, for a locked attempt that is not confirmed yet: halted, or held again. A locked amount is not looked at
    /// again (R5, R15).
    /// </summary>
    public static string? WhyNotConfirm(AccountLedger ledger, Debit debit, Controls controls)
    {
        var holds = HoldMergeRelease.HoldsOn(ledger, controls, debit);
        return controls.WhyNothingIsCharged is { } stopped ? stopped
            : !ledger.AutopayIsOn ? "autopay is off"
            : ledger.Suspension is { } suspension ? $"account suspended: {suspension.Reason}"
            : holds.Count > 0 ? $"held by {string.Join(", ", holds.Select(hold => $"'{hold.Id}'"))}"
            : Releasing.WhyNot(ledger, debit, controls);
    }

    private static string? WhyMerged(AccountLedger ledger, Debit debit, Controls controls) =>
        HoldMergeRelease.IsOfAMerge(debit)
        && HoldMergeRelease.MergesCovering(ledger, controls, debit).FirstOrDefault() is { } merge
            ? $"to be merged by '{merge.Id}'"
            : null;

    // Its line leaves at the next look; until then its cents may look the same (R20, R22).
    private static string? WhyLeftOut(AccountLedger ledger, Debit debit) =>
        ledger.BillsOf(debit).FirstOrDefault(bill => bill.Open.IsPositive && (bill.Skipped || bill.Blocked is not null))
            is { } bill
            ? $"bill {bill.Id} is left out: {bill.Blocked?.Reason ?? "skipped"}"
            : null;

    private static string? WhyChanged(AccountLedger ledger, Debit debit, Attempt attempt)
    {
        var open = ledger
            .BillsOf(debit)
            .Where(bill => bill.Open.IsPositive)
            .Select(bill => new AttemptLine(bill.Id, bill.Open));
        return !open.ToHashSet().SetEquals(attempt.Lines) ? $"{ledger.OpenOn(debit)} is open now, not {attempt.Amount}"
            : !attempt.IsMadeWith(ledger.Enrolled) ? "the payment method or mandate changed"
            : null;
    }

    private static string? WhyReviewed(AccountLedger ledger, Debit debit, Policies policies) =>
        Reviewing.ChecksOn(ledger, debit, policies) is { Count: > 0 } checks
            ? $"needs review: {string.Join(", ", checks)}"
        : Splitting.PartsOf(ledger, debit, policies) is not null ? "it is to be taken in parts"
        : null;
}
