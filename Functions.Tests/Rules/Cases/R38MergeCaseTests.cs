using System.Text.Json.Nodes;
using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// One bill out of a merge (R38), and what is never collected but seen (R32): it waited for ever, in no list.
/// </summary>
public sealed class R38MergeCaseTests
{
    [Fact]
    public async Task R32_A_final_bill_in_a_merge_is_listed_as_not_being_collected_after_a_cycle()
    {
        using var drill = CaseDrill.Of("final-merge");
        var played = await drill.PlayAsync();
        Assert.Equal([("Deferred", 100_00, null)], played.Debits());
        Assert.Equal((0, 0, 100_00, 0), played.Money());
        Assert.Equal(100_00, played.Report.Totals.NotCollectedCents);
        Assert.Equal("2020-02-18 06:00", Assert.Single(played.When<DebitNotCollected>()));
    }

    [Theory]
    [InlineData("2020-01-21T09:00", "2020-01-22")]
    [InlineData("2020-02-03T09:00", "2020-02-03")]
    public async Task R38_Finance_exempts_it_and_it_is_collected(string at, string day)
    {
        using var drill = CaseDrill.Of("final-merge").Then(at, "exempt", Exempt("A1", "B1"));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 100_00, day)], played.Debits());
        Assert.Equal((100_00, 0, 0, 0), played.Money());
        Assert.Equal(0, played.Report.Totals.NotCollectedCents);
    }

    [Fact]
    public async Task R38_An_exemption_in_place_of_the_withdrawal_leaves_everybody_else_merged()
    {
        using var drill = CaseDrill
            .Of("withdraw-for-one")
            .Without("withdraw")
            .Then("2020-03-10T09:00", "exempt", Exempt("A1", "F1"));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 40_00, "2020-03-10")], played.Debits());
        Assert.Equal(["Merged", "Collected"], played.Debits("A2").Select(debit => debit.State));
        Assert.Equal(("Collected", 120_00, "2020-03-18"), played.Debits("A2")[1]);
        Assert.Equal((160_00, 0, 0, 0), played.Money());
    }

    [Fact]
    public async Task R38_A_bill_that_is_already_merged_leaves_its_parent()
    {
        using var drill = CaseDrill
            .Of("withdraw-for-one")
            .Without("withdraw")
            .Then("2020-03-10T09:00", "exempt", Exempt("A2", "B2"));
        var played = await drill.PlayAsync();
        Assert.Contains(("Collected", 70_00, "2020-03-10"), played.Debits("A2"));
        Assert.Contains(("Collected", 50_00, "2020-03-18"), played.Debits("A2"));
        Assert.Equal((120_00, 0, 40_00, 0), played.Money());
        Assert.Equal(40_00, played.Report.Totals.NotCollectedCents);
    }

    [Fact]
    public async Task R38_A_bill_is_exempted_from_a_hold_in_the_same_way()
    {
        using var drill = CaseDrill
            .Of("toggle")
            .Move("aoff.csv", "2020-04-01T09:00")
            .Move("aon.csv", "2020-04-02T09:00")
            .Without("clear")
            .Then("2020-02-03T09:00", "exempt", Exempt("A1", "B1", "outage"));
        Assert.Equal([("Collected", 100_00, "2020-02-03")], (await drill.PlayAsync()).Debits());
    }

    [Fact]
    public async Task R32_Cents_that_nothing_ever_carries_are_listed_after_a_cycle()
    {
        using var drill = CaseDrill.Of("cents");
        var played = await drill.PlayAsync();
        Assert.Equal((0, 0, 49, 0), played.Money());
        Assert.Equal(49, played.Report.Totals.NotCollectedCents);
        Assert.Equal("2020-02-20 06:00", Assert.Single(played.When<DebitNotCollected>()));
    }

    [Theory]
    [InlineData("99.51", 49)]
    [InlineData("99.50", 0)]
    public async Task R32_What_a_payment_leaves_is_listed_only_when_it_is_too_little_for_a_debit(
        string paid,
        long listed
    )
    {
        using var drill = CaseDrill
            .Of("cents")
            .Change("b.csv", "0.49", "100.00")
            .Import("2020-01-14T08:00", ImportKind.Payments, $"P1,A1,{paid},cash,D1,2020-01-14,B1");
        var played = await drill.PlayAsync();
        Assert.Equal(
            (listed == 0 ? 50 : 0, listed),
            (played.Report.Totals.CollectedCents, played.Report.Totals.NotCollectedCents)
        );
    }

    [Fact]
    public async Task R32_Cents_that_the_next_bill_carries_are_in_no_list()
    {
        using var drill = CaseDrill
            .Of("cents")
            .Import("2020-02-06T08:00", ImportKind.Bills, "B2,A1,1,2020-02-05,2020-02-19,2020-02-26,30.00,0.49,30.49");
        var played = await drill.PlayAsync();
        Assert.Equal((30_49, 0, 0, 0), played.Money());
        Assert.Equal(0, played.Report.Totals.NotCollectedCents);
    }

    private static (string, JsonNode)[] Exempt(string account, string bill, string deferral = "m") =>
        [("account", account), ("bill", bill), ("deferral", deferral), ("reason", "Final bill")];
}
