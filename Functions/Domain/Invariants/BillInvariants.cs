namespace Autopay.Domain.Invariants;

/// <summary>Every open bill is in one debit, and in no more than one.</summary>
internal static class BillInvariants
{
    public static IEnumerable<string> OneLiveDebitPerBill(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var bill in ledger.Bills)
        {
            looked();
            var homes = ledger
                .Debits.Where(debit => !debit.IsTerminal && debit.State != DebitState.Merged)
                .SelectMany(debit => debit.Lines)
                .Count(line => line.Bill == bill.Id);
            if (homes > 1)
            {
                yield return $"Bill {bill.Id} has {homes} live lines";
            }

            if (
                bill.Collected + bill.PaidElsewhere > bill.Charges
                || bill.OverInFlight > MayBeOver(ledger, context, bill)
            )
            {
                yield return $"Bill {bill.Id} of {bill.Charges}: {bill.Collected} collected, {bill.InFlight} in "
                    + $"flight, {bill.PaidElsewhere} paid elsewhere";
            }
        }
    }

    /// <summary>
    /// A bill with open cents that nobody skipped or blocked is in a debit. One from a time without autopay may be in
    /// none: only what is due after the switch is scheduled (R23).
    /// </summary>
    public static IEnumerable<string> OpenBillsHaveADebit(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var bill in ledger.OpenBillsWithoutDebit())
        {
            looked();
            if (context.History is { } history && history.ScheduledSinceAutopay(bill.Id))
            {
                yield return $"Bill {bill.Id} has {bill.Open} open and is in no debit, although nobody took it out";
            }
        }
    }

    public static IEnumerable<Bill> OverInFlight(AccountLedger ledger) =>
        ledger.Bills.Where(bill => bill.OverInFlight.IsPositive);

    // What is in flight does not follow adjustments (R5), numbers that a person took since (R31) or money that a failed
    // refund put back: the bank's answer settles it.
    private static Money MayBeOver(AccountLedger ledger, InvariantContext context, Bill bill)
    {
        if (
            !bill.OverInFlight.IsPositive
            || context.History is not { } history
            || ledger.LiveDebitOf(bill.Id) is not { } home
        )
        {
            return ledger.AdjustmentIds.Count == 0 && ledger.RefusedVersions.Count == 0
                ? Money.Zero
                : bill.OverInFlight;
        }

        var since = history.SinceLocked(home.Id).ToList();
        var adjusted = since
            .OfType<BillAdjusted>()
            .Where(happened => happened.Bill == bill.Id)
            .Sum(happened => happened.Amount);
        var putBack = since
            .OfType<RefundFailed>()
            .SelectMany(failed =>
                ledger.FindDebit(failed.Debit)?.Refunds.First(refund => refund.Number == failed.Number).Lines ?? []
            )
            .Where(line => line.Bill == bill.Id)
            .Sum(line => line.Cents);
        var corrected = (history.ChargesWhenLocked(home.Id, bill.Id) ?? bill.CurrentCharges) - bill.CurrentCharges;
        return Money.Max(Money.Zero, putBack - adjusted + corrected);
    }
}
