using Autopay.Tests.Fixtures;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.LocalHost;

/// <summary>A host whose clock stands at half a minute to ten on 23 November 2026, or a given time after that.</summary>
internal sealed class TimerHost(TestHost host, FakeTimeProvider clock) : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 59, 30, TimeSpan.Zero);

    public Journal Journal => host.Journal;

    public LogRecorder Log => host.Log;

    public static Task<TimerHost> StartAsync(AzuriteFixture azurite, Type function) => StartAsync(azurite, new TestHostSetup(), function);

    public static async Task<TimerHost> StartAsync(
        AzuriteFixture azurite, TestHostSetup setup, Type function, TimeSpan after = default, bool waitForStatus = true)
    {
        var clock = new FakeTimeProvider(Start + after);
        var host = await TestHost.StartAsync(azurite, setup with { Configure = With(clock) + setup.Configure }, function);
        var timer = new TimerHost(host, clock);
        if (waitForStatus && function.Name is not ("EveryHalfMinute" or "Unmonitored"))
        {
            // Once it is stored the listener has looked at the clock, and a test may move it.
            await Eventually.HoldsAsync("the status is stored", async () => await timer.StatusAsync(function.Name) is not null);
        }

        return timer;
    }

    public void Advance(TimeSpan time) => clock.Advance(time);

    public Task AdvanceUntilAsync(TimeSpan step, Func<bool> condition) => Eventually.HoldsAsync("it happens as time goes on", () =>
    {
        var holds = condition();
        clock.Advance(holds ? TimeSpan.Zero : step);
        return holds;
    });

    public Task HasStatusAsync(string function, string part) => Eventually.HoldsAsync(
        $"{part} in the status", async () => (await StatusAsync(function))?.Contains(part, StringComparison.Ordinal) == true);

    public async Task<string?> StatusAsync(string function)
    {
        var blob = host.Blobs.GetBlobClient($"timers/{host.Setup.HostId}/Host.Functions.{function}/status");
        return await blob.ExistsAsync() ? (await blob.DownloadContentAsync()).Value.Content.ToString() : null;
    }

    public BlobClient LockBlob(string function) => host.Blobs.GetBlobClient($"locks/{host.Setup.HostId}/Host.Functions.{function}.Listener");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static Action<Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder> With(FakeTimeProvider clock) =>
        builder => builder.Services.AddSingleton<TimeProvider>(clock);
}
