using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// L7: what the simulator would say if the code, or what it stands on, were wrong. Each must be caught, and only
/// because of the mutant.
/// </summary>
public sealed class MutantTests
{
    private const int MostSeeds = 200;

    [Fact]
    public void Mutant_that_saves_without_the_tag_is_caught() => IsCaught(Mutant.IgnoresTheTag, by: 9);

    [Fact]
    public void Mutant_that_takes_a_conflict_for_a_success_is_caught() => IsCaught(Mutant.SwallowsConflicts, by: 6);

    [Fact]
    public void Mutant_that_takes_a_timeout_for_a_no_is_caught() => IsCaught(Mutant.TakesATimeoutForANo, by: 106);

    [Fact]
    public void Mutant_that_makes_a_new_key_for_each_try_is_caught() => IsCaught(Mutant.NewKeyForEachTry, by: 25);

    [Fact]
    public void Mutant_whose_scan_stops_at_an_empty_page_is_caught() => IsCaught(Mutant.StopsAtAnEmptyPage, by: 11);

    [Fact]
    public void Mutant_whose_scan_skips_the_second_page_is_caught() => IsCaught(Mutant.SkipsTheSecondPage, by: 11);

    [Fact]
    public void Mutant_that_deletes_the_message_before_the_work_and_never_sweeps_is_caught() =>
        IsCaught(Mutant.DeletesTheMessageFirst, by: 2);

    [Fact]
    public void Mutant_whose_pre_charge_check_remembers_the_controls_of_before_is_caught() =>
        IsCaught(Mutant.RemembersControls, by: 1);

    /// <param name="by">The seed that did when this was written is tried first, and all others when what it plays has
    /// changed.</param>
    private static void IsCaught(Mutant mutant, int by)
    {
        var caught = Enumerable
            .Range(1, MostSeeds)
            .Prepend(by)
            .Select(seed => Simulation.Run(seed, Act.HistoryOf(seed), mutant))
            .FirstOrDefault(outcome => outcome.Broken is not null);

        Assert.True(caught is not null, $"{mutant} survives {MostSeeds} seeds");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{mutant} is caught by seed {caught.Seed}: {caught.Violations[0]}"
        );
        Assert.Null(Simulation.Run(caught.Seed, Act.HistoryOf(caught.Seed)).Broken);
    }
}
