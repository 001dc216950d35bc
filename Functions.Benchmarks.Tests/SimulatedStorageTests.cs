using Autopay.Benchmarks.City;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.Tests;

/// <summary>What the simulation stands on: the storage in memory is asked and answers as the emulator is.</summary>
public sealed class SimulatedStorageTests
{
    [Fact]
    public async Task A_city_needs_the_same_of_the_simulated_storage_as_of_the_emulator()
    {
        var slice = new CitySlice(5_000, Only: 4);

        var simulated = await CycleRun.SimulateAsync(slice, webhooks: 5);
        var emulated = await CycleRun.RunAsync(slice, webhooks: 5);

        Assert.InRange(simulated.Debits, 250, 400);
        Assert.Equal(emulated.Debits, simulated.Debits);
        foreach (var (phase, usage) in Phases(emulated))
        {
            var ours = Phases(simulated)[phase];
            Assert.Equal(
                (phase, usage.Requests, usage.Messages, usage.Rows),
                (phase, ours.Requests, ours.Messages, ours.Rows)
            );
        }

        Assert.Equal(emulated.MostToRecord, simulated.MostToRecord);
        Assert.Equal(emulated.Received, simulated.Received);
    }

    private static Dictionary<string, Usage> Phases(CycleCounts counts) =>
        new()
        {
            ["import"] = counts.Import,
            ["defer"] = counts.Defer,
            ["clear"] = counts.Clear,
            ["plan"] = counts.Plan,
            ["agree"] = counts.Agree,
            ["release"] = counts.Release,
        };
}
