using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application.Evaluating;

/// <summary>How many hints were put out.</summary>
public sealed record SweepResult(int Buckets, int Events, int Imports);

/// <summary>
/// Finds what is due, and what a lost message left behind, and asks for it again. It has no authority: everything it
/// finds would be done by whoever looks. Deleting all queue messages loses nothing after one sweep (I19).
/// </summary>
public sealed class Sweep(
    IBucketScheduleStore schedules,
    IControlsStore controlsStore,
    IProviderEventStore events,
    IImportStore imports,
    IWorkQueue queue,
    EvaluateBucket evaluate,
    CityClock clock
)
{
    private static readonly TimeSpan MessageGrace = TimeSpan.FromMinutes(2);

    /// <param name="everyBucket">Also those that nothing asks for: the hourly backstop behind the schedule
    /// rows.</param>
    public async Task<SweepResult> RunAsync(bool everyBucket, string cause, CancellationToken cancel)
    {
        var buckets = await BucketsAsync(everyBucket, cancel);
        return await WakeAsync(buckets, cause, cancel)
            ? new SweepResult(buckets.Count, await RemindEventsAsync(cancel), await RemindImportsAsync(cancel))
            : new SweepResult(buckets.Count, 0, 0);
    }

    private async Task<IReadOnlyList<Bucket>> BucketsAsync(bool everyBucket, CancellationToken cancel)
    {
        if (everyBucket)
        {
            return [.. Bucket.All];
        }

        var version = (await controlsStore.LoadAsync(cancel)).Controls.AccountsVersion;
        var now = clock.Now.Utc;
        return
        [
            .. (await schedules.ReadAllAsync(cancel))
                .Where(schedule => schedule.IsWanted(version, now))
                .Select(schedule => schedule.Bucket),
        ];
    }

    // When the queue service is away the sweep walks by itself (F33), and waits for the queue only once: its client
    // tries for seconds.
    private async Task<bool> WakeAsync(IReadOnlyList<Bucket> buckets, string cause, CancellationToken cancel)
    {
        var isAway = false;
        List<bool> asked =
        [
            .. await InParallel.SelectAsync([.. buckets.Take(1)], 1, AskAsync),
            .. await InParallel.SelectAsync([.. buckets.Skip(1)], SendHints.AtOnce, AskAsync),
        ];
        foreach (var (bucket, _) in buckets.Zip(asked).Where(item => !item.Second))
        {
            await evaluate.RunAsync(bucket, cause, cancel);
        }

        return !isAway;

        async Task<bool> AskAsync(Bucket bucket)
        {
            var isOut = !isAway && await queue.TryEnqueueAsync(new EvaluateMessage(bucket.Number, cause), cancel);
            isAway |= !isOut;
            return isOut;
        }
    }

    private async Task<int> RemindEventsAsync(CancellationToken cancel)
    {
        var count = 0;
        foreach (var (bucket, open) in await events.CountOpenAsync(clock.Now.Utc - MessageGrace, cancel))
        {
            if (!await queue.TryEnqueueAsync(ProviderEventMessage.Of(bucket), TimeSpan.Zero, cancel))
            {
                break;
            }

            count += open;
        }

        return count;
    }

    private async Task<int> RemindImportsAsync(CancellationToken cancel)
    {
        var unfinished = await imports.ReadUnfinishedAsync(cancel).ToListAsync(cancel);
        var sent = await InParallel.SelectAsync(
            unfinished,
            SendHints.AtOnce,
            import => queue.TryEnqueueAsync(new ImportMessage(import.Id, import.NextBucket), cancel)
        );
        return sent.Count;
    }
}
