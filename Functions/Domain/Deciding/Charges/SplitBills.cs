namespace Autopay.Domain.Deciding.Charges;

/// <summary>What a debit is held and let go for (R7, R45, I25).</summary>
internal static class SplitBills
{
    /// <summary>
    /// The bills of the debit; of a part those of all that it was split from. Unsplit it would wait while any of them
    /// is held, and so does each part.
    /// </summary>
    public static IEnumerable<Bill> Of(AccountLedger ledger, Debit debit)
    {
        if (debit.SplitFrom is not { } first)
        {
            return ledger.BillsOf(debit);
        }

        // Also those of which all stayed in the first part; a debit that has left the row tells only of what was moved.
        var bills = ledger
            .Bills.Where(bill => bill.Part?.From == first)
            .SelectMany(part => new[] { part.Id, part.Id.Whole })
            .Concat((ledger.FindDebit(first)?.Lines ?? []).Concat(debit.Lines).Select(line => line.Bill))
            .ToHashSet();
        return ledger.Bills.Where(bill => bills.Contains(bill.Id));
    }
}
