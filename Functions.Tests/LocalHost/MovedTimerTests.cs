using Autopay.Hosting;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using static Autopay.Tests.LocalHost.TimerFunctions;

namespace Autopay.Tests.LocalHost;

/// <summary>Timers under a clock that somebody moves: what it passes runs once, past due, as after a host that stood still.</summary>
public sealed class MovedTimerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Ticks_that_the_clock_was_moved_over_are_made_good_by_one_past_due_run()
    {
        var clock = new LocalClock();
        clock.MoveTo(Start);
        await using var host = await TestHost.StartAsync(azurite, new TestHostSetup { Configure = builder => builder.Services.AddSingleton<TimeProvider>(clock) }, typeof(AtTen));
        await Eventually.HoldsAsync("the status is stored", async () => (bool)await host.Blobs.GetBlobClient($"timers/{host.Setup.HostId}/Host.Functions.AtTen/status").ExistsAsync());

        clock.MoveTo(Start.AddDays(20));
        clock.WakeTimers();
        await host.Journal.HasCountAsync(1);
        Assert.StartsWith("past due True", host.Journal.Entries[0], StringComparison.Ordinal);

        clock.MoveTo(Start.AddDays(20).AddHours(23));
        clock.WakeTimers();
        Assert.Single(host.Journal.Entries);

        clock.MoveTo(Start.AddDays(22));
        clock.WakeTimers();
        await host.Journal.HasCountAsync(2);
    }

    // A year that the real clock has not seen, at noon: ten o'clock is far on either side.
    private static DateTimeOffset Start => new(2126, 11, 23, 12, 0, 0, TimeSpan.Zero);
}
