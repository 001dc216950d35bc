using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Telemetry;

/// <summary>
/// What the timer does beside measuring: remembers since when somebody looks, shows what it measured, and judges the
/// return rates.
/// </summary>
public sealed class WatchBooks(
    MeasureBooks measure,
    WatchReturns returns,
    IHeartbeatStore heartbeats,
    BooksMeter meter,
    CityClock clock
)
{
    public const string Begun = "watched";

    public async Task RunAsync(CancellationToken cancel)
    {
        if (!(await heartbeats.ReadAsync(cancel)).ContainsKey(Begun))
        {
            await heartbeats.BeatAsync(Begun, clock.Now.Utc, cancel);
        }

        var books = await measure.RunAsync(cancel);
        meter.Show(books);
        await returns.JudgeAsync(books.Returns, cancel);
    }
}
