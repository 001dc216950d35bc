using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// Due dates far from the arrival (R35): bills of last year were debited on the day of the first import.
/// </summary>
public sealed class R35OddDateCaseTests
{
    [Fact]
    public async Task R35_At_go_live_a_bill_of_last_year_waits_for_a_person_and_the_new_one_is_debited_on_its_day()
    {
        using var drill = CaseDrill.Of("golive");
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null), ("Collected", 100_00, "2020-01-22")], played.Debits());
        Assert.Equal((100_00, 0, 90_00, 1), played.Money());
    }

    [Fact]
    public async Task R35_A_person_approves_it_and_it_is_debited_that_day()
    {
        using var drill = CaseDrill
            .Of("golive")
            .Then("2020-01-14T09:00", "approve", ("bill", "B0"), ("reason", "Still open in billing"));
        var played = await drill.PlayAsync();
        Assert.Equal(("Collected", 90_00, "2020-01-14"), played.Debits()[0]);
        Assert.Equal((190_00, 0, 0, 0), played.Money());
    }

    [Fact]
    public async Task R35_An_old_bill_that_a_hold_covers_is_expected_and_leaves_with_the_clear()
    {
        using var drill = CaseDrill
            .Of("golive")
            .Change("b1.csv", "100.00,0.00,100.00", "100.00,90.00,190.00")
            .Then(
                "2020-01-10T09:00",
                "defer",
                ("id", "outage"),
                ("cycles", Cycle()),
                ("dueFrom", "2019-12-20"),
                ("dueTo", "2020-01-02"),
                ("action", "hold"),
                ("reason", "The cashiers are down")
            )
            .Then("2020-01-20T10:00", "clear", ("cycles", Cycle()));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 90_00, "2020-01-21"), ("Collected", 100_00, "2020-01-22")], played.Debits());
    }

    [Fact]
    public async Task R35_A_mistyped_year_waits_for_a_person()
    {
        using var drill = CaseDrill.Of("typo-due");
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits());
        Assert.Equal((0, 0, 100_00, 1), played.Money());
        Assert.Empty(played.Asked());
    }

    [Fact]
    public async Task R35_The_right_year_comes_again_and_finance_takes_it()
    {
        using var drill = CaseDrill
            .Of("typo-due")
            .Import("2020-01-14T08:00", ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,100.00,0.00,100.00")
            .Then("2020-01-14T09:00", "take", ("bill", "B1"), ("reason", "The year was mistyped"));
        var played = await drill.PlayAsync();
        Assert.Equal(("Collected", 100_00, "2020-01-22"), played.Debits()[^1]);
        Assert.Equal((100_00, 0, 0, 0), played.Money());
    }

    // The file arrives on Jan 13.
    [Theory]
    [InlineData("2020-01-02", "NeedsReview")]
    [InlineData("2020-01-03", "Collected")]
    [InlineData("2020-05-12", "Scheduled")]
    [InlineData("2020-05-13", "NeedsReview")]
    public async Task R35_Ten_days_late_and_a_hundred_and_twenty_days_early_are_not_odd_yet(string due, string state)
    {
        using var drill = CaseDrill
            .Of("typo-due")
            .Change("b.csv", "2019-01-22", due)
            .Change("b.csv", "2019-01-29", "2020-06-29");
        var played = await drill.PlayAsync();
        Assert.Equal(state, Assert.Single(played.Debits()).State);
    }

    private static System.Text.Json.Nodes.JsonArray Cycle() => [1];
}
