using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>One city of each kind: what the simulator says of hundreds, in seconds. Mutants are tried on it.</summary>
public sealed class FirstCityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(ReleaseActs.FirstSeed)]
    [InlineData(NoticeActs.FirstSeed)]
    [InlineData(ProtectionActs.FirstSeed)]
    public void The_first_city_of_each_kind_holds_every_invariant(int seed) =>
        Assert.Null(Simulation.Run(seed, Act.HistoryOf(seed)).Broken);
}
