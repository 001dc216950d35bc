namespace Autopay.Domain.Invariants;

/// <summary>Every cent is in exactly one place.</summary>
internal static class MoneyInvariants
{
    public static IEnumerable<string> Conservation(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var bill in ledger.Bills)
        {
            looked();
            var applied = ledger.Funds.Sum(funds => funds.AppliedTo(bill.Id)) - ledger.CreditedBy(bill.Id);
            if (applied != bill.PaidElsewhere)
            {
                yield return $"Bill {bill.Id} shows {bill.PaidElsewhere} paid elsewhere, "
                    + $"payments and credit paid {applied}";
            }

            var inFlight = ledger
                .Debits.Select(debit => debit.LivingAttempt)
                .OfType<Attempt>()
                .Where(attempt =>
                    attempt.Phase is AttemptPhase.Locked or AttemptPhase.Unknown or AttemptPhase.Submitted
                )
                .SelectMany(attempt => attempt.Lines)
                .Where(line => line.Bill == bill.Id)
                .Sum(line => line.Cents);
            if (inFlight != bill.InFlight)
            {
                yield return $"Bill {bill.Id} shows {bill.InFlight} in flight, its attempts {inFlight}";
            }
        }
    }

    public static IEnumerable<string> NothingBelowZero(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var bill in ledger.Bills)
        {
            looked();
            if (
                bill.Open.Cents < 0
                || bill.PaidElsewhere < -ledger.CreditedBy(bill.Id)
                || bill.Collected.Cents < 0
                || bill.InFlight.Cents < 0
            )
            {
                yield return $"Bill {bill.Id} has an amount below zero";
            }
        }

        foreach (var funds in ledger.Funds)
        {
            looked();
            if (
                funds.Left.Cents < 0
                || funds.Reversed.Cents < 0
                || funds.Refunded.Cents < 0
                || funds.Applied.Any(line => !line.Cents.IsPositive)
            )
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
                yield return $"Attempt {attempt.Number} of {attempt.Debit} asks for {attempt.Amount}, its lines "
                    + $"add up to {attempt.Lines.Sum(line => line.Cents)}";
            }
        }
    }
}
