using Autopay.Application;
using Autopay.Application.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Telemetry;

/// <summary>What dashboards are shown of measured books.</summary>
public sealed class ShownBooksTests
{
    private static readonly DateTimeOffset Now = new(2020, 1, 21, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_ran_is_as_old_as_its_last_run_and_what_never_ran_as_old_as_the_watch()
    {
        var shown = Shown(
            Measured() with
            {
                WatchedSince = Now.AddMinutes(-60),
                LastSweep = Now.AddMinutes(-1),
                LastReconcile = Now.AddMinutes(-2),
                LastExport = Now.AddMinutes(-3),
            }
        );
        Assert.Equal(
            (60, 120, 180),
            (shown["autopay.sweep.age"], shown["autopay.reconcile.age"], shown["autopay.backup.age"])
        );

        shown = Shown(Measured() with { WatchedSince = Now.AddMinutes(-60) });
        Assert.Equal(
            (3600, 3600, 3600),
            (shown["autopay.sweep.age"], shown["autopay.reconcile.age"], shown["autopay.backup.age"])
        );
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_halt_and_a_reconcile_before_charge_are_shown_as_what_they_are(bool isOn, long flag)
    {
        var shown = Shown(Measured() with { Halted = isOn, ReconcileBeforeChargeSince = isOn ? Now : null });

        Assert.Equal((flag, flag), (shown["autopay.halted"], shown["autopay.reconcile_before_charge"]));
    }

    [Fact]
    public void The_oldest_debit_is_so_many_days_old_and_what_halts_nothing_is_counted_beside_what_does()
    {
        var findings = new Findings([new("I1", true), new("I2", true), new("I9", false)], 0, 0, 0);
        var shown = Shown(
            Measured() with
            {
                States = [new StateOfDebits(DebitState.Submitted, 1, 4_120, new DateOnly(2020, 1, 18))],
                Findings = findings,
            }
        );

        // The last of the two measurements: of what halts nothing.
        Assert.Equal((3, 1), (shown["autopay.debits.oldest_age"], shown["autopay.invariants.violated"]));
    }

    private static IReadOnlyDictionary<string, long> Shown(Books books)
    {
        var clock = new CityClock(new FakeTimeProvider(Now), new CityCalendar(TimeZoneInfo.Utc));
        var (meter, shown) = ShownGauges.Of(() => new BooksMeter(clock));
        using var _ = shown;
        using var __ = meter;
        meter.Show(books);
        return shown.Read();
    }

    private static Books Measured() =>
        new()
        {
            At = Now,
            Halted = false,
            States = [],
            Queues = new Dictionary<string, long?>(),
            Stuck = new Dictionary<string, int>(),
            Worklist = [],
            Findings = new Findings([], 0, 0, 0),
            Returns = new ReturnTally(new DateOnly(2020, 1, 21), new ReturnCeilings()).Rates,
        };
}
