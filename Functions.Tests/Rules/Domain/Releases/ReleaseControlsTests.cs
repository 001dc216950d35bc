using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Releases;

/// <summary>Releases among the city's controls: what is shown, kept, stopped, replaced and over.</summary>
public sealed class ReleaseControlsTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly CycleNumber Two = new(2);
    private static readonly DateTimeOffset Thursday = At("2020-02-20", "10:00").Utc;

    [Theory]
    [InlineData(0, null, null, 0, "All go at once, not before 2020-02-20 16:00Z.")]
    [InlineData(5, null, null, 0, "The first 5 go, then the rest waits for a go, not before 2020-02-20 16:00Z.")]
    [InlineData(
        5,
        "2020-02-25",
        10_000,
        0,
        "The first 5 go, then the rest from 2020-02-25 on, at most $100.00 a banking day, not before 2020-02-20 16:00Z."
    )]
    [InlineData(
        0,
        null,
        null,
        1,
        "All go at once, not before 2020-02-20 16:00Z. Of these $30.00 leave later: 1 debit goes in parts, a billing "
            + "cycle apart."
    )]
    [InlineData(
        0,
        null,
        null,
        2,
        "All go at once, not before 2020-02-20 16:00Z. Of these $30.00 leave later: 2 debits go in parts, a billing "
            + "cycle apart."
    )]
    public void Both_people_read_how_it_goes_out(int first, string? goOn, int? limit, int later, string says)
    {
        var terms = Terms("R-1") with
        {
            First = first,
            GoOn = goOn is null ? null : Day(goOn),
            DailyLimit = limit is { } cents ? new Money(cents) : null,
            Later = new PlanSum(later, new Money(later == 0 ? 0 : 3_000)),
        };

        Assert.Equal(
            $"Release R-1: 3 debits, $159.20, go to the bank for cycle 1. {says} Nothing was counted. Nobody said "
                + "through which day all payments are in. Plan h.",
            Asked(Cleared(), terms).Approvals[0].Shown
        );
    }

    [Fact]
    public void A_plan_of_a_cycle_that_is_held_or_was_cleared_anew_cannot_be_asked_for()
    {
        var held = new Controls().Change(Hold("outage"), By("ann"));
        Assert.Equal(
            "Cycle 1 is not cleared: 'outage' holds it (why).",
            Assert.Throws<RefusedException>(() => Asked(held, Terms("R-1"))).Message
        );
        Assert.StartsWith(
            "Cycle 1 was cleared anew since the plan was made",
            Assert.Throws<RefusedException>(() => Asked(Cleared(), Terms("R-1") with { ClearedAt = null })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_holds_a_cycle_is_a_hold_in_force_that_is_not_cleared_for_it()
    {
        Assert.Null(new Controls().Change(Merge("late-bills"), By("ann")).HoldOf(One));
        var held = new Controls().Change(Hold("outage"), By("ann"));
        Assert.Equal("outage", held.HoldOf(One)?.Id.Value);
        Assert.Null(held.HoldOf(Two));
        Assert.Null(held.Change(new DeferralWithdrawn(new DeferralId("outage")), By("ann")).HoldOf(One));
        Assert.Null(held.Change(Clear(), By("ann")).HoldOf(One));
    }

    [Fact]
    public void A_later_release_of_its_cycle_ends_it_and_what_it_has_let_go_may_leave()
    {
        var controls = Released("R-1").Change(new CycleReleased(Terms("R-2")), By("cem"));

        Assert.Equal((false, true, "cem"), Of(controls, "R-1"));
        Assert.Equal((true, false, null), Of(controls, "R-2"));
        Assert.True(controls.IsLive("R-1"));
        var other = Released("R-1").Change(new CycleReleased(Terms("R-2") with { Cycle = Two }), By("cem"));
        Assert.Equal((true, false, null), Of(other, "R-1"));
    }

    [Fact]
    public void One_that_is_stopped_lets_nothing_leave_also_when_another_has_taken_its_place()
    {
        var stopped = Released("R-1").Change(new ReleaseStopped("R-1"), By("dora"));
        Assert.Equal((false, false, "dora"), Of(stopped, "R-1"));
        Assert.Same(stopped, stopped.Change(new ReleaseStopped("R-1"), By("eve")));
        Assert.False(stopped.IsLive("R-1"));

        var replaced = Released("R-1").Change(new CycleReleased(Terms("R-2")), By("cem"));
        replaced = replaced.Change(new ReleaseStopped("R-1"), By("dora"));
        Assert.Equal((false, false, "dora"), Of(replaced, "R-1"));
        Assert.Equal((true, false, null), Of(replaced, "R-2"));
        // What was stopped is not ended a second time by the next plan.
        Assert.Equal((false, false, "dora"), Of(stopped.Change(new CycleReleased(Terms("R-3")), By("cem")), "R-1"));
    }

    [Fact]
    public void A_cycle_that_is_opened_again_stops_what_was_replaced_too_and_no_other_cycles()
    {
        var controls = Released("R-1")
            .Change(new CycleReleased(Terms("R-2")), By("cem"))
            .Change(new CycleReleased(Terms("R-9") with { Cycle = Two }), By("cem"))
            .Change(new BacklogReopened([One]), By("dora"));

        Assert.Equal((false, false, "dora"), Of(controls, "R-1"));
        Assert.Equal((false, false, "dora"), Of(controls, "R-2"));
        Assert.Equal((true, false, null), Of(controls, "R-9"));
    }

    [Fact]
    public void The_last_fifty_and_the_new_one_are_kept()
    {
        var controls = Enumerable
            .Range(1, 52)
            .Aggregate(Cleared(), (it, number) => it.Change(new CycleReleased(Terms($"R-{number}")), By("bob")));

        Assert.Equal((51, "R-2", "R-52"), (controls.Releases.Count, controls.Releases[0].Id, controls.Releases[^1].Id));
    }

    [Fact]
    public void A_go_is_given_once_and_only_to_what_waits_for_one()
    {
        var waiting = Released("R-1", first: 2);
        var gone = waiting.Change(new ReleaseGone("R-1", Day("2020-02-24")), By("cem"));

        Assert.Equal(("cem", Day("2020-02-24")), (gone.Releases[0].Gone?.By, gone.Releases[0].GoneOn!.Value));
        Assert.Same(gone, gone.Change(new ReleaseGone("R-1", Day("2020-02-25")), By("dora")));
        Assert.Equal(
            "All of release R-1 goes without a go.",
            Refused(() => Released("R-1").Change(new ReleaseGone("R-1", Day("2020-02-24")), By("cem")))
        );
        Assert.Equal(
            "Release R-1 was stopped: why",
            Refused(() =>
                waiting
                    .Change(new ReleaseStopped("R-1"), By("cem"))
                    .Change(new ReleaseGone("R-1", Day("2020-02-24")), By("cem"))
            )
        );
        Assert.Throws<NotYetKnownException>(() => waiting.Change(new ReleaseGone("R-2", Day("2020-02-24")), By("cem")));
        Assert.Throws<NotYetKnownException>(() => waiting.Change(new ReleaseStopped("R-2"), By("cem")));
    }

    // Approved on Thursday, February 20: ten banking days later is Thursday, March 5, and it ends the next morning.
    [Theory]
    [InlineData("2020-03-05", "2020-03-05 10:00", false)]
    [InlineData("2020-03-06", "2020-03-06 05:59", true)]
    [InlineData("2020-03-05", "2020-03-06 06:00", false)]
    [InlineData("2020-03-05", "2020-03-06 06:01", true)]
    public void A_go_that_comes_too_late_is_told_so(string on, string now, bool over)
    {
        var times = new ReleaseTimes(City, At(now[..10], now[11..]), new TimeOnly(6, 0));

        Assert.Equal(
            over
                ? "Release R-1 is over: it waited for its go until 2020-03-05. What has not gone needs another plan "
                    + "and two people."
                : null,
            Released("R-1", first: 2).WhyNoGo(new ReleaseGone("R-1", Day(on)), times)
        );
        Assert.Null(Released("R-1").WhyNoGo(new ReleaseGone("R-1", Day("2020-04-20")), times));
    }

    [Fact]
    public void While_the_app_was_away_counts_for_what_is_under_way_and_not_for_what_is_over()
    {
        var controls = Released("R-1")
            .Change(new CycleReleased(Terms("R-2")), By("cem"))
            .Change(new ReleasesStoodStill(Thursday.AddHours(1), Thursday.AddHours(30)), By("app"));

        Assert.Empty(controls.FindRelease("R-1")!.Pauses);
        Assert.Equal(
            [new ReleasePause(Thursday.AddHours(1), Thursday.AddHours(30)) { StoodStill = true }],
            controls.FindRelease("R-2")!.Pauses
        );
    }

    [Fact]
    public void A_halt_is_noted_once_with_its_begin_and_its_end()
    {
        var halted = Released("R-1")
            .Change(new ChargingHalted(), By("cem", 1))
            .Change(new ChargingHalted(), By("dora", 2));
        Assert.Equal([new ReleasePause(Thursday.AddHours(1), null)], halted.Releases[0].Pauses);

        var resumed = halted.Change(new ChargingResumed(), By("ann", 3)).Change(Merge("late-bills"), By("ann", 4));
        Assert.Equal([new ReleasePause(Thursday.AddHours(1), Thursday.AddHours(3))], resumed.Releases[0].Pauses);
        var twice = resumed.Change(new ChargingHalted(), By("cem", 5)).Change(new ChargingResumed(), By("ann", 6));
        Assert.Equal(
            [
                new ReleasePause(Thursday.AddHours(1), Thursday.AddHours(3)),
                new ReleasePause(Thursday.AddHours(5), Thursday.AddHours(6)),
            ],
            twice.Releases[0].Pauses
        );
        var over = Released("R-1")
            .Change(new ReleaseStopped("R-1"), By("cem"))
            .Change(new ChargingHalted(), By("cem", 1));
        Assert.Empty(over.Releases[0].Pauses);
    }

    private static (bool IsLive, bool IsReplaced, string? By) Of(Controls controls, string release) =>
        controls.FindRelease(release) is { } it ? (it.IsLive, it.IsReplaced, it.Stopped?.By) : default;

    private static Controls Cleared() => new Controls().Change(Clear(), By("ann"));

    private static Controls Released(string id, int first = 0) =>
        Cleared().Change(new CycleReleased(Terms(id) with { First = first }), By("bob"));

    private static Controls Asked(Controls controls, ReleaseTerms terms) =>
        controls.Change(new ApprovalAsked(terms.Id, new CycleReleased(terms)), By("ann"));

    private static ReleaseTerms Terms(string id) =>
        new(id, One, "h", 3, new Money(15_920))
        {
            LastWave = 1,
            StartAt = Thursday,
            ClearedAt = Thursday,
        };

    private static BacklogCleared Clear() => new([One], new Dictionary<string, DateOnly>());

    private static DeferralDeclared Hold(string id) => Deferral(id, DeferralAction.Hold);

    private static DeferralDeclared Merge(string id) => Deferral(id, DeferralAction.Merge);

    private static DeferralDeclared Deferral(string id, DeferralAction action) =>
        new(new DeferralId(id), [One], Day("2020-01-20"), Day("2020-02-05"), action, null);

    private static Authority By(string who, int hours = 0) => new(who, "why", Thursday.AddHours(hours));

    private static string Refused(Action act) => Assert.Throws<RefusedException>(act).Message;
}
