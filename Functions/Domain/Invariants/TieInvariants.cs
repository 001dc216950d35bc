namespace Autopay.Domain.Invariants;

/// <summary>What debits collected and gave back is what bills and credit show of it.</summary>
internal static class TieInvariants
{
    public static IEnumerable<string> RefundsAndCollectionsTie(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    ) => RefundTies(ledger, context, looked).Concat(CollectedTies(ledger, context, looked));

    // What a refund set aside is what credit shows as refunded, and never more than the debit collected.
    private static IEnumerable<string> RefundTies(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var refund in ledger.Debits.SelectMany(debit => debit.Refunds))
        {
            looked();
            if (refund.Amount != refund.Credit.Sum(part => part.Cents) + refund.Lines.Sum(line => line.Cents))
            {
                yield return $"Refund {refund.Number} of {refund.Debit} gives {refund.Amount} "
                    + "back and takes something else";
            }
        }

        var parts = ledger
            .Debits.Concat(context.Archived)
            .SelectMany(debit => debit.Refunds)
            .Where(refund => refund.Counts)
            .SelectMany(refund => refund.Credit)
            .ToLookup(part => part.Funds);
        foreach (var funds in ledger.Funds)
        {
            looked();
            if (funds.Refunded != parts[funds.Id].Sum(part => part.Cents))
            {
                yield return $"Payment {funds.Id} shows {funds.Refunded} given back, refunds took "
                    + $"{parts[funds.Id].Sum(part => part.Cents)} of it";
            }
        }

        foreach (
            var debit in ledger.Debits.Where(debit =>
                debit.State == DebitState.Collected && debit.Attempted.Amount < debit.ReturnedCents + debit.Refunded
            )
        )
        {
            yield return $"Debit {debit.Id}: more came back and was given back than it collected";
        }
    }

    private static Money FromBills(Debit debit) =>
        debit.Refunds.Where(refund => refund.Counts).SelectMany(refund => refund.Lines).Sum(line => line.Cents);

    // What the debits collected, less what was returned or refunded, is on the bills or was turned into credit (R5,
    // R20).
    private static IEnumerable<string> CollectedTies(AccountLedger ledger, InvariantContext context, Action looked)
    {
        looked();
        var debits = ledger
            .Debits.Concat(context.Archived.Select(debit => ledger.WithLateReturns(debit)))
            .Where(debit => debit.State == DebitState.Collected);
        var collected = debits.Sum(debit => debit.Attempted.Amount - debit.ReturnedCents - FromBills(debit));
        var onBills =
            ledger.ArchivedCollected
            + ledger.Bills.Sum(bill => bill.Collected)
            + ledger
                .Funds.Where(funds => funds.Source == FundsSource.OverCollected)
                .Sum(funds => funds.Amount - funds.Reversed);
        if (collected != onBills)
        {
            yield return $"Account {ledger.Id} collected {collected}, its bills and refund list show {onBills}";
        }
    }
}
