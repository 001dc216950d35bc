using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// L2: waivers, shields, their withdrawals and the billing system's penalties beside all that goes wrong. No answer
/// ever speaks against a bill that the city keeps back (I26), and no penalty is ever collected (I3).
/// </summary>
public sealed class ProtectionSimulationTests
{
    private const int Seeds = 40;
    private const int SoakSeeds = 1000;

    [Fact]
    public void Whatever_goes_wrong_no_answer_speaks_against_a_bill_that_is_kept_back()
    {
        var outcomes = Enumerable
            .Range(ProtectionActs.FirstSeed, Soak.IsOn ? SoakSeeds : Seeds)
            .Select(seed => Simulation.Run(seed, Act.HistoryOf(seed)))
            .ToList();

        var failed = outcomes.FirstOrDefault(outcome => outcome.Broken is not null);
        Assert.True(failed is null, failed is null ? "" : Shrinker.Explain(failed));
    }

    [Fact]
    public void The_acts_lead_to_penalties_that_stand_and_to_some_that_are_to_be_reversed()
    {
        using var simulation = new Simulation(ProtectionActs.FirstSeed);
        simulation.Do(ActKind.Bills);
        simulation.Do(ActKind.Waive, pick: 9, cents: 24);
        simulation.Do(ActKind.Penalise, pick: 0, cents: 1);
        simulation.Do(ActKind.Penalise, pick: 1, cents: 4);
        simulation.CalmDown();

        var penalties = simulation.World.Ledgers.Ledgers.SelectMany(ledger => ledger.Penalties).ToList();
        Assert.Empty(simulation.World.Checks.Violations);
        Assert.Equal(2, penalties.Count);
        Assert.Single(penalties, penalty => penalty.ReversedOn is null);
    }
}
