using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Application.Stuck;
using Autopay.Application.Work;
using Autopay.Tests.App.ChargeProtocol;
using static Autopay.Tests.App.Refunds.RefundSteps;

namespace Autopay.Tests.App.Refunds;

/// <summary>
/// Money of a collected debit goes back once, whatever is lost on the way, and every cent stays in one place.
/// </summary>
public sealed class RefundTests
{
    private static readonly ProviderAnswer Lost = new ProviderAnswer.Doubt("the answer is lost");

    [Fact]
    public async Task A_full_refund_reopens_the_bill_blocked_and_nothing_collects_it_again()
    {
        await using var world = await CollectedAsync();

        await AskAsync(world, "r1");
        await world.SweepAsync();
        AnswerRefund(world, RefundState.Paid);
        await world.HearAsync("pi_1");
        await world.SweepAsync();

        Assert.Equal(RefundState.Paid, world.Debit().Refunds.Single().State);
        Assert.Equal(
            (0L, ChargingWorld.Cents),
            (world.Ledger().Bills.Single().Collected.Cents, world.Ledger().Bills.Single().Open.Cents)
        );
        Assert.NotNull(world.Ledger().Bills.Single().Blocked);
        ThenGivenBackOnce(world);
    }

    [Theory]
    [InlineData(StepFault.CrashBefore)]
    [InlineData(StepFault.CrashAfter)]
    [InlineData(StepFault.ErrorWithEffect)]
    [InlineData(StepFault.ErrorWithoutEffect)]
    [Trait("Layer", "L3")]
    internal async Task A_refund_that_breaks_at_any_step_is_given_once(StepFault fault)
    {
        var steps = await RefundAsync(int.MaxValue, StepFault.None);
        Assert.InRange(steps, 8, 80);
        for (var step = 1; step <= steps; step++)
        {
            await RefundAsync(step, fault);
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

    // What cannot be read may be there: neither a second refund nor a failure follows from it.
    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public async Task While_the_list_of_refunds_cannot_be_read_nothing_is_asked_for_and_nothing_given_up(int hours)
    {
        await using var world = await CollectedAsync();
        world.Bank.Answers(Call.Refund, Lost, happens: true);
        await AskAsync(world, "r1");
        await world.WalkAsync();
        world.Bank.PruneKeys();
        world.Later(TimeSpan.FromHours(hours));
        var read = world.Bank.Count(Call.ListRefunds);
        world.Bank.Answers(Call.ListRefunds, new ProviderAnswer.ServerError("500"));

        await world.WalkAsync();

        Assert.Equal((read + 1, 1), (world.Bank.Count(Call.ListRefunds), world.Bank.Count(Call.Refund)));
        Assert.Equal(RefundState.Unknown, world.Debit().Refunds.Single().State);
        world.Later(TimeSpan.FromHours(1));
        await world.SweepAsync();
        ThenGivenBackOnce(world);
    }

    [Fact]
    public async Task What_is_given_back_at_the_provider_of_a_debit_that_left_its_row_long_ago_waits_for_a_person()
    {
        await using var world = await CollectedAsync();
        world.At(new DateOnly(2021, 7, 1));
        await world.BillAsync(ChargingWorld.Id(), "b2", due: new DateOnly(2021, 7, 1));
        await world.SweepAsync(rounds: 1);
        Assert.Single(world.Ledgers.ArchivedOf(ChargingWorld.Id()));

        world.Bank.RefundByHand("pi_1", 1_000);
        await world.HearAsync("pi_1");
        await world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);

        var item = (await world.Verb<ReadStuck>().RunAsync(CancellationToken.None)).Single();
        Assert.Equal(
            ("reconcile:pi_1", "RefundUnseen: 10.00 was given back at the provider, our books show 0.00"),
            (item.Id, item.Reason)
        );
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
        Assert.Equal(
            (ChargingWorld.Cents, null),
            (world.Ledger().Bills.Single().Collected.Cents, world.Ledger().Bills.Single().Blocked)
        );
        Assert.Equal("refund failed", (await world.Verb<ReadStuck>().RunAsync(CancellationToken.None)).Single().Kind);
        var read = world.Verb<ReadWork>();
        Assert.Equal(
            WorkKind.RefundFailed,
            (await read.RunAsync(WorkFilter.All(WorkAudience.Finance), null, null, CancellationToken.None))
                .Items.Single()
                .Kind
        );
        Assert.Empty(
            (await read.RunAsync(WorkFilter.All(WorkAudience.Engineers), null, null, CancellationToken.None)).Items
        );
        Assert.Empty(world.Bank.Refunds);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_refund_that_the_bank_sends_back_leaves_the_books_as_they_were()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1", cents: 1500);
        await world.SweepAsync();

        AnswerRefund(world, RefundState.Failed);
        await world.HearAsync("pi_1");

        Assert.Equal(
            (ChargingWorld.Cents, 0L),
            (world.Ledger().Bills.Single().Collected.Cents, world.Debit().Refunded.Cents)
        );
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
    public async Task What_was_given_back_does_not_come_back_too()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1", cents: 2000);
        await world.SweepAsync();

        world.Bank.Change(
            "pi_1",
            intent => intent with { ReturnedCents = new Money(ChargingWorld.Cents), ReturnedCode = "R10" }
        );
        await world.HearAsync("pi_1");

        Assert.Equal((3000L, 0L), (world.Debit().ReturnedCents.Cents, world.Ledger().Bills.Single().Collected.Cents));
        Worlds.ThenInvariantsHold(world);
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

    private static async Task<int> RefundAsync(int step, StepFault fault)
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

        Assert.Equal(fault != StepFault.None, world.Steps.HasBroken);
        var taken = world.Steps.Taken;
        await world.RestartAsync();
        world.Later();
        await world.SweepAsync();
        ThenGivenBackOnce(world);
        return taken;
    }
}
