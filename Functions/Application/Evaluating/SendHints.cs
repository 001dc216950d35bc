using System.Collections.Concurrent;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Evaluating;

/// <summary>What goes on behind answers, so that a process that ends can wait for it.</summary>
public sealed class HintsUnderWay
{
    private readonly ConcurrentDictionary<Task, bool> tasks = new();

    public void Add(Task task)
    {
        tasks.TryAdd(task, true);
        _ = task.ContinueWith(
            ended => tasks.TryRemove(ended, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    public Task DrainAsync(CancellationToken cancel) => Task.WhenAll(tasks.Keys).WaitAsync(cancel);
}

/// <summary>
/// Asks for buckets whose accounts or controls have changed; the change is saved. Nobody's connection carries the
/// messages: whoever asked waits a moment at most, and what is not sent by then goes on behind the answer. What is lost
/// the sweep makes good, because such a bucket is awake or lags behind the controls.
/// </summary>
public sealed class SendHints(IWorkQueue queue, HintsUnderWay underWay, CityClock clock, ProcessingOptions options)
{
    /// <summary>Messages under way at once.</summary>
    public const int AtOnce = 16;

    /// <summary>By then the sweep asks sooner.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(30);

    public async Task RunAsync(IReadOnlyList<EvaluateMessage> hints)
    {
        var sending = SendAsync(hints);
        underWay.Add(sending);
        try
        {
            await sending.WaitAsync(options.HintsWithin, clock.Time);
        }
        catch (TimeoutException)
        {
            // It goes on.
        }
    }

    // Never fails. A queue service that is away is not asked again and again: its client tries for seconds.
    private async Task SendAsync(IReadOnlyList<EvaluateMessage> hints)
    {
        using var patience = new CancellationTokenSource(GiveUpAfter, clock.Time);
        var isAway = false;
        try
        {
            await InParallel.SelectAsync(
                hints,
                AtOnce,
                async hint =>
                {
                    var isOut = !isAway && await queue.TryEnqueueAsync(hint, patience.Token);
                    isAway |= !isOut;
                    return isOut;
                }
            );
        }
        catch
        {
            // Not within the time, or the app is gone: whatever became of the hints, the change is saved.
        }
    }
}
