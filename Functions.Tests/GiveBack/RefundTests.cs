using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;
using Autopay.Tests.ChargeProtocol;

namespace Autopay.Tests.GiveBack;

/// <summary>Money of a collected debit goes back once, whatever is lost on the way, and every cent stays in one place.</summary>
public sealed class RefundTests
{
    private static readonly ProviderAnswer Lost = new ProviderAnswer.Doubt("the answer is lost");

    [Fact]
    public async Task A_full_refund_reopens_the_bill_blocked_and_nothing_collects_it_again()
    {
        await using var world = await CollectedAsync();

        await AskAsync(world, "r1");
        await world.SweepAsync();
        Settle(world, RefundState.Paid);
        await world.HearAsync("pi_1");
        await world.SweepAsync();

        Assert.Equal(RefundState.Paid, world.Debit().Refunds.Single().State);
        Assert.Equal((0L, ChargingWorld.Cents), (world.Ledger().Bills.Single().Collected.Cents, world.Ledger().Bills.Single().Open.Cents));
        Assert.NotNull(world.Ledger().Bills.Single().Blocked);
        ThenGivenBackOnce(world);
    }

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

        Assert.Equal((0L, 0L, false), (world.Ledger().Credit.Cents, world.Ledger().Bills.Single().Open.Cents, world.Ledger().Funds.Single().WaitsForFinance));
        ThenGivenBackOnce(world);
    }

    [Fact]
    public async Task Money_that_came_in_twice_may_be_kept_as_credit()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        await world.PayAsync(ChargingWorld.Id(), 2000);
        await CollectAsync(world);

        await world.DoAsync(ChargingWorld.Id(), now => new KeepCredit(new PaymentId("p1"), "the customer wants it so", now));

        Assert.Equal(2000, world.Ledger().Credit.Cents);
        Assert.Empty(await world.Verb<ReadStuck>().RunAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(StepFault.CrashBefore)]
    [InlineData(StepFault.CrashAfter)]
    [InlineData(StepFault.ErrorWithEffect)]
    [InlineData(StepFault.ErrorWithoutEffect)]
    [Trait("Layer", "L3")]
    internal async Task A_refund_that_breaks_at_any_step_is_given_once(StepFault fault)
    {
        var steps = await GiveBackAsync(int.MaxValue, StepFault.None);
        for (var step = 1; step <= steps; step++)
        {
            await GiveBackAsync(step, fault);
        }
    }

    [Fact]
    public async Task A_webhook_between_the_request_and_the_walk_does_not_put_the_refund_off()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1");

        await world.HearAsync("pi_1");
        await world.WalkAsync();

        ThenGivenBackOnce(world);
    }

    [Fact]
    public async Task A_lost_answer_is_found_in_the_list_although_its_key_is_pruned()
    {
        await using var world = await CollectedAsync();
        world.Bank.Answers(Call.Refund, Lost, happens: true);
        await AskAsync(world, "r1");
        await world.WalkAsync();
        Assert.Equal(RefundState.Unknown, world.Debit().Refunds.Single().State);

        world.Bank.PruneKeys();
        world.Later(TimeSpan.FromHours(25));
        await world.SweepAsync();

        Assert.Equal(1, world.Bank.Count(Call.Refund));
        ThenGivenBackOnce(world);
    }

    [Fact]
    public async Task An_old_request_that_never_arrived_fails_and_is_never_asked_for_again()
    {
        await using var world = await CollectedAsync();
        world.Bank.Answers(Call.Refund, Lost, happens: false);
        await AskAsync(world, "r1");
        await world.WalkAsync();

        world.Later(TimeSpan.FromHours(25));
        await world.SweepAsync();

        Assert.Equal(RefundState.Failed, world.Debit().Refunds.Single().State);
        Assert.Equal((ChargingWorld.Cents, null), (world.Ledger().Bills.Single().Collected.Cents, world.Ledger().Bills.Single().Blocked));
        Assert.Equal("refund failed", (await world.Verb<ReadStuck>().RunAsync(CancellationToken.None)).Single().Kind);
        Assert.Empty(world.Bank.Refunds);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_refund_that_the_bank_sends_back_leaves_the_books_as_they_were()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1", cents: 1500);
        await world.SweepAsync();

        Settle(world, RefundState.Failed);
        await world.HearAsync("pi_1");

        Assert.Equal((ChargingWorld.Cents, 0L), (world.Ledger().Bills.Single().Collected.Cents, world.Debit().Refunded.Cents));
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_refund_made_at_the_provider_by_hand_is_taken_over()
    {
        await using var world = await CollectedAsync();
        world.Bank.RefundByHand("pi_1", 1200);

        await world.HearAsync("pi_1");
        await world.HearAsync("pi_1");

        Assert.Equal((1200L, 1200L), (world.Debit().Refunded.Cents, world.Ledger().Bills.Single().Open.Cents));
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task The_same_request_again_changes_nothing_and_other_content_is_refused()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1", cents: 1000);

        await AskAsync(world, "r1", cents: 1000);
        Assert.Contains("other content", await RefusedAsync(world, "r1", RefundKind.Refund, 2000), StringComparison.Ordinal);
        Assert.Contains("is left", await RefusedAsync(world, "r2", RefundKind.Refund, 4001), StringComparison.Ordinal);
        Assert.Single(world.Debit().Refunds);
    }

    [Fact]
    public async Task A_reversal_takes_everything_back_within_five_banking_days_and_not_later()
    {
        await using var late = await CollectedAsync();
        late.At(late.Now.Today.AddDays(8));
        Assert.Contains("banking days", await RefusedAsync(late, "r1", RefundKind.Reversal, null), StringComparison.Ordinal);

        await using var world = await CollectedAsync();
        Assert.Contains("whole debit", await RefusedAsync(world, "r1", RefundKind.Reversal, 100), StringComparison.Ordinal);
        await AskAsync(world, "r1", RefundKind.Reversal);
        await world.SweepAsync();

        Assert.Equal(RefundKind.Reversal, world.Debit().Refunds.Single().Kind);
        ThenGivenBackOnce(world);
    }

    [Fact]
    public async Task What_was_given_back_does_not_come_back_too()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1", cents: 2000);
        await world.SweepAsync();

        world.Bank.Change("pi_1", intent => intent with { CameBack = new Money(ChargingWorld.Cents), ComebackCode = "R10" });
        await world.HearAsync("pi_1");

        Assert.Equal((3000L, 0L), (world.Debit().CameBack.Cents, world.Ledger().Bills.Single().Collected.Cents));
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task Only_what_was_collected_can_be_given_back()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();

        Assert.Contains("Submitted", await RefusedAsync(world, "r1", RefundKind.Refund, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restore_nothing_is_given_back_before_every_intent_is_matched()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1");
        await world.ChangeAsync(new ReconcileDemanded(world.Now.Utc.AddDays(-1)));

        await world.SweepAsync();
        Assert.Empty(world.Bank.Refunds);
        await world.ChangeAsync(new Reconciled());
        world.Later(TimeSpan.FromHours(2));
        await world.SweepAsync();

        ThenGivenBackOnce(world);
    }

    internal static async Task<ChargingWorld> CollectedAsync()
    {
        var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        await CollectAsync(world);
        return world;
    }

    private static async Task CollectAsync(ChargingWorld world)
    {
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");
        Assert.Equal(DebitState.Collected, world.Debit().State);
    }

    private static Task AskAsync(ChargingWorld world, string id, RefundKind kind = RefundKind.Refund, long? cents = null) =>
        world.DoAsync(ChargingWorld.Id(), now => new RequestRefund(world.Debit().Id, id, kind, cents is { } it ? new Money(it) : null, "test", now));

    private static async Task<string> RefusedAsync(ChargingWorld world, string id, RefundKind kind, long? cents) =>
        (await Assert.ThrowsAsync<RefusedException>(() => world.Verb<ChangeAccount>().RunAsync(
            ChargingWorld.Id(), now => new RequestRefund(world.Debit().Id, id, kind, cents is { } it ? new Money(it) : null, "test", now), new Authority("test", "test", world.Now.Utc), default))).Message;

    private static void Settle(ChargingWorld world, RefundState state) => world.Bank.Settle(world.Bank.Refunds.Single().RefundId, state);

    private static async Task<int> GiveBackAsync(int step, StepFault fault)
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1");
        world.Steps.Break(step, fault);
        try
        {
            await world.SweepAsync(rounds: 1);
        }
        catch (Exception broken) when (broken is CrashException or IOException)
        {
            // The message comes again.
        }

        var taken = world.Steps.Taken;
        await world.RestartAsync();
        world.Later();
        await world.SweepAsync();
        ThenGivenBackOnce(world);
        return taken;
    }

    private static void ThenGivenBackOnce(ChargingWorld world)
    {
        Assert.Equal(ChargingWorld.Cents, world.Bank.Refunds.Sum(refund => refund.Amount.Cents));
        Assert.Single(world.Bank.Refunds);
        Assert.Equal((ChargingWorld.Cents, true), (world.Debit().Refunded.Cents, world.Debit().Refunds.Single().RefundId is not null));
        Worlds.ThenInvariantsHold(world);
    }
}
