namespace Autopay.Domain.Invariants;

/// <summary>What the city keeps back is held against nobody (R42, R43).</summary>
internal static class ProtectionInvariants
{
    // Long after every grace: nothing but the city's action speaks for the customer then.
    private const int LongAfter = 400;

    /// <summary>
    /// I26. Judged by the debits themselves: one that is held, merged, in review or waits for a release; and by the
    /// bill, which nobody has told apart from another one.
    /// </summary>
    public static IEnumerable<string> NoAnswerAgainstAHeldBill(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        var on = context.Now.Today.AddDays(LongAfter);
        foreach (var bill in ledger.Bills.Where(bill => IsKeptBack(ledger, bill, context.Controls)))
        {
            looked();
            var it = new ProtectedBill(ledger, bill, context.Controls, context.City, context.Archived);
            if (PenaltyAnswer.Of(it, on).Verdict is PenaltyVerdict.Assess)
            {
                yield return $"Bill {bill.Id} is kept back by the city, and a penalty may be assessed for it";
            }

            var answer = DisconnectAnswer.Of(ledger, context.Controls, context.City, context.Archived, on);
            if (answer.Overdue.Any(overdue => overdue.Bill.Id == bill.Id.Whole && overdue.Lets(on)))
            {
                yield return $"Bill {bill.Id} is kept back by the city, and service may end for it";
            }
        }
    }

    private static bool IsKeptBack(AccountLedger ledger, Bill bill, Controls controls) =>
        bill.Open.IsPositive
        && (
            controls.HoldsOn(bill).Any()
            || bill.LooksLikeAnother
            || ledger.LiveDebitOf(bill.Id) is { } debit
                && (
                    debit.HeldBy.Count > 0
                    || debit.State == DebitState.NeedsReview
                    || (debit.State == DebitState.Scheduled && IsMergedOrWaits(ledger, debit, bill, controls))
                )
        );

    private static bool IsMergedOrWaits(AccountLedger ledger, Debit debit, Bill bill, Controls controls) =>
        debit.Lines.Any(line => line.Bill == bill.Id && line.Trail.Any(hop => hop.Deferral is not null))
        || Releasing.WhyNot(ledger, debit, controls) is not null;
}
