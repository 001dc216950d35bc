namespace Autopay.Domain.Invariants;

/// <summary>What a customer would miss, whichever debit or payment it was.</summary>
internal static class CustomerInvariants
{
    /// <summary>I24. Counted from the bill and its payments, not from the debits that the list is made of.</summary>
    public static IEnumerable<string> WhatIsPaidTwiceIsSeen(AccountLedger ledger, InvariantContext context, Action looked)
    {
        var listed = ledger.PaidTwice().ToLookup(twice => twice.Payment.NamedBill, twice => twice.Cents);
        foreach (var payments in ledger.Funds.Where(funds => funds.Source == FundsSource.BackPayment).GroupBy(funds => funds.NamedBill))
        {
            looked();
            if (payments.Key is not { } named || ledger.FindBill(named) is not { } bill)
            {
                continue;
            }

            var byDebit = bill.Collected + bill.InFlight;
            var above = byDebit + payments.Sum(funds => funds.Amount - funds.Reversed) - Money.Max(Money.Zero, bill.Charges);
            var credit = payments.Where(funds => !funds.Kept).Sum(funds => funds.Left);
            if (Money.Min(Money.Min(above, byDebit), credit) > listed[named].Sum())
            {
                yield return $"Bill {bill.Id} of {bill.Charges} was paid {above} more than it asks for, {credit} of it is credit, and only {listed[named].Sum()} is listed as paid twice";
            }
        }
    }
}
