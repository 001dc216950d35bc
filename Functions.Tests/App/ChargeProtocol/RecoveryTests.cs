using Autopay.Application.Ports.Provider;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// The recovery table of the charge protocol, row by row: whatever was lost, the intent decides, and C is 1 in the end.
/// </summary>
public sealed class RecoveryTests
{
    private static readonly ProviderAnswer Lost = new ProviderAnswer.Doubt("the answer is lost");
    private static readonly ProviderAnswer NotYet = new ProviderAnswer.NotYet("429");
    private static readonly ProviderAnswer Broken = new ProviderAnswer.ServerError("500");

    [Fact]
    public async Task A_charge_is_one_create_and_one_confirm_under_keys_that_follow_from_the_debit()
    {
        await using var world = await DueAsync();

        await world.WalkAsync();

        Assert.Equal(["pi-10-0001-1-0001-1", "cf-10-0001-1-0001-1"], world.Bank.Calls.Select(call => call.Key));
        Assert.Equal(DebitState.Submitted, world.Debit().State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_young_planned_attempt_is_created_again_under_its_key(bool happened)
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Create, Lost, happened);

        await world.WalkAsync();
        Assert.Equal(AttemptPhase.Planned, world.Attempt().Phase);
        await world.SweepAsync();

        ThenChargedOnce(world, attempts: 1, intents: 1);
        Assert.Equal(0, world.Bank.Count(Call.List));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task An_old_planned_attempt_is_looked_up_and_never_created_again(bool happened, int attempts)
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Create, Lost, happened);
        await world.WalkAsync();

        world.Bank.PruneKeys();
        world.Later(TimeSpan.FromHours(25));
        await world.SweepAsync();

