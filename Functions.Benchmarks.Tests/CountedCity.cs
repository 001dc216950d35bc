using Autopay.Benchmarks.City;

namespace Autopay.Benchmarks.Tests;

/// <summary>
/// One city for all budgets: eight buckets, as full as those of 10,000 accounts. Operations never cross buckets, so
/// these need per debit what the whole city needs.
/// </summary>
public sealed class CountedCity : IAsyncLifetime
{
    private const int Buckets = 8;
    private const int Webhooks = 20;

    public CycleCounts Small { get; private set; } = null!;

    public CycleCounts Full { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Small = await CycleRun.RunAsync(new CitySlice(1_000, Buckets), Webhooks);
        Full = await CycleRun.RunAsync(new CitySlice(10_000, Buckets), Webhooks);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
