using Autopay.Benchmarks.World;
using Autopay.Payments.Rates;
using Autopay.Storage;

namespace Autopay.Benchmarks.Timing;

/// <param name="Used">Of the calls that Stripe's rate allowed.</param>
/// <param name="Requests">To the row, a second and instance.</param>
public readonly record struct RateUsage(double Used, double Requests);

/// <summary>How much of Stripe's rate so many instances use together, with the row in a real storage.</summary>
public static class RateShare
{
    private const int PerSecond = 80;
    private const int Instances = 8;
    private const int Waiting = 16;
    private static readonly TimeSpan Release = TimeSpan.FromSeconds(60);

    /// <summary>Real seconds: a minute.</summary>
    /// <param name="busy">So many of the eight instances have calls.</param>
    public static async Task<RateUsage> RunAsync(Scratch scratch, int busy)
    {
        var counter = new RequestCounter();
        var storage = StorageClients.FromConnectionString(scratch.ConnectionString, counter);
        await storage.Table(StorageClients.SchedulesTable).CreateIfNotExistsAsync();
        var rates = Enumerable.Range(0, busy).Select(number => Instance(storage, $"{busy}-{number}")).ToList();
        var (before, started, calls) = (counter.Requests, TimeProvider.System.GetTimestamp(), 0);

        async Task CallAsync(SharedRate rate)
        {
            while (TimeProvider.System.GetElapsedTime(started) < Release)
            {
                if (await rate.Turns.WaitAsync("confirm", bulkWork: 1, CancellationToken.None))
                {
                    Interlocked.Increment(ref calls);
                }
            }
        }

        await Task.WhenAll(rates.SelectMany(rate => Enumerable.Repeat(rate, Waiting)).Select(CallAsync));
        var took = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var requests = counter.Requests - before;
        foreach (var rate in rates)
        {
            await rate.DisposeAsync();
        }

        return new RateUsage(calls / (PerSecond * took), requests / took / busy);
    }

    private static SharedRate Instance(StorageClients storage, string name) =>
        new(
            new RateLimits(PerSecond, PerSecond, Instances),
            new TableSharedRateStore(storage),
            TimeProvider.System,
            name
        );
}
