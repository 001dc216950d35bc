namespace Autopay.Domain.Deciding.Holds;

/// <summary>
/// Nothing waits unseen (R32): what has no next bill, or is too little to be charged, is listed after one cycle (R8,
/// R11).
/// </summary>
internal static class Listing
{
    public static void ListWhatIsNotCollected(Draft draft)
    {
        foreach (var debit in draft.Ledger.UnsentDebits().Where(debit => debit.NotCollected is null).ToList())
        {
            if (Waits(draft, debit) is { } waits && waits.Since.AddDays(draft.Policies.NoNextBillDays) < draft.Today)
            {
                draft.Emit(new DebitNotCollected(debit.Id, waits.Since, waits.Reason));
            }
        }
    }

    /// <summary>The first civil day on which it is listed; null when it waits for nothing of that kind.</summary>
    public static DateOnly? ListedOn(AccountLedger ledger, Debit debit, Policies policies) =>
        debit is { State: DebitState.Deferred, HeldBy.Count: 0, NotCollected: null, DeferredOn: { } since }
        && ledger.Suspension is null
            ? since.AddDays(policies.NoNextBillDays + 1)
            : null;

    private static NotCollected? Waits(Draft draft, Debit debit)
    {
        if (
            debit is { State: DebitState.Deferred, HeldBy.Count: 0, DeferredOn: { } since }
            && draft.Ledger.Suspension is null
        )
        {
            return new NotCollected(debit.Reason, since);
        }

        var open = draft.Ledger.OpenOn(debit);
        return
            debit.State != DebitState.Deferred
            && open.IsPositive
            && open < draft.Policies.MinimumCharge
            && HoldMergeRelease.NextAfter(draft.Ledger, debit, _ => true) is null
            ? new NotCollected(
                $"{open} is under the minimum charge, and there is no later debit to carry it into",
                DueDebits.DayOf(debit)
            )
            : null;
    }
}
