using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>
/// While an attempt is being charged, whoever charges it hears the answer: its event waits, and is never lost.
/// </summary>
[Trait("Layer", "L2")]
public sealed class UnderWayTests
{
    [Theory]
    [InlineData(IntentStatus.Succeeded, DebitState.Collected)]
    [InlineData(IntentStatus.Dead, DebitState.RetryScheduled)]
    public async Task F22_an_event_that_overtakes_the_answer_waits_and_is_settled_without_a_look(
        IntentStatus answer,
        DebitState ends
    )
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.OnConfirm = intent => RecoveryTests.Become(intent, answer);
        world.Bank.Meanwhile(
            Call.Confirm,
            () => SparedReadsTests.HearAsync(world, SparedReadsTests.Event(world, answer))
        );

        await world.WalkAsync();

        Assert.Equal(ends, world.Debit().State);
        Assert.Single(world.Events.Open);
        var asked = Assert.Single(world.Hints.Events);
        Assert.Equal(Bucket.Of(ChargingWorld.Id()).Number, asked.Message.Bucket);
        Assert.InRange(asked.After, TimeSpan.FromSeconds(1), EventHints.Together);
        await world.Verb<RecordProviderEvent>().RunAsync(asked.Message, CancellationToken.None);
        Assert.Empty(world.Events.Open);
        Assert.Equal(0, world.Bank.Count(Call.Read));
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task F22_when_whoever_charged_it_died_the_event_is_settled_by_the_intent_after_all()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.OnConfirm = intent => RecoveryTests.Become(intent, IntentStatus.Succeeded);
        world.Bank.Meanwhile(Call.Confirm, world.Steps.DieAsync);
        await Assert.ThrowsAsync<CrashException>(() => world.WalkAsync());
        await world.RestartAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));

        await SparedReadsTests.HearAsync(world, SparedReadsTests.Event(world, IntentStatus.Succeeded));
        Assert.Equal((AttemptPhase.Locked, 0), (world.Attempt().Phase, world.Bank.Count(Call.Read)));
        world.Later();
        await world
            .Verb<RecordProviderEvent>()
            .RunAsync(ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id())), CancellationToken.None);

        Assert.Equal((DebitState.Collected, 1), (world.Debit().State, world.Bank.Count(Call.Read)));
        Assert.Empty(world.Events.Open);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task The_cancel_after_the_pre_charge_check_is_known_once_the_books_say_that_the_attempt_is_dead()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => world.HoldAsync());
        world.Bank.Meanwhile(Call.Cancel, () => SparedReadsTests.HearAsync(world, Cancelled(world)));

        await world.WalkAsync();
        Assert.Single(world.Events.Open);
        await world
            .Verb<RecordProviderEvent>()
            .RunAsync(ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id())), CancellationToken.None);

        Assert.Empty(world.Events.Open);
        Assert.Equal((AttemptPhase.Abandoned, 0), (world.Attempt().Phase, world.Bank.Count(Call.Read)));
        Worlds.ThenInvariantsHold(world);
    }

    private static ProviderEvent Cancelled(ChargingWorld world) =>
        SparedReadsTests.Event(
            "evt_cancelled",
            world.Now.Utc,
            new IntentClaim
            {
                IntentId = "pi_1",
                Debit = world.Debit().Id,
                Attempt = 1,
                Status = IntentStatus.Cancelled,
                Amount = world.Attempt().Amount,
            }
        );
}
