using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Logging;
using static Autopay.Tests.LocalHost.TimerFunctions;

namespace Autopay.Tests.LocalHost;

public sealed class TimerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_timer_runs_when_its_time_comes_in_utc_and_not_before()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(AtTen));

        host.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(host.Journal.Entries);
        host.Advance(TimeSpan.FromSeconds(1));

        await host.Journal.HasCountAsync(1);
        host.Advance(TimeSpan.FromDays(1));
        await host.Journal.HasCountAsync(2);
    }

    [Fact]
    public async Task A_timer_that_never_ran_is_not_past_due()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(AtTen));

        Assert.Empty(host.Journal.Entries);
    }

    [Fact]
    public async Task The_last_and_the_next_run_are_stored_and_shown()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(AtTen));

        host.Advance(TimeSpan.FromMinutes(1));

        await host.Journal.HasAsync("past due False, last 0001-01-01 00:00, next 2026-11-23 10:00");
        await host.HasStatusAsync("AtTen", "\"Next\":\"2026-11-24T10:00:00Z\"");
        host.Advance(TimeSpan.FromDays(1));
        await host.Journal.HasAsync("past due False, last 2026-11-23 10:00, next 2026-11-24 10:00");
    }

    [Fact]
    public async Task Ticks_that_nobody_was_there_for_are_made_good_by_one_past_due_run_at_the_start()
    {
        var setup = new TestHostSetup();
        await using (await TimerHost.StartAsync(azurite, setup, typeof(AtTen)))
        {
        }

        await using var host = await TimerHost.StartAsync(azurite, setup, typeof(AtTen), TimeSpan.FromDays(3));

        await host.Journal.HasAsync("past due True, last 0001-01-01 00:00, next 2026-11-23 10:00");
        await host.HasStatusAsync("AtTen", "\"Next\":\"2026-11-26T10:00:00Z\"");
        host.Advance(TimeSpan.FromMinutes(1));
        await host.Journal.HasAsync("past due False, last 2026-11-26 09:59, next 2026-11-26 10:00");
        Assert.Equal(2, host.Journal.Entries.Count);
    }

    [Fact]
    public async Task A_schedule_that_was_changed_meanwhile_is_not_past_due()
    {
        var setup = new TestHostSetup { Settings = new() { ["schedule"] = "0 0 10 * * *" } };
        await using (await TimerHost.StartAsync(azurite, setup, typeof(FromSetting)))
        {
        }

        setup = setup with { Settings = new() { ["schedule"] = "0 0 8 * * *" } };
        await using var host = await TimerHost.StartAsync(azurite, setup, typeof(FromSetting), TimeSpan.FromDays(3));

        await host.HasStatusAsync("FromSetting", "\"Next\":\"2026-11-27T08:00:00Z\"");
        Assert.Empty(host.Journal.Entries);
    }

    [Fact]
    public async Task A_run_that_throws_is_not_repeated_before_the_next_tick()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(Throwing));
        host.Advance(TimeSpan.FromMinutes(1));
        await host.HasStatusAsync("Throwing", "\"Next\":\"2026-11-24T10:00:00Z\"");

        host.Advance(TimeSpan.FromHours(23));
        Assert.Single(host.Journal.Entries);

        host.Advance(TimeSpan.FromHours(1));
        await host.Journal.HasCountAsync(2);
    }

    [Fact]
    public async Task A_timer_under_a_minute_has_no_status()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(EveryHalfMinute));

        await host.AdvanceUntilAsync(TimeSpan.FromSeconds(10), () => host.Journal.Entries.Count == 2);

        Assert.All(host.Journal.Entries, entry => Assert.Equal("no status", entry));
        Assert.Null(await host.StatusAsync("EveryHalfMinute"));
    }

    [Fact]
    public async Task A_timer_without_a_monitor_has_no_status()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(Unmonitored));

        await host.AdvanceUntilAsync(TimeSpan.FromMinutes(10), () => host.Journal.Entries.Count == 1);

        Assert.Equal(["no status"], host.Journal.Entries);
        Assert.Null(await host.StatusAsync("Unmonitored"));
    }

    [Fact]
    public async Task A_timer_can_run_on_startup_too()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(OnStartup));

        await host.Journal.HasAsync("past due False, last 0001-01-01 00:00, next 2026-11-23 10:00");
        host.Advance(TimeSpan.FromMinutes(1));
        await host.Journal.HasCountAsync(2);
    }

    [Fact]
    public async Task A_tick_during_a_run_waits_for_its_end_and_then_runs_at_once()
    {
        await using var host = await TimerHost.StartAsync(azurite, typeof(Long));
        host.Advance(TimeSpan.FromMinutes(1));
        await host.Journal.HasCountAsync(1);

        host.Advance(TimeSpan.FromDays(1));
        Assert.Single(host.Journal.Entries);

        host.Journal.ReleaseAll();
        await host.Journal.HasCountAsync(2);
    }

    [Fact]
    public async Task Storage_that_is_away_delays_a_timer_and_nothing_more()
    {
        var storage = new StorageRecorder { Broken = "/timers/" };
        var setup = new TestHostSetup { Configure = storage.AddTo };
        await using var host = await TimerHost.StartAsync(azurite, setup, typeof(AtTen), waitForStatus: false);
        await host.Log.HasAsync(LogLevel.Warning, "Storage does not answer the timer");

        storage.Broken = null;

        await host.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => host.Journal.Entries.Count == 1);
    }

    [Fact]
    public async Task A_run_whose_status_could_not_be_stored_is_not_repeated()
    {
        var storage = new StorageRecorder();
        await using var host = await TimerHost.StartAsync(azurite, new TestHostSetup { Configure = storage.AddTo }, typeof(Long));
        host.Advance(TimeSpan.FromMinutes(1));
        await host.Journal.HasCountAsync(1);
        storage.Broken = "/status";

        host.Journal.ReleaseAll();

        await host.Log.HasAsync(LogLevel.Warning, "Storage does not answer the timer");
        storage.Broken = null;
        host.Advance(TimeSpan.FromHours(23));
        Assert.Single(host.Journal.Entries);
        await host.AdvanceUntilAsync(TimeSpan.FromMinutes(10), () => host.Journal.Entries.Count == 2);
    }
}
