using Autopay.Application.Ports.Books;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>L5: the production stores and the unmodified SDK, with a broken network before the tables.</summary>
[Trait("Layer", "L5")]
public sealed class StorageFaultTests(FaultyWorld world) : IClassFixture<FaultyWorld>
{
    [Theory]
    [InlineData(nameof(ProxyFault.ResetAfter))]
    [InlineData(nameof(ProxyFault.HangAfter))]
    [InlineData(nameof(ProxyFault.HalfBody))]
    [InlineData(nameof(ProxyFault.Busy503After))]
    [InlineData(nameof(ProxyFault.Duplicate))]
    public async Task F02_F35_a_write_that_was_applied_though_it_failed_is_recognised(string fault)
    {
        var account = await world.EnrolAsync();
        world.Tables.Break("POST", "$batch", Enum.Parse<ProxyFault>(fault), times: 1);

        await world.WalkAsync(account);
        Assert.Equal(0, world.Tables.Left);

        await world.ThenChargedOnceAsync(account);
        Assert.Single((await world.DebitAsync(account)).Attempts);
        var ledger = (await world.Verb<ILedgerStore>().LoadAsync(account, CancellationToken.None))!.Ledger;
        var history = await world.Verb<ILedgerStore>().ReadHistoryAsync(account, CancellationToken.None).ToListAsync();
        Assert.Equal(Enumerable.Range(1, ledger.Operations), history.Select(row => row.Sequence));
        Assert.Single(history.SelectMany(row => row.Events).OfType<AttemptPlanned>());
    }

    [Theory]
    [InlineData(nameof(ProxyFault.Busy503Before))]
    [InlineData(nameof(ProxyFault.Error500Before))]
    [InlineData(nameof(ProxyFault.ResetBefore))]
    public async Task F34_a_storm_of_the_tables_leaves_nothing_half_done_and_passes(string fault)
    {
        var account = await world.EnrolAsync();
        await world.WalkAsync(await world.EnrolAsync());
        world.Tables.BreakAll(Enum.Parse<ProxyFault>(fault));

        await world.TryWalkAsync(account);
        world.Tables.Mend();
        Assert.Equal(DebitState.Scheduled, (await world.DebitAsync(account)).State);

        world.Tables.BreakAt(9, ProxyFault.Busy503Before);
        await world.TryWalkAsync(account);
        Assert.Equal(0, world.Tables.Left);
        await world.RecoverAsync(account);
        await world.ThenChargedOnceAsync(account);
    }

    [Fact]
    public async Task F34_a_storm_that_begins_after_the_confirm_leaves_a_charge_that_is_found()
    {
        var account = await world.EnrolAsync();
        world.Tables.Break("POST", "$batch", ProxyFault.Duplicate, times: 2);
        world.Tables.Break("POST", "$batch", ProxyFault.Busy503Before, times: 50);

        await world.TryWalkAsync(account);
        Assert.Equal(AttemptPhase.Locked, (await world.DebitAsync(account)).LastAttempt!.Phase);

        await world.RecoverAsync(account);
        await world.ThenChargedOnceAsync(account);
    }
}
