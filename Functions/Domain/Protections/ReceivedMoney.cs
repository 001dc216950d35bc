namespace Autopay.Domain.Protections;

/// <summary>Money that counts for a bill, by the day on which it was received (R13, R42).</summary>
/// <param name="Id">The payment's, or the debit's.</param>
/// <param name="ReceivedOn">Of a debit the day on which it was submitted to the bank; null where that is no longer
/// known.</param>
/// <param name="PostedOn">When it reached our books; null while the bank has not answered.</param>
public sealed record ReceivedMoney(string Id, string Channel, DateOnly? ReceivedOn, DateOnly? PostedOn, Money Amount)
{
    private const string Autopay = "autopay";

    /// <summary>Oldest first. What was returned, or taken back, is not among it.</summary>
    public static IReadOnlyList<ReceivedMoney> Of(ProtectedBill it) =>
        [.. Payments(it).Concat(Collected(it)).Concat(AtBank(it)).OrderBy(money => money.ReceivedOn)];

    /// <summary>What paid several parts of a bill is one payment of it (R45).</summary>
    public static IReadOnlyList<ReceivedMoney> Together(IEnumerable<ReceivedMoney> ofParts) =>
        [
            .. ofParts
                .GroupBy(money => money with { Amount = Money.Zero })
                .Select(same => same.Key with { Amount = same.Sum(money => money.Amount) })
                .OrderBy(money => money.ReceivedOn),
        ];

    public bool IsBy(DateOnly? day) => day is null || ReceivedOn is null || ReceivedOn <= day;

    private static IEnumerable<ReceivedMoney> Payments(ProtectedBill it) =>
        from funds in it.Ledger.Funds
        let cents = funds.AppliedTo(it.Bill.Id)
        where cents.IsPositive
        select new ReceivedMoney(
            funds.Id.Value,
            funds.Source == FundsSource.BackPayment ? funds.Channel : "credit",
            funds.ReceivedOn,
            funds.PostedOn,
            cents
        );

    // The bill knows what is left of it after returns and refunds: those take the returned debits first.
    private static IEnumerable<ReceivedMoney> Collected(ProtectedBill it)
    {
        var left = it.Bill.Collected;
        foreach (
            var (debit, attempt, cents) in it
                .Attempts.Where(one => one.Attempt.Phase == AttemptPhase.Collected)
                .OrderByDescending(one => one.Debit.Kept.Cents == one.Attempt.Amount.Cents)
                .ThenBy(one => one.Attempt.SubmittedOn)
        )
        {
            var counts = Money.Min(left, cents);
            left -= counts;
            if (counts.IsPositive)
            {
                yield return new(debit.Id.Value, Autopay, attempt.SubmittedOn, attempt.AnsweredOn, counts);
            }
        }

        if (left.IsPositive)
        {
            yield return new("archived", Autopay, null, null, left);
        }
    }

    private static IEnumerable<ReceivedMoney> AtBank(ProtectedBill it) =>
        it
            .Attempts.Where(one => one.Attempt is { Phase: AttemptPhase.Submitted, SubmittedOn: not null })
            .Select(one => new ReceivedMoney(one.Debit.Id.Value, Autopay, one.Attempt.SubmittedOn, null, one.Cents));
}
