using System.Collections.Concurrent;
using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>
/// Asks for buckets whose accounts or flags have changed; the change is saved. Nobody's connection carries the messages: whoever asked waits a moment at most,
/// and what is not sent by then goes on behind the answer. What is lost the sweep makes good, because such a bucket is awake or lags behind the flags.
/// </summary>
public sealed class SendHints(IWorkQueue queue, CityClock clock, ProcessingOptions options)
{
    /// <summary>Messages under way at once.</summary>
    public const int AtOnce = 16;

    /// <summary>By then the sweep asks sooner.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Task, bool> underWay = new();

    public async Task RunAsync(IReadOnlyList<EvaluateMessage> hints)
    {
        var sending = SendAsync(hints);
        underWay.TryAdd(sending, true);
        _ = sending.ContinueWith(sent => underWay.TryRemove(sent, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await sending.WaitAsync(options.HintsWithin, clock.Time);
        }
        catch (TimeoutException)
        {
            // It goes on.
        }
    }

    /// <summary>Waits for what is still under way.</summary>
    public Task DrainAsync(CancellationToken cancel) => Task.WhenAll(underWay.Keys).WaitAsync(cancel);

    // Never fails. A queue service that is away is not asked again and again: its client tries for seconds.
    private async Task SendAsync(IReadOnlyList<EvaluateMessage> hints)
    {
        using var patience = new CancellationTokenSource(GiveUpAfter, clock.Time);
        var isAway = false;
        try
        {
            await InParallel.SelectAsync(hints, AtOnce, async hint =>
            {
                var isOut = !isAway && await queue.TryEnqueueAsync(hint, patience.Token);
                isAway |= !isOut;
                return isOut;
            });
        }
        catch
        {
            // Not within the time, or the app is gone: whatever became of the hints, the change is saved.
        }
    }
}
