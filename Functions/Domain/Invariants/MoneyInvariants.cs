namespace Autopay.Domain.Invariants;

/// <summary>Every cent is in exactly one place.</summary>
internal static class MoneyInvariants
{
    public static IEnumerable<string> Conservation(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var bill in ledger.Bills)
        {
            looked();
            var applied = ledger.Funds.Sum(funds => funds.AppliedTo(bill.Id));
            if (applied != bill.PaidElsewhere)
            {
                yield return $"Bill {bill.Id} shows {bill.PaidElsewhere} paid elsewhere, payments and credit paid {applied}";
            }

            var inFlight = ledger.Debits.Select(debit => debit.LivingAttempt).OfType<Attempt>()
                .Where(attempt => attempt.Phase is AttemptPhase.Frozen or AttemptPhase.Unknown or AttemptPhase.Submitted)
                .SelectMany(attempt => attempt.Lines).Where(line => line.Bill == bill.Id).Sum(line => line.Cents);
            if (inFlight != bill.InFlight)
            {
                yield return $"Bill {bill.Id} shows {bill.InFlight} in flight, its attempts {inFlight}";
            }
        }

        foreach (var mismatch in RefundTies(ledger, looked).Concat(CollectedTies(ledger, context, looked)))
        {
            yield return mismatch;
        }
    }

    public static IEnumerable<string> NothingBelowZero(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var bill in ledger.Bills)
        {
            looked();
            if (bill.Open.Cents < 0 || bill.PaidElsewhere.Cents < 0 || bill.Collected.Cents < 0 || bill.InFlight.Cents < 0 || bill.Charges.Cents < 0)
            {
                yield return $"Bill {bill.Id} has an amount below zero";
            }
        }

        foreach (var funds in ledger.Funds)
        {
            looked();
            if (funds.Left.Cents < 0 || funds.Reversed.Cents < 0 || funds.Refunded.Cents < 0 || funds.Applied.Any(line => !line.Cents.IsPositive))
            {
                yield return $"Payment {funds.Id} has an amount below zero";
            }

            if (ledger.Funds.Count(other => other.Id == funds.Id) > 1)
            {
                yield return $"Payment {funds.Id} was taken in twice";
            }
        }

        foreach (var attempt in ledger.Debits.SelectMany(debit => debit.Attempts))
        {
            looked();
            if (!attempt.Amount.IsPositive || attempt.Amount != attempt.Lines.Sum(line => line.Cents))
            {
                yield return $"Attempt {attempt.Number} of {attempt.Debit} asks for {attempt.Amount}, its lines add up to {attempt.Lines.Sum(line => line.Cents)}";
            }
        }
    }

    // What a refund set aside is what credit shows as refunded, and never more than the debit collected.
    private static IEnumerable<string> RefundTies(AccountLedger ledger, Action looked)
    {
        foreach (var refund in ledger.Debits.SelectMany(debit => debit.Refunds))
        {
            looked();
            if (refund.Amount != refund.Credit.Sum(part => part.Cents) + refund.Lines.Sum(line => line.Cents))
            {
                yield return $"Refund {refund.Number} of {refund.Debit} gives {refund.Amount} back and takes something else";
            }
        }

        foreach (var debit in ledger.Debits.Where(debit => debit.State == DebitState.Collected && debit.LastAttempt!.Amount < debit.CameBack + debit.Refunded))
        {
            yield return $"Debit {debit.Id}: more came back and was given back than it collected";
        }
    }

    private static Money FromBills(Debit debit) => debit.Refunds.Where(refund => refund.Counts).SelectMany(refund => refund.Lines).Sum(line => line.Cents);

    // What the debits collected, less what came back or was given back, is on the bills or was turned into credit (R5, R20).
    private static IEnumerable<string> CollectedTies(AccountLedger ledger, InvariantContext context, Action looked)
    {
        looked();
        var debits = ledger.Debits.Concat(context.Archived.Select(debit => ledger.WithLateComebacks(debit)!)).Where(debit => debit.State == DebitState.Collected);
        var collected = debits.Sum(debit => debit.LastAttempt!.Amount - debit.CameBack - FromBills(debit));
        var onBills = ledger.ArchivedCollected + ledger.Bills.Sum(bill => bill.Collected)
            + ledger.Funds.Where(funds => funds.Source == FundsSource.OverCollected).Sum(funds => funds.Amount - funds.Reversed);
        if (collected != onBills)
        {
            yield return $"Account {ledger.Id} collected {collected}, its bills and refund list show {onBills}";
        }
    }
}
