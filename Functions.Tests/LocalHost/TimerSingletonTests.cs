using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.LocalHost;

public sealed class TimerSingletonTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly TestHostSetup setup = new();

    [Fact]
    public async Task Two_hosts_on_one_storage_run_a_tick_once()
    {
        await using var first = await TimerHost.StartAsync(azurite, setup, typeof(EveryMinute));
        await using var second = await TimerHost.StartAsync(azurite, setup, typeof(EveryMinute));

        for (var tick = 1; tick <= 3; tick++)
        {
            first.Advance(Minute);
            second.Advance(Minute);
            await Eventually.HoldsAsync($"both have dealt with tick {tick}", () => Ticks(first) == tick && Ticks(second) == tick);
        }

        Assert.Equal(3, Runs(first) + Runs(second));
    }

    [Fact]
    public async Task A_tick_that_another_host_is_still_running_is_skipped()
    {
        await using var first = await TimerHost.StartAsync(azurite, setup, typeof(Gated));
        await using var second = await TimerHost.StartAsync(azurite, setup, typeof(Gated));
        first.Advance(Minute);
        await first.Journal.HasCountAsync(1);

        second.Advance(Minute);

        await second.Log.HasAsync(LogLevel.Information, "is run by another host");
        Assert.Empty(second.Journal.Entries);
    }

    [Fact]
    public async Task A_tick_that_another_host_has_run_already_is_skipped_by_a_late_one()
    {
        await using var first = await TimerHost.StartAsync(azurite, setup, typeof(EveryMinute));
        await using var second = await TimerHost.StartAsync(azurite, setup, typeof(EveryMinute));
        first.Advance(Minute);
        await first.Journal.HasCountAsync(1);
        await LockIsFreeAsync(first);

        second.Advance(Minute);

        await second.Log.HasAsync(LogLevel.Information, "is run by another host");
        Assert.Empty(second.Journal.Entries);
    }

    [Fact]
    public async Task The_lock_is_free_again_after_the_run()
    {
        await using var host = await TimerHost.StartAsync(azurite, setup, typeof(EveryMinute));
        host.Advance(Minute);
        await host.Journal.HasCountAsync(1);

        await LockIsFreeAsync(host);
    }

    [Fact]
    public async Task The_lock_is_renewed_while_the_function_runs()
    {
        var storage = new StorageRecorder();
        await using var host = await TimerHost.StartAsync(azurite, setup with { Configure = storage.AddTo }, typeof(Gated));
        host.Advance(Minute);
        await host.Journal.HasCountAsync(1);
        var before = storage.Count("comp=lease");

        host.Advance(TimeSpan.FromSeconds(5));

        await Eventually.HoldsAsync("another lease request", () => storage.Count("comp=lease") > before);
    }

    [Fact]
    public async Task Hosts_with_other_ids_are_other_apps()
    {
        await using var first = await TimerHost.StartAsync(azurite, new TestHostSetup(), typeof(EveryMinute));
        await using var second = await TimerHost.StartAsync(azurite, new TestHostSetup(), typeof(EveryMinute));

        first.Advance(Minute);
        second.Advance(Minute);

        await first.Journal.HasCountAsync(1);
        await second.Journal.HasCountAsync(1);
    }

    private static Task LockIsFreeAsync(TimerHost host) => Eventually.HoldsAsync("the lock can be had", async () =>
    {
        var properties = await host.LockBlob("EveryMinute").GetPropertiesAsync();
        return properties.Value.LeaseState == Azure.Storage.Blobs.Models.LeaseState.Available;
    });

    private static int Runs(TimerHost host) => host.Journal.Entries.Count;

    private static int Ticks(TimerHost host) => Runs(host) + Skips(host);

    private static int Skips(TimerHost host) => host.Log.Lines.Count(line => line.Text.Contains("is run by another host", StringComparison.Ordinal));

    private sealed class EveryMinute(Journal journal)
    {
        [Function("EveryMinute")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => journal.Add("ran");
    }

    private sealed class Gated(Journal journal)
    {
        [Function("Gated")]
        public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            journal.Add("ran");
            await journal.GateAsync();
        }
    }
}
