using Autopay.Tests.App.ChargeProtocol;
using static Autopay.Tests.App.Refunds.RefundSteps;

namespace Autopay.Tests.App.Refunds;

/// <summary>A refund goes out whatever else the account or the debit has.</summary>
public sealed class SeveralRefundsTests
{
    [Fact]
    public async Task A_refund_goes_out_although_the_account_has_another_debit_without_one()
    {
        await using var world = await CollectedAsync();
        await world.BillAsync(ChargingWorld.Id(), "b2", due: new DateOnly(2020, 2, 19));
        await AskAsync(world, "r1", cents: 1000);

        await world.WalkAsync();

        Assert.Equal(1000, Assert.Single(world.Bank.Refunds).Amount.Cents);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_second_refund_of_a_debit_goes_out_like_the_first()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1", cents: 1000);
        await world.SweepAsync();
        AnswerRefund(world, RefundState.Paid);
        await world.HearAsync("pi_1");

        await AskAsync(world, "r2", cents: 500);
        await world.SweepAsync();

        Assert.Equal([1000, 500], world.Bank.Refunds.Select(refund => refund.Amount.Cents));
        Assert.DoesNotContain(world.Debit().Refunds, refund => refund.State == RefundState.Failed);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task What_the_bank_takes_back_after_it_was_given_back_is_a_loss_that_a_person_is_told_of()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1");
        await world.SweepAsync();
        AnswerRefund(world, RefundState.Paid);
        await world.HearAsync("pi_1");
        Assert.Empty(await world.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync());

        world.Bank.Change("pi_1", intent => intent with { ReturnedCents = intent.Amount, ReturnedCode = "R10" });
        await world.HearAsync("pi_1");

        Assert.Equal(ChargingWorld.Cents, world.Debit().Lost.Cents);
        Assert.Contains(
            ChargingWorld.Id().Value,
            Assert.Single(await world.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync()).Content,
            StringComparison.Ordinal
        );
    }
}
