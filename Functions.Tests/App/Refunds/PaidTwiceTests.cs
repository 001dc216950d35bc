using Autopay.Application.Stuck;
using Autopay.Tests.App.ChargeProtocol;
using static Autopay.Tests.App.Refunds.RefundSteps;

namespace Autopay.Tests.App.Refunds;

/// <summary>
/// A counter payment for a bill that was in flight: finance decides whether it goes back or stays as credit.
/// </summary>
public sealed class PaidTwiceTests
{
    [Fact]
    public async Task Money_that_came_in_twice_is_on_finances_list_and_its_refund_leaves_the_bill_paid()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        await world.PayAsync(ChargingWorld.Id(), ChargingWorld.Cents);
        await CollectAsync(world);
        Assert.Equal("paid twice", (await world.Verb<ReadStuck>().RunAsync(CancellationToken.None)).Single().Kind);

        await AskAsync(world, "r1");
        await world.SweepAsync();

        Assert.Equal(
            (0L, 0L, false),
            (world.Ledger().Credit.Cents, world.Ledger().Bills.Single().Open.Cents, world.Ledger().PaidTwice().Any())
        );
        ThenGivenBackOnce(world);
    }

    [Fact]
    public async Task Money_that_came_in_twice_may_be_kept_as_credit()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        await world.PayAsync(ChargingWorld.Id(), 2000);
        await CollectAsync(world);

        await world.DoAsync(
            ChargingWorld.Id(),
            now => new KeepCredit(new PaymentId("p1"), "the customer wants it so", now)
        );

        Assert.Equal(2000, world.Ledger().Credit.Cents);
        Assert.Empty(await world.Verb<ReadStuck>().RunAsync(CancellationToken.None));
    }
}
