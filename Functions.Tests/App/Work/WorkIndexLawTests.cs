using Autopay.Application.Ledgers;
using Autopay.Rehearsal.World;
using Autopay.Tests.Rules.Rehearsal;
using Autopay.Tests.Rules.Simulation;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.App.Work;

/// <summary>Whatever happens to a city: the rows of the work list say what the ledgers say.</summary>
public sealed class WorkIndexLawTests
{
    [Theory]
    [InlineData("example-city")]
    [InlineData("cape-girardeau-2020")]
    public async Task After_every_step_of_a_rehearsal_the_rows_are_the_ledgers_word(string city)
    {
        var (steps, most) = (0, 0);
        await Played.FromAsync(
            Drills.FolderOf(city),
            world =>
            {
                steps++;
                most = Math.Max(most, ThenTheRowsAreTheLedgersWord(world.Ledgers));
            }
        );

        Assert.InRange(steps, 5, int.MaxValue);
        Assert.InRange(most, 1, int.MaxValue);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void So_they_are_after_every_act_of_a_simulated_city_with_faults(int seed)
    {
        using var simulation = new Simulation(seed);
        var most = 0;
        foreach (var act in Act.HistoryOf(seed))
        {
            simulation.Do(act);
            most = Math.Max(most, ThenTheRowsAreTheLedgersWord(simulation.World.Ledgers));
        }

        Assert.InRange(most, 1, int.MaxValue);
    }

    /// <returns>How many items there are.</returns>
    private static int ThenTheRowsAreTheLedgersWord(ScratchLedgerStore ledgers)
    {
        var said = Bucket
            .All.SelectMany(bucket => ledgers.ReadWorkAsync(bucket, CancellationToken.None).Result)
            .ToList();

        Assert.True(WorkItem.AreSame(said, [.. ledgers.Ledgers.SelectMany(ledger => ledger.Work())]));
        return said.Count;
    }
}
