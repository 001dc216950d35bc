using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What the city's controls say by themselves: waivers, restores, two clears of one hold.</summary>
public sealed class CityControlsTests
{
    private static readonly Authority Finance = new("finance", "the outage", At("2020-01-21", "09:00").Utc);

    private static Controls After(params ControlChange[] changes) =>
        changes.Aggregate(new Controls(), (controls, change) => controls.Change(change, Finance));

    private static PenaltyWaived Waiver(string id, string due, string penalty) =>
        new(id, Day(due), Day(due).AddDays(7), Day(penalty), Day(penalty).AddDays(7));

    // Penalty date: a week after the due date.
    [Theory]
    [InlineData("2020-01-14", false)]
    [InlineData("2020-01-15", true)]
    [InlineData("2020-01-22", true)]
    [InlineData("2020-01-23", false)]
    public void A_penalty_is_waived_on_the_first_and_the_last_day_of_the_window(string due, bool waived)
    {
        var bill = GivenAnAccount().NewBill("b", 5_000, due);
        Assert.Equal(waived, After(Waiver("w", "2020-01-15", "2020-01-22")).IsPenaltyWaived(bill));
    }

    [Theory]
    [InlineData("2020-01-22", false)]
    [InlineData("2020-01-23", true)]
    [InlineData("2020-01-30", true)]
    [InlineData("2020-01-31", false)]
    public void Both_dates_must_be_in_the_windows(string penaltyDate, bool waived)
    {
        var bill = GivenAnAccount().NewBill("b", 5_000, "2020-01-20") with { PenaltyDate = Day(penaltyDate) };
        Assert.Equal(waived, After(Waiver("w", "2020-01-15", "2020-01-23")).IsPenaltyWaived(bill));
    }

    [Fact]
    public void One_waiver_of_several_is_enough()
    {
        var bill = GivenAnAccount().NewBill("b", 5_000, "2020-01-20");
        Assert.True(
            After(Waiver("w", "2020-01-15", "2020-01-22"), Waiver("x", "2020-02-15", "2020-02-22"))
                .IsPenaltyWaived(bill)
        );
    }

    [Fact]
    public void After_two_restores_every_intent_since_the_older_backup_is_matched()
    {
        var (older, newer) = (At("2020-01-19", "03:00").Utc, At("2020-01-20", "03:00").Utc);

        Assert.Equal(older, After(new ReconcileDemanded(older), new ReconcileDemanded(newer)).ReconcileSince);
        Assert.Equal(older, After(new ReconcileDemanded(newer), new ReconcileDemanded(older)).ReconcileSince);
    }

    [Fact]
    public void What_is_matched_already_is_no_further_change()
    {
        var matched = After(new ReconcileDemanded(Finance.At), new Reconciled());

        Assert.Null(matched.ReconcileSince);
        Assert.Same(matched, matched.Change(new Reconciled(), Finance));
    }

    [Fact]
    public void R01_The_generation_of_new_accounts_only_rises()
    {
        var third = After(new GenerationBegun(3));

        Assert.Equal(3, third.Generation);
        Assert.Same(third, third.Change(new GenerationBegun(3), Finance));
        Assert.Same(third, third.Change(new GenerationBegun(2), Finance));
    }

    [Fact]
    public void A_city_waits_for_two_people_unless_it_says_otherwise() => Assert.True(new Policies().SecondPerson);

    [Theory]
    [InlineData(DeferralAction.Merge, 1)]
    [InlineData(DeferralAction.Hold, 2)]
    public void A_clear_is_written_to_the_holds_of_its_own_cycle_only(DeferralAction action, int cycle)
    {
        var other = new DeferralDeclared(
            new DeferralId("d"),
            [new(cycle)],
            Day("2020-01-15"),
            Day("2020-02-12"),
            action,
            null
        );
        var cleared = After(other, new BacklogCleared([new(1)], new Dictionary<string, DateOnly>()));

        Assert.Empty(Assert.Single(cleared.Deferrals).ClearedCycles);
    }
}
