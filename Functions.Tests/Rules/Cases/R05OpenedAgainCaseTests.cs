using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>Cents that open again after the due date (R5): three customers were debited the same morning.</summary>
public sealed class R05OpenedAgainCaseTests
{
    private const string Name = "05-reversals-charge-at-once";

    [Fact]
    public async Task R05_Reversals_after_the_due_date_block_the_bills_and_list_them_with_their_import()
    {
        using var drill = CaseDrill.Of(Name);
        var played = await drill.PlayAsync();
        Assert.Equal((0, 0, 363_00, 0), played.Money());
        Assert.Empty(played.Asked());

        var import = await played
            .World.Imports.ReadAllAsync(CancellationToken.None)
            .SingleAsync(it => it.FileName == "reversals.csv");
        Assert.Equal((3, 363_00), (import.OpenedAgain, import.OpenedAgainTotal.Cents));
        var blocked = played.World.Ledgers.Ledgers.SelectMany(ledger => ledger.Worklist()).ToList();
        Assert.All(blocked, bill => Assert.Equal((WorkKind.Blocked, import.Id), (bill.Kind, bill.Import)));
        Assert.Equal([120_00, 121_00, 122_00], blocked.Select(bill => bill.Bill.Open.Cents).Order());
    }

    [Fact]
    public async Task R05_Finance_re_arms_all_bills_of_the_import_at_once()
    {
        using var drill = CaseDrill
            .Of(Name)
            .Then("2026-06-26T09:00", "rearm", ("import", "reversals.csv"), ("reason", "The relief money is booked"));
        var played = await drill.PlayAsync();
        Assert.Equal((363_00, 0, 0, 0), played.Money());
        Assert.All(
            [("S1", 120_00L), ("S2", 121_00L), ("S3", 122_00L)],
            it => Assert.Equal(("Collected", it.Item2, "2026-06-26"), played.Debits(it.Item1)[^1])
        );
    }

    [Fact]
    public async Task R05_Or_one_bill_and_the_others_stay_blocked()
    {
        using var drill = CaseDrill.Of(Name).Then("2026-06-26T09:00", "rearm", ("account", "S2"), ("bill", "S2-06"));
        var played = await drill.PlayAsync();
        Assert.Equal((121_00, 0, 242_00, 0), played.Money());
        Assert.Empty(played.LedgerOf("S2").Worklist());
    }

    [Fact]
    public async Task R05_Before_the_due_date_a_reversal_only_makes_the_debit_larger_again()
    {
        using var drill = CaseDrill.Of(Name).Move("reversals.csv", "2026-06-15T09:00");
        var played = await drill.PlayAsync();
        Assert.Equal((363_00, 0, 0, 0), played.Money());
        Assert.Equal([("Collected", 120_00, "2026-06-16")], played.Debits("S1"));
    }

    [Fact]
    public async Task R05_A_raised_bill_that_was_paid_is_blocked_in_the_same_way()
    {
        using var drill = CaseDrill
            .Of(Name)
            .Move("reversals.csv", "2026-06-15T09:00")
            .Import("2026-06-25T08:00", ImportKind.BillAdjustments, "J1,S1,S1-06,15.00,meter read again");
        var played = await drill.PlayAsync();
        Assert.Equal((363_00, 0, 15_00, 0), played.Money());
        Assert.Equal(WorkKind.Blocked, Assert.Single(played.LedgerOf("S1").Worklist()).Kind);
    }
}
