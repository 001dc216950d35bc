using Autopay.Domain.Deciding.Charges;

namespace Autopay.Domain.Explanations;

/// <summary>The parts of a debit that was more than the account is used to (R45).</summary>
internal static class SplitParts
{
    /// <param name="leavesOn">Where it is to come, the day: it may be split only then.</param>
    public static IEnumerable<PartSum> Of(AccountPast past, Debit debit, DateOnly? leavesOn, Policies policies)
    {
        var first = debit.SplitFrom ?? debit.Id;
        var parts = past
            .Ledger.Debits.Concat(past.Archived)
            .DistinctBy(it => it.Id)
            .Where(it => it.Id == first || it.SplitFrom == first)
            .Where(it => it.State != DebitState.Cancelled)
            .OrderBy(DayOf)
            .ToList();
        return parts.Count >= 2 ? parts.Select(part => new PartSum(part.Id, AmountOf(past, part), DayOf(part)))
            : leavesOn is { } on ? ToBe(past, debit, on, policies)
            : [];
    }

    private static IEnumerable<PartSum> ToBe(AccountPast past, Debit debit, DateOnly on, Policies policies) =>
        Splitting
            .PlanOf(past.Ledger, debit, policies, on)
            .Select((part, index) => new PartSum(index == 0 ? debit.Id : null, part.Amount, part.Day));

    private static DateOnly DayOf(Debit part) => part.FirstSubmittedOn ?? DueDebits.DayOf(part);

    // Of one that has left the row its attempt tells.
    private static Money AmountOf(AccountPast past, Debit part) =>
        BillSums.AttemptOf(part)?.Amount
        ?? (past.Ledger.FindDebit(part.Id) is null ? Money.Zero : past.Ledger.OpenOn(part));
}
