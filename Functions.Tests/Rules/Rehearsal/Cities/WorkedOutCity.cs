using Autopay.Rehearsal;
using Autopay.Tests.Rules.Samples;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>A sample that was played, held against its README.</summary>
internal static class WorkedOutCity
{
    /// <summary>Charges, paid elsewhere, collected and open; the state and the day of the last debit.</summary>
    public static void ComesOutAs(this Played city, string[] cells)
    {
        var account = city.Report.Accounts.Single(it => it.Account == cells[0]);
        var bill = account.Bills.Single(it => it.Bill == cells[1]);
        Assert.Equal(cells[2], bill.DueDate.ToString("yyyy-MM-dd", null));
        Assert.Equal(
            cells[3..7].Select(CityFiles.Cents),
            [bill.ChargesCents, bill.PaidElsewhereCents, bill.CollectedCents, bill.OpenCents]
        );
        var debit = city.LastDebitOf(account, bill.Bill);
        Assert.Equal(
            (cells[7], cells[8]),
            (debit?.State.ToString() ?? "-", debit?.SubmittedOn?.ToString("yyyy-MM-dd", null) ?? "-")
        );
    }

    private static ReportDebit? LastDebitOf(this Played city, ReportAccount account, string bill)
    {
        var ledger = city.World.Ledgers.Ledgers.Single(it => it.Id.Value == account.Account);
        var carrier = ledger.Debits.LastOrDefault(debit => debit.Names(new BillId(bill)));
        return carrier is null ? null : account.Debits.Single(debit => debit.Debit == carrier.Id.Value);
    }
}
