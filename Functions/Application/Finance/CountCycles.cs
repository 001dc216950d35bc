using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>The whole city, summed up by cycle and due date.</summary>
/// <param name="AsOf">When the oldest part of it was counted, UTC.</param>
/// <param name="IsCountedNow">Nothing of it was counted before it was asked for.</param>
public sealed record CitySums(DateTimeOffset AsOf, bool IsCountedNow, IReadOnlyList<CycleSum> Cycles)
{
    /// <summary>What waits for people in the accounts; null while some of it was never counted.</summary>
    public WorkSums? Work { get; init; }

    /// <summary>Of the buckets that were not looked at for it.</summary>
    public IReadOnlyList<BucketSums> Kept { get; init; } = [];
}

/// <summary>
/// Sums by cycle at a price that does not grow with the city. A bucket of few accounts is counted on the spot, with the
/// one request that its kept sums would cost too. Of a larger one the kept sums are taken: the quarter-hourly
/// measurement, which reads every ledger anyway, keeps them.
/// </summary>
public sealed class CountCycles(ILedgerStore ledgers, ICycleSumStore store, CityClock clock)
{
    /// <summary>
    /// Accounts of a bucket that are counted for each answer: in all a city of about 4,000, whose numbers are always
    /// those of this moment.
    /// </summary>
    public const int CountedOnTheSpot = 64;

    private const int BucketsAtOnce = 8;

    /// <param name="isFresh">Every bucket is counted now, whatever that costs.</param>
    public Task<CitySums> RunAsync(bool isFresh, CancellationToken cancel) => RunAsync(isFresh, null, cancel);

    /// <param name="see">Is shown every page of a bucket that is counted now, of several buckets at once.</param>
    public async Task<CitySums> RunAsync(
        bool isFresh,
        Action<Bucket, IReadOnlyList<LedgerEntry>>? see,
        CancellationToken cancel
    )
    {
        var kept = isFresh ? [] : (await store.ReadAllAsync(cancel)).ToDictionary(sums => sums.Bucket);
        var buckets = await InParallel.SelectAsync(
            [.. Bucket.All],
            BucketsAtOnce,
            async bucket => kept.GetValueOrDefault(bucket) ?? await CountAsync(bucket, see, cancel)
        );
        var tally = new SumTally();
        foreach (var sum in buckets.SelectMany(sums => sums.Cycles))
        {
            tally.Add(sum);
        }

        return new CitySums(buckets.Min(sums => sums.At), kept.Count == 0, tally.Cycles)
        {
            Kept = [.. kept.Values],
            Work = buckets.Any(sums => sums.Work is null)
                ? null
                : buckets.Select(sums => sums.Work!).Aggregate((sum, work) => sum + work),
        };
    }

    /// <summary>Keeps what was counted of a bucket, where it is needed.</summary>
    public Task KeepAsync(BucketSums sums, CancellationToken cancel) =>
        sums.Ledgers > CountedOnTheSpot ? store.SaveAsync(sums, cancel) : Task.CompletedTask;

    private async Task<BucketSums> CountAsync(
        Bucket bucket,
        Action<Bucket, IReadOnlyList<LedgerEntry>>? see,
        CancellationToken cancel
    )
    {
        var (at, tally) = (clock.Now.Utc, new SumTally());
        var work = new WorkTally();
        await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
        {
            see?.Invoke(bucket, page);
            foreach (var ledger in page.Select(entry => entry.Ledger))
            {
                tally.Add(ledger);
                work.Add(ledger);
            }
        }

        var sums = new BucketSums(bucket, at, tally.Ledgers, tally.Cycles) { Work = work.Sums };
        await KeepAsync(sums, cancel);
        return sums;
    }
}
