namespace Autopay.Domain.Explanations;

/// <summary>Bills less payments less credit is the debit, at the moment that decided it.</summary>
internal static class BillSums
{
    /// <summary>
    /// Of a debit that was sent as it was when the attempt was planned, of one that ended otherwise as it was when it
    /// ended, else as it is now.
    /// </summary>
    public static IReadOnlyList<BillSum> Of(AccountPast past, Debit debit)
    {
        if (AttemptOf(debit) is { } attempt)
        {
            var then = Before(past, attempt);
            var cents = attempt.Lines.ToDictionary(line => line.Bill, line => line.Cents);
            return Sums(then ?? past.Ledger, then?.FindDebit(debit.Id) ?? debit, cents);
        }

        var ended = debit.IsTerminal ? past.Before(it => Ends(it, debit.Id)) : null;
        return Sums(ended ?? past.Ledger, ended?.FindDebit(debit.Id) ?? debit, cents: null);
    }

    /// <summary>
    /// What the bank was asked for, or is; null of a debit that was never sent, or whose retry is still to come: that
    /// one has the same amount, or it is none (R18).
    /// </summary>
    public static Attempt? AttemptOf(Debit debit) =>
        debit.State switch
        {
            DebitState.Charging or DebitState.Unknown or DebitState.Submitted => debit.LastAttempt,
            DebitState.Collected or DebitState.Declined => debit.LastAttempt,
            DebitState.Uncollected or DebitState.Superseded => debit.LastSubmitted ?? debit.LastAttempt,
            _ => null,
        };

    /// <summary>The account and the debit when it was sent; of one that is unsent as they are now.</summary>
    /// <returns>Null where the history does not tell.</returns>
    public static (AccountLedger Ledger, Debit Debit)? AsSent(AccountPast past, Debit debit) =>
        AttemptOf(debit) is not { } attempt
            ? debit.IsUnsent && past.Ledger.FindDebit(debit.Id) is not null
                ? (past.Ledger, debit)
                : null
            : Before(past, attempt) is { } then && then.FindDebit(debit.Id) is { } was
                ? (then, was)
                : null;

    private static AccountLedger? Before(AccountPast past, Attempt attempt) =>
        past.Before(it =>
            it is AttemptPlanned planned
            && planned.Attempt.Debit == attempt.Debit
            && planned.Attempt.Number == attempt.Number
        );

    private static bool Ends(LedgerEvent happened, DebitId debit) =>
        happened switch
        {
            DebitSatisfied it => it.Debit == debit,
            DebitCancelled it => it.Debit == debit,
            DebitUncollected it => it.Debit == debit,
            DebitDeclined it => it.Debit == debit,
            _ => false,
        };

    private static BillSum[] Sums(AccountLedger ledger, Debit debit, Dictionary<BillId, Money>? cents) =>
        [
            .. debit
                .Lines.Select(line => line.Bill)
                .Union(cents?.Keys ?? Enumerable.Empty<BillId>())
                .Select(bill => Sum(ledger, bill, cents))
                .OrderBy(sum => sum.DueDate),
        ];

    private static BillSum Sum(AccountLedger ledger, BillId id, Dictionary<BillId, Money>? cents)
    {
        var bill = ledger.FindBill(id);
        var moved = bill is null ? Money.Zero : MovedOf(ledger, bill);
        var takes = cents is null ? bill?.Open ?? Money.Zero : cents.GetValueOrDefault(id);
        return new BillSum(
            id,
            bill?.DueDate ?? default,
            bill?.CurrentCharges ?? Money.Zero,
            (bill?.Adjustments ?? Money.Zero) - moved,
            moved,
            bill is null ? Money.Zero : ledger.CreditedBy(id),
            [
                .. ledger
                    .Funds.Where(funds => funds.AppliedTo(id).IsPositive)
                    .OrderBy(funds => funds.ReceivedOn)
                    .Select(funds => Part(funds, id)),
            ],
            bill?.Collected ?? Money.Zero,
            takes,
            bill?.PreviousBalance ?? Money.Zero
        );
    }

    private static Money MovedOf(AccountLedger ledger, Bill bill) =>
        bill.Id.IsPart
            ? bill.Adjustments
            : -ledger.WithParts(bill.Id).Where(part => part.Id.IsPart).Sum(part => part.Adjustments);

    // A payment goes to the bill that it names, or to the first that it pays; what is over is credit of the account
    // (R13, R14).
    private static PaymentPart Part(Funds funds, BillId bill) =>
        new(
            funds.Id,
            funds.Source,
            funds.Channel,
            funds.ReceivedOn,
            funds.PostedOn,
            funds.Amount,
            funds.AppliedTo(bill),
            IsCredit: funds.Source is FundsSource.OverCollected or FundsSource.BilledCredit
        );
}
