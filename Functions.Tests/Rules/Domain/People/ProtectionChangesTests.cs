using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Waivers and shields among the city's controls: declared and withdrawn once, kept for the record.</summary>
public sealed class ProtectionChangesTests
{
    private static readonly DateTimeOffset Tuesday = At("2020-01-21", "09:00").Utc;

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(-1, 0, false)]
    [InlineData(0, -1, false)]
    public void A_window_of_one_day_is_one_and_none_ends_before_it_starts(int due, int penalty, bool stands)
    {
        var (from, to) = (Day("2020-01-15"), Day("2020-01-22"));
        var waived = new PenaltyWaived("w", from, from.AddDays(due), to, to.AddDays(penalty));

        Assert.Equal(
            stands ? null : "A waiver needs two windows whose ends are not before their starts.",
            (Record.Exception(() => After(waived)) as RefusedException)?.Message
        );
    }

    [Fact]
    public void A_shield_names_a_date() =>
        Assert.Equal("A shield needs at least one date.", Refused(new Controls(), new DisconnectShielded("s", [])));

    [Fact]
    public void An_id_is_used_once_also_after_it_was_withdrawn()
    {
        var controls = After(Waiver("w"), Shield("s"));
        Assert.Equal("A waiver 'w' was already declared; choose another id.", Refused(controls, Waiver("w")));
        Assert.Equal("A shield 's' was already declared; choose another id.", Refused(controls, Shield("s")));

        controls = After(Waiver("w"), Shield("s"), new WaiverWithdrawn("w"), new ShieldWithdrawn("s"));
        Assert.Equal("A waiver 'w' was already declared; choose another id.", Refused(controls, Waiver("w")));
        Assert.Equal("A shield 's' was already declared; choose another id.", Refused(controls, Shield("s")));
    }

    [Fact]
    public void What_is_not_there_cannot_be_withdrawn()
    {
        var controls = After(Waiver("w"), Shield("s"));
        Assert.Equal("There is no waiver 'x'.", Refused(controls, new WaiverWithdrawn("x")));
        Assert.Equal("There is no shield 'x'.", Refused(controls, new ShieldWithdrawn("x")));
    }

    [Fact]
    public void One_is_withdrawn_at_its_time_the_others_stay_and_twice_is_once()
    {
        var controls = After(Waiver("w"), Waiver("x"), Shield("s"), Shield("t"))
            .Change(new WaiverWithdrawn("w"), By(hours: 1))
            .Change(new ShieldWithdrawn("s"), By(hours: 2));

        Assert.Equal([Tuesday.AddHours(1), null], controls.Waivers.Select(it => it.WithdrawnAt));
        Assert.Equal([Tuesday.AddHours(2), null], controls.Shields.Select(it => it.WithdrawnAt));
        Assert.Same(controls, controls.Change(new WaiverWithdrawn("w"), By(hours: 3)));
        Assert.Same(controls, controls.Change(new ShieldWithdrawn("s"), By(hours: 3)));
    }

    [Fact]
    public void Who_declared_it_why_and_for_which_cycles_is_kept()
    {
        var controls = After(Waiver("w"), Shield("s"));

        Assert.Equal(
            ("the outage", Tuesday, "1"),
            (controls.Waivers[0].Reason, controls.Waivers[0].DeclaredAt, $"{controls.Waivers[0].Cycles.Single()}")
        );
        Assert.Equal(
            ("the outage", Tuesday, "1"),
            (controls.Shields[0].Reason, controls.Shields[0].DeclaredAt, $"{controls.Shields[0].Cycles.Single()}")
        );
    }

    [Fact]
    public void A_merge_that_is_withdrawn_stops_no_release_and_a_hold_that_held_does()
    {
        var terms = new ReleaseTerms("R-1", new CycleNumber(1), "h", 1, new Money(100)) { StartAt = Tuesday };
        Assert.True(Withdrawn(DeferralAction.Merge).IsLive("R-1"));
        Assert.False(Withdrawn(DeferralAction.Hold).IsLive("R-1"));

        Controls Withdrawn(DeferralAction action) =>
            After(
                new CycleReleased(terms),
                new DeferralDeclared(
                    new DeferralId("d"),
                    [new CycleNumber(1)],
                    Day("2020-01-15"),
                    Day("2020-02-12"),
                    action,
                    null
                ),
                new DeferralWithdrawn(new DeferralId("d"))
            );
    }

    private static PenaltyWaived Waiver(string id) =>
        new(id, Day("2020-01-15"), Day("2020-01-22"), Day("2020-01-22"), Day("2020-01-29"))
        {
            Cycles = [new CycleNumber(1)],
        };

    private static DisconnectShielded Shield(string id) =>
        new(id, [Day("2020-01-29")]) { Cycles = [new CycleNumber(1)] };

    private static Controls After(params ControlChange[] changes) =>
        changes.Aggregate(new Controls(), (controls, change) => controls.Change(change, By()));

    private static string Refused(Controls controls, ControlChange change) =>
        Assert.Throws<RefusedException>(() => controls.Change(change, By())).Message;

    private static Authority By(int hours = 0) => new("finance", "the outage", Tuesday.AddHours(hours));
}
