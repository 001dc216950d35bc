namespace Autopay.Domain.Invariants;

/// <summary>What a customer would miss, whichever debit or payment it was.</summary>
internal static class CustomerInvariants
{
    /// <summary>I23. A skip is finance's word that it is not to be collected (R22).</summary>
    public static IEnumerable<string> NothingWaitsUnseen(AccountLedger ledger, InvariantContext context, Action looked)
    {
        var live = ledger
            .Debits.Where(debit => !debit.IsTerminal && debit.State != DebitState.Merged)
            .SelectMany(debit => debit.Lines)
            .Select(line => line.Bill)
            .ToHashSet();
        var listed = ledger
            .Worklist()
            .Where(listed => listed.Kind is WorkKind.NotCollected or WorkKind.Blocked)
            .Select(listed => listed.Bill.Id)
            .ToHashSet();
        foreach (var bill in ledger.Bills.Where(bill => ledger.AutopayIsOn && bill.Open.IsPositive))
        {
            looked();
            if (!live.Contains(bill.Id) && !bill.InFlight.IsPositive && !bill.Skipped && !listed.Contains(bill.Id))
            {
                yield return $"Bill {bill.Id} has {bill.Open} open that nothing collects and nobody sees";
            }
        }
    }

    /// <summary>I24. Counted from the bill and its payments, not from the debits that the list is made of.</summary>
    public static IEnumerable<string> WhatIsPaidTwiceIsSeen(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        var listed = ledger.PaidTwice().ToLookup(twice => twice.Payment.NamedBill, twice => twice.Cents);
        foreach (
            var payments in ledger
                .Funds.Where(funds => funds.Source == FundsSource.BackPayment)
                .GroupBy(funds => funds.NamedBill)
        )
        {
            looked();
            if (payments.Key is not { } named || ledger.FindBill(named) is not { } bill)
            {
                continue;
            }

            var byDebit = bill.Collected + bill.InFlight;
            var above =
                byDebit + payments.Sum(funds => funds.Amount - funds.Reversed) - Money.Max(Money.Zero, bill.Charges);
            var credit = payments.Where(funds => !funds.Kept).Sum(funds => funds.Left);
            if (Money.Min(Money.Min(above, byDebit), credit) > listed[named].Sum())
            {
                yield return $"Bill {bill.Id} of {bill.Charges} was paid {above} more than it asks for, {credit} "
                    + $"of it is credit, and only {listed[named].Sum()} is listed as paid twice";
            }
        }
    }
}
