using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// Autopay by file and by phone (R23): the nightly file undid a phone call, and a bill of the outage was forgotten.
/// </summary>
public sealed class R23AutopayCaseTests
{
    [Fact]
    public async Task R23_A_phone_call_stands_though_the_nightly_file_has_not_heard_of_it()
    {
        using var drill = CaseDrill.Of("optout");
        var played = await drill.PlayAsync();
        Assert.Equal([("Cancelled", 0, null)], played.Debits());
        Assert.Equal((0, 0, 100_00, 0), played.Money());
        Assert.Empty(played.Asked());
    }

    [Fact]
    public async Task R23_The_phone_call_stands_night_after_night()
    {
        using var drill = CaseDrill
            .Of("optout")
            .Import("2020-01-17T02:00", ImportKind.Accounts, On, "A8,1,west,off,,,,,")
            .Import("2020-01-18T02:00", ImportKind.Accounts, On, "A7,1,west,off,,,,,");
        Assert.Empty((await drill.PlayAsync()).Asked());
    }

    [Fact]
    public async Task R23_A_file_that_changes_its_own_mind_counts_again()
    {
        using var drill = CaseDrill
            .Of("optout")
            .Import("2020-01-17T02:00", ImportKind.Accounts, On.Replace("on", "off", StringComparison.Ordinal))
            .Import("2020-01-18T02:00", ImportKind.Accounts, On, "A7,1,west,off,,,,,");
        var played = await drill.PlayAsync();
        Assert.Equal(("Collected", 100_00, "2020-01-22"), played.Debits()[^1]);
        Assert.Single(played.Asked());
    }

    [Fact]
    public async Task R23_Off_and_on_again_by_file_while_the_bill_is_held_is_collected_with_the_clear()
    {
        using var drill = CaseDrill.Of("toggle");
        var played = await drill.PlayAsync();
        Assert.Equal([("Cancelled", 0, null), ("Collected", 100_00, "2020-02-20")], played.Debits());
        Assert.Equal((100_00, 0, 0, 0), played.Money());
        Assert.Equal(0, played.Report.Totals.NotCollectedCents);
    }

    // Without a hold the bill of Jan 22 is past when autopay is on again: within a week the off is undone.
    [Theory]
    [InlineData("2020-01-24T09:00", "2020-01-24")]
    [InlineData("2020-01-30T09:00", null)]
    public async Task R23_R32_An_off_that_is_undone_within_a_week_is_forgotten_and_later_the_bill_is_listed(
        string on,
        string? debited
    )
    {
        using var drill = CaseDrill
            .Of("toggle")
            .Without("defer")
            .Without("clear")
            .Move("aoff.csv", "2020-01-21T09:00")
            .Move("aon.csv", on);
        var played = await drill.PlayAsync();
        Assert.Equal(debited, played.Debits()[^1].Day);
        var totals = played.Report.Totals;
        Assert.Equal(debited is null ? (0, 100_00) : (100_00, 0), (totals.CollectedCents, totals.NotCollectedCents));
    }

    [Fact]
    public async Task R23_By_phone_it_is_the_same()
    {
        using var drill = CaseDrill
            .Of("toggle")
            .Without("import")
            .Import("2020-01-13T08:00", ImportKind.Accounts, On)
            .Import("2020-01-13T08:05", ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,100.00,0.00,100.00")
            .Then("2020-01-27T09:00", "autopay", ("account", "A1"), ("to", "off"))
            .Then("2020-02-10T09:00", "autopay", ("account", "A1"), ("to", "on"));
        var played = await drill.PlayAsync();
        Assert.Equal(("Collected", 100_00, "2020-02-20"), played.Debits()[^1]);
    }

    private const string On = "A1,1,west,on,cus_A1,pm_good_A1,,,";
}
