using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <param name="AsOf">When the oldest part was counted, UTC.</param>
/// <param name="IsEstimate">Some of it is from kept sums, which know accounts only by their numbers.</param>
public sealed record CityLook(DateTimeOffset AsOf, bool IsEstimate);

/// <summary>
/// Every account, at a price that does not grow with the city: as <see cref="CountCycles"/>, the accounts of a bucket
/// of few are looked at one by one, of a larger one the kept sums are taken. Nothing is saved.
/// </summary>
public sealed class LookAtCity(ILedgerStore ledgers, ICycleSumStore store, CityClock clock)
{
    private const int BucketsAtOnce = 8;

    /// <param name="isFresh">Every account is looked at, whatever that costs.</param>
    /// <param name="add">Called for one ledger at a time, in any order.</param>
    /// <param name="addSum">The same of sums.</param>
    public async Task<CityLook> RunAsync(
        bool isFresh,
        Action<AccountLedger> add,
        Action<CycleSum> addSum,
        CancellationToken cancel
    )
    {
        var asOf = clock.Now.Utc;
        var kept = isFresh ? [] : await store.ReadAllAsync(cancel);
        foreach (var sum in kept.SelectMany(sums => sums.Cycles))
        {
            addSum(sum);
        }

        var one = new Lock();
        await InParallel.SelectAsync(
            [.. Bucket.All.Except(kept.Select(sums => sums.Bucket))],
            BucketsAtOnce,
            async bucket =>
            {
                await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
                {
                    lock (one)
                    {
                        page.ToList().ForEach(entry => add(entry.Ledger));
                    }
                }

                return bucket;
            }
        );
        return new CityLook(kept.Select(sums => sums.At).Append(asOf).Min(), kept.Count > 0);
    }
}
