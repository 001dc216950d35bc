using Autopay.Application.Ports.Provider;
using Autopay.Application.Stuck;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Stuck;

/// <summary>
/// The way out for an attempt that is flagged or stopped: only the provider's word counts, and nothing is collected
/// twice.
/// </summary>
public sealed class ResolveAttemptTests
{
    private static readonly ProviderAnswer Misused = new ProviderAnswer.KeyMisused("same key, other parameters");
    private const string Debit = "10-0001-1-0001";

    [Theory]
    [InlineData(Call.Create, false)]
    [InlineData(Call.Create, true)]
    [InlineData(Call.Confirm, false)]
    [Trait("Layer", "L2")]
    internal async Task F14_a_stopped_debit_is_replayed_with_a_new_attempt_once_the_old_one_is_proven_dead(
        Call call,
        bool happened
    )
    {
        await using var world = await StoppedAsync(call, happened);

        var done = await ReplayAsync(world);
        await world.SweepAsync();

        Assert.Equal(StuckResolution.Done, done);
        Assert.Equal(
            (DebitState.Submitted, 2, false),
            (world.Debit().State, world.Attempt().Number, world.Debit().Stopped)
        );
        Assert.Single(world.Bank.Charging);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_stopped_debit_that_charges_after_all_is_recorded_and_not_charged_again()
    {
        await using var world = await StoppedAsync(Call.Confirm, happened: true);

        await ReplayAsync(world);
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task Discarding_ends_the_debit_and_leaves_its_bills_to_finance()
    {
        await using var world = await StoppedAsync(Call.Create, happened: true);

        var done = await DiscardAsync(world);
        await world.SweepAsync();

        Assert.Equal((StuckResolution.Done, DebitState.Cancelled), (done, world.Debit().State));
        Assert.Equal("Discarded: test", world.Ledger().Bills[0].Blocked?.Reason);
        Assert.Empty(world.Bank.Charging);
        Assert.Equal(IntentStatus.Cancelled, world.Bank.Intents.Single().Status);
        Assert.Equal(StuckResolution.AlreadyDone, await DiscardAsync(world));
    }

    [Fact]
    public async Task What_charges_cannot_be_discarded()
    {
        await using var world = await StoppedAsync(Call.Confirm, happened: true);

        await Assert.ThrowsAsync<RefusedException>(() => DiscardAsync(world));

        Assert.Equal(DebitState.Submitted, world.Debit().State);
        Assert.Null(world.Ledger().Bills[0].Blocked);
    }

    [Fact]
    public async Task While_the_provider_says_nothing_neither_is_done()
    {
        await using var world = await StoppedAsync(Call.Create, happened: true);
        world.Bank.Answers(Call.List, new ProviderAnswer.ServerError("500"));

        await Assert.ThrowsAsync<RefusedException>(() => ReplayAsync(world));

        Assert.True(world.Debit().Stopped);
    }

    [Fact]
    public async Task A_debit_that_nobody_knows_is_not_found() =>
        Assert.Equal(
            StuckResolution.NotFound,
            await (await RecoveryTests.DueAsync())
                .Verb<ResolveStuck>()
                .ReplayAsync("10-9999-1-0001", "test", "test", CancellationToken.None)
        );

    private static Task<StuckResolution> ReplayAsync(ChargingWorld world) =>
        world.Verb<ResolveStuck>().ReplayAsync(Debit, "operator", "test", CancellationToken.None);

    private static Task<StuckResolution> DiscardAsync(ChargingWorld world) =>
        world.Verb<ResolveStuck>().DiscardAsync(Debit, "operator", "test", CancellationToken.None);

    private static async Task<ChargingWorld> StoppedAsync(Call call, bool happened)
    {
        var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(call, Misused, happened);
        await world.WalkAsync();
        Assert.True(world.Debit().Stopped);
        return world;
    }
}
