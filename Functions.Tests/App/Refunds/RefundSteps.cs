using Autopay.Application.Ledgers;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Refunds;

/// <summary>What tests of giving back have in common: one debit that was collected, and requests about it.</summary>
internal static class RefundSteps
{
    public static async Task<ChargingWorld> CollectedAsync()
    {
        var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        await CollectAsync(world);
        return world;
    }

    public static async Task CollectAsync(ChargingWorld world)
    {
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");
        Assert.Equal(DebitState.Collected, world.Debit().State);
    }

    public static Task AskAsync(
        ChargingWorld world,
        string id,
        RefundKind kind = RefundKind.Refund,
        long? cents = null
    ) =>
        world.DoAsync(
            ChargingWorld.Id(),
            now => new RequestRefund(world.Debit().Id, id, kind, cents is { } it ? new Money(it) : null, "test", now)
        );

    public static async Task<string> RefusedAsync(ChargingWorld world, string id, RefundKind kind, long? cents) =>
        (
            await Assert.ThrowsAsync<RefusedException>(() =>
                world
                    .Verb<ChangeAccount>()
                    .RunAsync(
                        ChargingWorld.Id(),
                        now => new RequestRefund(
                            world.Debit().Id,
                            id,
                            kind,
                            cents is { } it ? new Money(it) : null,
                            "test",
                            now
                        ),
                        new Authority("test", "test", world.Now.Utc),
                        default
                    )
            )
        ).Message;

    public static void AnswerRefund(ChargingWorld world, RefundState state) =>
        world.Bank.AnswerRefund(world.Bank.Refunds.Single().RefundId, state);

    public static void ThenGivenBackOnce(ChargingWorld world)
    {
        Assert.Equal(ChargingWorld.Cents, world.Bank.Refunds.Sum(refund => refund.Amount.Cents));
        Assert.Single(world.Bank.Refunds);
        Assert.Equal(
            (ChargingWorld.Cents, true),
            (world.Debit().Refunded.Cents, world.Debit().Refunds.Single().RefundId is not null)
        );
        Worlds.ThenInvariantsHold(world);
    }
}
