namespace Autopay.Domain.Deciding;

/// <summary>
/// Keeps the ledger row small for ever: what closed long ago leaves it, well after the windows in which it could come
/// back.
/// </summary>
internal static class Archiving
{
    private const int DebitDays = 120;
    private const int BillDays = 1100;

    // Each is a row of its own in the account's transaction, which holds 100; the rest leaves at the next look.
    private const int MostDebits = 50;

    public static void Archive(Draft draft)
    {
        var ledger = draft.Ledger;
        var debits = ledger
            .Debits.Where(debit => IsOver(draft, debit))
            .OrderBy(debit => debit.State != DebitState.Merged)
            .Take(MostDebits)
            .Select(debit => debit.Id)
            .ToList();
        var stay = ledger
            .Debits.Where(debit => !debits.Contains(debit.Id))
            .SelectMany(debit => debit.Lines)
            .Select(line => line.Bill)
            .ToHashSet();
        var (bills, funds) = ClosedTogether(draft, stay);
        if (debits.Count + bills.Count + funds.Count > 0)
        {
            draft.Emit(new ItemsArchived(debits, [.. bills], [.. funds], "Closed long ago"));
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

    private static bool IsOver(Draft draft, Debit debit) =>
        debit.State == DebitState.Merged
            ? debit.MergedInto is { } parent && (draft.Ledger.FindDebit(parent) is not { } into || IsOver(draft, into))
            : debit.IsTerminal
                && debit.ClosedOn?.AddDays(DebitDays) < draft.Today
                && !debit.Refunds.Any(refund => refund.IsOpen);

    private static bool IsOver(Draft draft, Bill bill) =>
        bill.Open.IsZero && bill.InFlight.IsZero && bill.DueDate.AddDays(BillDays) < draft.Today;
}
