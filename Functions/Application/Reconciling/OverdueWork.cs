using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Stuck;

namespace Autopay.Application.Reconciling;

/// <summary>
/// Accounts that nobody looks at although something is due (I16): timers that are dead, or a walk that fails.
/// </summary>
public sealed class OverdueWork(
    ILedgerStore ledgers,
    IBucketScheduleStore schedules,
    StandstillWatch standstill,
    CityClock clock
)
{
    public const string Kind = "overdue work";

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>Why late work may be late at the moment. Changes nothing.</summary>
    public async Task<LateWork> ReadExcusesAsync(CancellationToken cancel) =>
        new(
            await standstill.ReadAsync(cancel),
            (await schedules.ReadAllAsync(cancel)).Any(schedule => schedule.LeasedUntil > clock.Now.Utc)
        );

    /// <summary>One item for all accounts; null when nothing is overdue.</summary>
    public async Task<StuckEntry?> FindAsync(CancellationToken cancel)
    {
        var earliest = await Task.WhenAll(
            Bucket.All.Select(async bucket => (Bucket: bucket, Due: await ledgers.EarliestDueAsync(bucket, cancel)))
        );
        return await FindAsync(earliest.ToDictionary(it => it.Bucket, it => it.Due), cancel);
    }

    /// <summary>The same by the schedules of the buckets, one request: none is later than its accounts.</summary>
    public async Task<StuckEntry?> FindScheduledAsync(CancellationToken cancel) =>
        await FindAsync(
            (await schedules.ReadAllAsync(cancel)).ToDictionary(it => it.Bucket, it => it.EarliestDue),
            cancel
        );

    /// <summary>The same, where the earliest look of each bucket is known.</summary>
    public async Task<StuckEntry?> FindAsync(
        IReadOnlyDictionary<Bucket, DateTimeOffset?> earliest,
        CancellationToken cancel
    )
    {
        var late = earliest.Where(it => it.Value + Late < clock.Now.Utc).ToList();
        var excuses = late.Count == 0 ? null : await ReadExcusesAsync(cancel);
        var (accounts, first) = (0, (DateTimeOffset?)null);
        foreach (var (bucket, _) in late.Where(it => !excuses!.Excuses(it.Value!.Value, clock.Now.Utc)))
        {
            await foreach (var page in ledgers.ReadDueAsync(bucket, clock.Now.Utc - Late, cancel))
            {
                accounts += page.Count;
                first = page.Select(entry => entry.NextEvaluation).Append(first).Min();
            }
        }

        return first is null ? null : Of(accounts, clock.City.At(first.Value));
    }

    private static StuckEntry Of(int accounts, Moment first) =>
        new(
            Kind,
            "overdue",
            null,
            $"{(accounts == 1 ? "1 account waits" : $"{accounts} accounts wait")} to be looked at, the longest "
                + $"since {first.Today:yyyy-MM-dd} {first.TimeOfDay:HH:mm}",
            first.Today
        );
}