        ThenChargedOnce(world, attempts, intents: 1);
        Assert.Equal(1, world.Bank.Count(Call.List));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_create_that_answers_5xx_is_looked_up_at_once(bool happened, int attempts)
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Create, Broken, happened);

        await world.SweepAsync();

        ThenChargedOnce(world, attempts, intents: 1);
        Assert.Equal(1, world.Bank.Count(Call.List));
    }

    [Fact]
    public async Task A_list_that_cannot_be_had_proves_nothing()
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Create, Broken, happens: true);
        world.Bank.Answers(Call.List, NotYet);

        await world.WalkAsync();
        Assert.Equal(AttemptPhase.Planned, world.Attempt().Phase);
        await world.SweepAsync();

        ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task A_provider_whose_clock_is_ten_minutes_behind_still_finds_the_intent()
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Create, Broken, happens: true);
        world.Bank.Behind = TimeSpan.FromMinutes(10);

        await world.SweepAsync();

        ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Theory]
    [InlineData(IntentStatus.Processing, DebitState.Submitted)]
    [InlineData(IntentStatus.Succeeded, DebitState.Collected)]
    [InlineData(IntentStatus.Dead, DebitState.RetryScheduled)]
    public async Task A_confirm_whose_answer_is_lost_is_settled_by_the_intent(IntentStatus found, DebitState state)
    {
        await using var world = await DueAsync();
        world.Bank.OnConfirm = intent => Become(intent, found);
        world.Bank.Answers(Call.Confirm, Lost, happens: true);

        await world.SweepAsync();

        Assert.Equal(
            (state, 1, 1),
            (world.Debit().State, world.Debit().Attempts.Count, world.Bank.Count(Call.Confirm))
        );
    }

    [Fact]
    public async Task A_confirm_that_never_arrived_is_cancelled_before_another_attempt()
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Confirm, Lost);

        await world.WalkAsync();
        Assert.Equal(DebitState.Unknown, world.Debit().State);
        await world.SweepAsync();

        ThenChargedOnce(world, attempts: 2, intents: 2);
        Assert.Equal(
            ["pi_1"],
            world
                .Bank.Intents.Where(intent => intent.Status == IntentStatus.Cancelled)
                .Select(intent => intent.IntentId)
        );
    }

    [Fact]
    public async Task An_unknown_attempt_waits_while_its_intent_cannot_be_read()
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Confirm, Lost, happens: true);
        world.Bank.Answers(Call.Read, NotYet, times: 3);

        await world.WalkAsync();
        world.Later();
        await world.WalkAsync();
        Assert.Equal(DebitState.Unknown, world.Debit().State);
        await world.SweepAsync();

        ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task A_locked_attempt_whose_intent_was_cancelled_elsewhere_is_dead_and_followed()
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Confirm, NotYet);
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => intent with { Status = IntentStatus.Cancelled });

        await world.SweepAsync();

        ThenChargedOnce(world, attempts: 2, intents: 2);
    }

    [Fact]
    public async Task A_locked_attempt_goes_on_with_the_same_key()
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Confirm, NotYet);
        await world.WalkAsync();
        Assert.Equal(AttemptPhase.Locked, world.Attempt().Phase);

        await world.SweepAsync();

        ThenChargedOnce(world, attempts: 1, intents: 1);
        Assert.Single(world.Bank.Calls.Where(call => call.Kind == Call.Confirm).Select(call => call.Key).Distinct());
    }

    [Fact]
    public async Task A_refused_intent_is_cancelled_before_the_retry_is_created()
    {
        await using var world = await DueAsync();
        world.Bank.OnConfirm = intent => Become(intent, IntentStatus.Dead);
        await world.WalkAsync();
        world.Bank.OnConfirm = intent => Become(intent, IntentStatus.Processing);
        world.Bank.Answers(Call.Cancel, Broken);
        world.Bank.Calls.Clear();

        world.At(world.Debit().RetryOn!.Value);
        await world.WalkAsync();
        Assert.Equal(0, world.Bank.Count(Call.Create));
        await world.SweepAsync();

        Assert.Equal(
            [Call.Cancel, Call.Create, Call.Confirm],
            world.Bank.Calls.Where(call => call.Kind != Call.Read).Select(call => call.Kind).Skip(1)
        );
        Assert.Equal(DebitState.Submitted, world.Debit().State);
        Assert.Equal(IntentStatus.Cancelled, world.Bank.Intents.First().Status);
    }

    [Fact]
    public async Task A_charge_that_the_provider_does_not_take_goes_on_with_the_new_payment_method_as_soon_as_there_is_one()
    {
        await using var world = await DueAsync();
        world.Bank.Answers(Call.Create, new ProviderAnswer.Rejected("400: no such payment method"), happens: false);
        await world.WalkAsync();
        Assert.NotNull(world.Debit().Discrepancy);

        await world.DoAsync(
            ChargingWorld.Id(),
            now => new Enrol(ChargingWorld.NewEnrolment() with { PaymentMethod = "pm_right" }, now)
        );
        await world.SweepAsync();
        world.Later(TimeSpan.FromHours(1));
        await world.SweepAsync();

        Assert.Equal("pm_right", world.Bank.Charging.Single().PaymentMethod);
        Assert.Null(world.Debit().Discrepancy);
    }

    internal static async Task<ChargingWorld> DueAsync(int accounts = 1)
    {
        var world = new ChargingWorld();
        await world.EnrolAsync(accounts);
        return world;
    }

    internal static IntentReading Become(IntentReading intent, IntentStatus status) =>
        intent with
        {
            Status = status,
            Code = status == IntentStatus.Dead ? "R01" : null,
            Received = status == IntentStatus.Succeeded ? intent.Amount : Money.Zero,
        };

    internal static void ThenChargedOnce(ChargingWorld world, int attempts, int intents)
    {
        Assert.Single(world.Bank.Charging);
        Assert.Equal(
            (DebitState.Submitted, attempts, intents),
            (world.Debit().State, world.Debit().Attempts.Count, world.Bank.Intents.Count)
        );
        Worlds.ThenInvariantsHold(world);
    }
}
