namespace Autopay.Domain.Deciding.Charges;

/// <summary>How debits end without money, and what that does to their bills (R19).</summary>
internal static class EndUncollected
{
    /// <summary>
    /// Uncollected: the bills are on finance's list and are never swept into a later debit by themselves.
    /// </summary>
    public static void GiveUp(Draft draft, DebitId id, string why)
    {
        draft.Emit(new DebitUncollected(id, draft.Today, why));
        BlockBills(draft, id, $"Uncollected: {why}");
    }

    public static void BlockBills(Draft draft, DebitId id, string why)
    {
        foreach (
            var bill in draft
                .Ledger.BillsOf(draft.Ledger.DebitOf(id))
                .Where(bill => bill.Open.IsPositive && bill.Blocked is null)
                .ToList()
        )
        {
            draft.Emit(new BillBlocked(bill.Id, draft.Today, why));
        }
    }

    public static void Suspend(Draft draft, SuspensionKind kind, string why)
    {
        // A freeze is never softened by a later, lighter cause.
        if (
            draft.Ledger.Suspension is null
            || (draft.Ledger.Suspension.Kind == SuspensionKind.PaymentMethod && kind != SuspensionKind.PaymentMethod)
        )
        {
            draft.Emit(new AccountSuspended(new Suspension(kind, why, draft.Today), why));
        }
    }

    /// <summary>A bank that keeps saying no: each further debit that comes back asks a person again (R36).</summary>
    /// <param name="before">The debits that had come back before this one.</param>
    public static void SuspendWhenTooManyReturned(Draft draft, IReadOnlyList<ReturnedDebit> before)
    {
        var returned = draft.Ledger.ReturnedDebits;
        var count = returned.Count(debit => debit.On > draft.Today.AddYears(-1));
        if (
            draft.Policies.MaxReturnsPerYear is > 0 and var most
            && count >= most
            && returned.Any(debit => !before.Contains(debit))
        )
        {
            Suspend(draft, SuspensionKind.Returns, $"returned {count} times in 12 months");
        }
    }

    /// <summary>
    /// A payment method or mandate that the customer has replaced since must not suspend the new one.
    /// </summary>
    public static void SuspendUnlessReplaced(Draft draft, Attempt attempt, string why)
    {
        if (attempt.IsMadeWith(draft.Ledger.Enrolled))
        {
            Suspend(draft, SuspensionKind.PaymentMethod, why);
        }
    }
}
