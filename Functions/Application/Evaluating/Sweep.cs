using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Stuck;

namespace Autopay.Application.Evaluating;

/// <summary>How many hints were put out.</summary>
public sealed record SweepResult(int Buckets, int Events, int Imports)
{
    /// <summary>What lay in the poison queues.</summary>
    public CollectedPoison Poison { get; init; } = new(0, 0);
}

/// <summary>Which buckets a sweep asks for.</summary>
public enum SweepReach
{
    /// <summary>Those whose schedule rows say that something is due.</summary>
    Wanted,

    /// <summary>
    /// Those too whose ledgers say so, and those that nobody has walked for a day: the hourly backstop behind the
    /// schedule rows. It looks into every bucket with one request.
    /// </summary>
    Due,

    /// <summary>All of them: somebody wants everything looked at.</summary>
    Every,
}

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

    public async Task<SweepResult> RunAsync(SweepReach reach, string cause, CancellationToken cancel)
    {
        var buckets = await BucketsAsync(reach, cancel);
        return await WakeAsync(buckets, cause, cancel)
            ? new SweepResult(buckets.Count, await RemindEventsAsync(cancel), await RemindImportsAsync(cancel))
            : new SweepResult(buckets.Count, 0, 0);
    }

    private async Task<IReadOnlyList<Bucket>> BucketsAsync(SweepReach reach, CancellationToken cancel)
    {
        if (reach == SweepReach.Every)
        {
            return [.. Bucket.All];
        }

        var version = (await controlsStore.LoadAsync(cancel)).Controls.AccountsVersion;
        var now = clock.Now.Utc;
        var rows = (await schedules.ReadAllAsync(cancel)).ToDictionary(row => row.Bucket);
        var wanted = rows.Values.Where(row => row.IsWanted(version, now)).Select(row => row.Bucket).ToList();
        if (reach == SweepReach.Wanted)
        {
            return wanted;
        }

        var others = Bucket.All.Except(wanted).ToList();
        var due = await InParallel.SelectAsync(
            others,
            SendHints.AtOnce,
            bucket => evaluate.HasWorkAsync(bucket, rows.GetValueOrDefault(bucket)?.WalkedAt, cancel)
        );
        return [.. wanted, .. others.Zip(due).Where(bucket => bucket.Second).Select(bucket => bucket.First)];
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
            import => queue.TryEnqueueAsync(new ImportMessage(import.Id, import.BucketsDone), cancel)
        );
        return sent.Count;
    }
}
