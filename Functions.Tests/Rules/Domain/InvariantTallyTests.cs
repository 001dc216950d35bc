using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.Rules.Domain;

/// <summary>I21: a check that looked at nothing although there are books has failed.</summary>
public sealed class InvariantTallyTests
{
    [Fact]
    public async Task An_invariant_that_looks_at_nothing_does_not_hold_where_there_are_bills()
    {
        await using var world = await RecoveryTests.DueAsync();
        var tally = new InvariantTally([new LedgerInvariant("I3", "Looks away", (_, _, _) => [])]);

        tally.Check(
            world.Ledger(),
            new InvariantContext
            {
                Now = world.Now,
                Controls = world.Controls.Current,
                ControlsAt = world.Controls.AtVersion,
                City = ChargingWorld.City,
            }
        );

        Assert.Equal(new InvariantResult("I3", Holds: false, Looked: 0), Assert.Single(tally.Results));
    }
}
