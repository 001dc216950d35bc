using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>What the timer does beside measuring: remembers since when somebody looks, and judges the return rates.</summary>
public sealed class WatchBooks(MeasureBooks measure, WatchReturns returns, IHeartbeatStore heartbeats, CityClock clock)
{
    public const string Begun = "watched";

    public async Task RunAsync(CancellationToken cancel)
    {
        if (!(await heartbeats.ReadAsync(cancel)).ContainsKey(Begun))
        {
            await heartbeats.BeatAsync(Begun, clock.Now.Utc, cancel);
        }

        await returns.JudgeAsync((await measure.RunAsync(cancel)).Returns, cancel);
    }
}
