namespace Autopay.Domain.Deciding;

/// <summary>
/// Keeps the ledger row small for ever: what closed long ago leaves it, well after the windows in which it could come
/// back.
/// </summary>
internal static class Archiving
{
    private const int DebitDays = 120;
    private const int BillDays = 1100;

    // The bank may send back what was given back; so long after it took it, it still finds its debit.
    private const int RefundDays = 60;

    // Together they are one row. Fewer wait for others, but not for ever.
    private const int LeastDebits = 6;
    private const int MostDebits = 50;
    private const int LatestDays = DebitDays + 365;

    /// <summary>More days ago than a debit stays open to anything but the bank's late word, whether it left its row yet
    /// or not.</summary>
    public static bool IsLongClosed(Debit debit, DateOnly today) => IsLongClosed(debit, today, DebitDays);

    private static bool IsLongClosed(Debit debit, DateOnly today, int days) =>
        debit.IsTerminal && debit.ClosedOn?.AddDays(days) < today;

    public static void Archive(Draft draft)
    {
        var ledger = draft.Ledger;
        var debits = ledger
            .Debits.Where(debit => IsOver(draft, debit))
            .OrderBy(debit => debit.State != DebitState.Merged)
            .Take(MostDebits)
            .ToList();
        if (debits.Count < LeastDebits && !debits.Exists(debit => IsOver(draft, debit, LatestDays)))
        {
            debits = [];
        }

        var leave = debits.Select(debit => debit.Id).ToHashSet();
        var stay = ledger
            .Debits.Where(debit => !leave.Contains(debit.Id))
            .SelectMany(debit => debit.Lines)
            .Select(line => line.Bill)
            .ToHashSet();
        var (bills, funds) = ClosedTogether(draft, stay);
        if (debits.Count + bills.Count + funds.Count > 0)
        {
            draft.Emit(
                new ItemsArchived([.. debits.Select(debit => debit.Id)], [.. bills], [.. funds], "Closed long ago")
            );
        }
    }

    // A payment and the bills that it paid leave together or not at all: what is left would not tie (I3).
    private static (HashSet<BillId> Bills, HashSet<PaymentId> Funds) ClosedTogether(Draft draft, HashSet<BillId> stay)
    {
        var bills = draft
            .Ledger.Bills.Where(bill => IsOver(draft, bill) && !stay.Contains(bill.Id))
            .Select(bill => bill.Id)
            .ToHashSet();
        var funds = draft
            .Ledger.Funds.Where(it => it.Left.IsZero && it.PostedOn.AddDays(BillDays) < draft.Today)
            .Select(it => it.Id)
            .ToHashSet();
        int before;
        do
        {
            before = bills.Count + funds.Count;
            funds.ExceptWith(
                draft.Ledger.Funds.Where(it => TiedTo(it).Any(bill => !bills.Contains(bill))).Select(it => it.Id)
            );
            bills.ExceptWith(draft.Ledger.Funds.Where(it => !funds.Contains(it.Id)).SelectMany(TiedTo));
        } while (bills.Count + funds.Count < before);
        return (bills, funds);
    }

    // What it paid, and for a credit bill the bill that gave it.
    private static IEnumerable<BillId> TiedTo(Funds funds) =>
        funds
            .Applied.Select(line => line.Bill)
            .Concat(funds is { Source: FundsSource.BilledCredit, NamedBill: { } gave } ? [gave] : []);

    private static bool IsOver(Draft draft, Debit debit, int days = DebitDays) =>
        debit.State == DebitState.Merged
            ? debit.MergedInto is { } parent
                && (draft.Ledger.FindDebit(parent) is not { } into || IsOver(draft, into, days))
            : IsLongClosed(debit, draft.Today, days)
                && !debit.Refunds.Any(refund => refund.IsOpen || MayFail(refund, draft.Today));

    private static bool MayFail(Refund refund, DateOnly today) =>
        refund.State == RefundState.Paid && refund.AnsweredOn?.AddDays(RefundDays) >= today;

    private static bool IsOver(Draft draft, Bill bill) =>
        bill.Open.IsZero && bill.InFlight.IsZero && bill.DueDate.AddDays(BillDays) < draft.Today;
}
