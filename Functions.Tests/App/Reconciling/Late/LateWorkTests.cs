using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Application.Stuck;
using Autopay.Application.Telemetry;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Reconciling.Late;

/// <summary>I16: late work is no violation while it is worked off, and one when nobody does.</summary>
public sealed class LateWorkTests
{
    private const int DueHour = 6;

    [Fact]
    public async Task I16_Right_after_a_standstill_over_the_due_hour_nothing_is_broken_and_nobody_is_alarmed()
    {
        await using var world = await StoodStillAsync();

        var report = await CheckAsync(world);

        Assert.Equal((true, 0), (report.Holds, report.ViolationCount));
        Assert.Contains(report.Invariants, result => result is { Id: "I16", Holds: true, Looked: 1 });
        Assert.Empty(await StuckAsync(world));
        Assert.Null(world.Controls.Current.Halt);
    }

    [Fact]
    public async Task I16_Half_an_hour_later_it_is_a_real_alarm_in_civil_time_that_halts_nothing()
    {
        await using var world = await StoodStillAsync();
        await CheckAsync(world);
        world.Later(TimeSpan.FromMinutes(31));

        var report = await CheckAsync(world);

        Assert.Equal(
            [
                "I16: Nobody has looked at account 10-0001 since 2020-01-22 06:00, when something was due "
                    + "(account 10-0001, 2020-01-22 11:31)",
            ],
            report.Violations
        );
        var listed = await StuckAsync(world);
        Assert.Equal(
            [
                "1 account waits to be looked at, the longest since 2020-01-22 06:00",
                $"{report.Violations[0]}. Charging goes on.",
            ],
            listed.Select(entry => entry.Reason).Order(StringComparer.Ordinal)
        );
        Assert.Null(world.Controls.Current.Halt);
        Assert.Equal(
            [new BrokenInvariant("I16", Halts: false)],
            (await FindingsOf(world).RunAsync([], CancellationToken.None)).Broken
        );
    }

    [Fact]
    public async Task I16_Once_it_is_looked_at_nothing_of_it_stays_on_the_list()
    {
        await using var world = await StoodStillAsync();
        await CheckAsync(world);
        world.Later(TimeSpan.FromMinutes(31));
        await CheckAsync(world);
        Assert.NotEmpty(await StuckAsync(world));

        await world.SweepAsync(rounds: 1);

        Assert.True((await CheckAsync(world)).Holds);
        Assert.Empty(await StuckAsync(world));
    }

    // The check is the only one that runs: it must not excuse itself for ever.
    [Fact]
    public async Task I16_Who_never_sweeps_again_is_excused_once()
    {
        await using var world = await StoodStillAsync();
        Assert.True((await CheckAsync(world)).Holds);

        world.Later(TimeSpan.FromDays(1));

        Assert.False((await CheckAsync(world)).Holds);
    }

    [Fact]
    public async Task I16_A_second_standstill_is_excused_anew()
    {
        await using var world = await StoodStillAsync();
        await CheckAsync(world);
        world.Later(TimeSpan.FromMinutes(31));
        await BeatAsync(world);
        world.Later(TimeSpan.FromHours(2));

        Assert.True((await CheckAsync(world)).Holds);
    }

    [Theory]
    [InlineData(170, true)]
    [InlineData(190, false)]
    public async Task I16_While_walks_go_on_late_work_has_its_turn_for_three_hours(int minutes, bool holds)
    {
        await using var world = await RecoveryTests.DueAsync();
        await BeatAsync(world);
        world.At(new DateOnly(2020, 1, 22), DueHour);
        world.Later(TimeSpan.FromMinutes(minutes));
        await BeatAsync(world);
        await LeaseAsync(world, Bucket.All.Last());

        Assert.Equal(holds, (await CheckAsync(world)).Holds);
    }

    [Fact]
    public async Task I16_Without_a_standstill_or_a_walk_ten_minutes_are_enough()
    {
        await using var world = await RecoveryTests.DueAsync();
        await BeatAsync(world);
        world.At(new DateOnly(2020, 1, 22), DueHour);
        world.Later(TimeSpan.FromMinutes(11));
        await BeatAsync(world);

        Assert.False((await CheckAsync(world)).Holds);
    }

    [Fact]
    public async Task What_needs_the_providers_word_says_on_the_first_day_that_there_is_nothing_to_look_at_yet()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        world.Later(TimeSpan.FromMinutes(1));

        var report = await CheckAsync(world);

        Assert.True(report.Holds);
        Assert.Equal(
            ["I1", "I7"],
            report.Invariants.Where(result => result.Note == "nothing to look at yet").Select(result => result.Id)
        );
        Assert.Contains(
            report.Invariants,
            result =>
                result
                    is { Id: "I21", Holds: true, Note: "Stripe is asked for the first time in the nightly comparison" }
        );
        Assert.Empty(await StuckAsync(world));
    }

    // A day earlier in the books' life: the sweep has beaten, and the app is away until eleven on the due day.
    private static async Task<ChargingWorld> StoodStillAsync()
    {
        var world = await RecoveryTests.DueAsync();
        await BeatAsync(world);
        world.At(new DateOnly(2020, 1, 22), 11);
        return world;
    }

    private static Task BeatAsync(ChargingWorld world) =>
        world.Verb<IHeartbeatStore>().BeatAsync(RunSweep.Heartbeat, world.Now.Utc, CancellationToken.None);

    private static async Task LeaseAsync(ChargingWorld world, Bucket bucket) =>
        Assert.NotNull(
            await world.Schedules.TryWriteAsync(
                await world.Schedules.ReadAsync(bucket, CancellationToken.None) with
                {
                    LeasedUntil = world.Now.Utc.AddMinutes(1),
                    LeasedBy = "walk",
                },
                CancellationToken.None
            )
        );

    private static Task<InvariantReport> CheckAsync(ChargingWorld world) =>
        world.Verb<CheckInvariants>().RunAsync("test", CancellationToken.None);

    private static ReadFindings FindingsOf(ChargingWorld world) => new(world.Reports, world.Verb<CityClock>());

    private static Task<IReadOnlyList<StuckEntry>> StuckAsync(ChargingWorld world) =>
        world.Verb<ReadStuck>().RunAsync(CancellationToken.None);
}
