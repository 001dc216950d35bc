namespace Autopay.Domain.Deciding;

/// <summary>How debits end without money, and what that does to their bills (R19).</summary>
internal static class Collecting
{
    /// <summary>Uncollected: the bills are on finance's list and are never swept into a later debit by themselves.</summary>
    public static void GiveUp(Draft draft, DebitId id, string why)
    {
        draft.Emit(new DebitUncollected(id, draft.Today, why));
        BlockBills(draft, id, $"Uncollected: {why}");
    }

    public static void BlockBills(Draft draft, DebitId id, string why)
    {
        foreach (var bill in draft.Ledger.BillsOf(draft.Ledger.DebitOf(id)).Where(bill => bill.Open.IsPositive && bill.Blocked is null).ToList())
        {
            draft.Emit(new BillBlocked(bill.Id, why));
        }
    }

    public static void Suspend(Draft draft, SuspensionKind kind, string why)
    {
        // A freeze is never softened by a later, lighter cause.
        if (draft.Ledger.Suspension is null || (draft.Ledger.Suspension.Kind == SuspensionKind.PaymentMethod && kind != SuspensionKind.PaymentMethod))
        {
            draft.Emit(new AccountSuspended(new Suspension(kind, why, draft.Today), why));
        }
    }

    /// <summary>A payment method or mandate that the customer has replaced since must not suspend the new one.</summary>
    public static void SuspendUnlessReplaced(Draft draft, Attempt attempt, string why)
    {
        if (attempt.IsMadeWith(draft.Ledger.Enrolment!))
        {
            Suspend(draft, SuspensionKind.PaymentMethod, why);
        }
    }
}
