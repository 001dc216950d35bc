using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Report;
using Autopay.Benchmarks.Timing;
using Autopay.Benchmarks.World;
using Autopay.Payments;

namespace Autopay.Benchmarks;

/// <summary>Everything that is measured, in order; each city has storage of its own.</summary>
internal static class Benchmark
{
    private const int Webhooks = 200;
    private const int Released = 2_000;
    private const int TimedDebits = 1_000;
    private const int LayoutRows = 10_000;

    /// <param name="whole">The large city whole, and not only some buckets of it.</param>
    public static async IAsyncEnumerable<Budget> RunAsync(bool whole)
    {
        var small = await CycleRun.RunAsync(new CitySlice(1_000), Webhooks);
        List<Usage> loops = [];
        var cycle = await CycleRun.RunAsync(
            new CitySlice(10_000),
            Webhooks,
            async world => loops.Add(await SimpleLoop.RunAsync(world, TimedDebits))
        );
        foreach (var budget in Budgets.OfCycle(cycle))
        {
            yield return budget;
        }

        yield return Budgets.OfStripe(await StripeRun.RunAsync(new CitySlice(200)));
        var released = new CitySlice(Released) { Mixed = true };
        var silent = await WebhookRun.RunAsync(released, null);
        foreach (
            var budget in Budgets.OfWebhooks(await WebhookRun.RunAsync(released, StripeEventTypes.Subscribed), silent)
        )
        {
            yield return budget;
        }

        foreach (var busy in new[] { 1, 8 })
        {
            await using var row = await Scratch.StartAsync();
            foreach (var budget in Budgets.OfRate(busy, await RateShare.RunAsync(row, busy)))
            {
                yield return budget;
            }
        }

        yield return Budgets.OfGrowth(small, cycle);
        yield return Budgets.OfGrowth(
            small,
            await CycleRun.RunAsync(whole ? new CitySlice(100_000) : new CitySlice(100_000, Only: 4), Webhooks)
        );
        foreach (var budget in Budgets.OfLoop(cycle, loops, TimedDebits))
        {
            yield return budget;
        }

        await using var scratch = await Scratch.StartAsync();
        yield return new Budget(
            "times as fast as one table: a table per bucket",
            $"{LayoutRows:N0} rows",
            await TableLayouts.RatioAsync(scratch.ConnectionString, LayoutRows)
        );
    }
}
