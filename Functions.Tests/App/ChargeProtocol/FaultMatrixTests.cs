using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// Rows of the fault matrix that need no real process and have no test of their own elsewhere in this folder.
/// </summary>
[Trait("Layer", "L2")]
public sealed class FaultMatrixTests
{
    private static readonly ProviderAnswer Misused = new ProviderAnswer.KeyMisused("same key, other parameters");

    [Fact]
    public async Task F04_a_second_worker_with_the_same_message_charges_nothing_more()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => world.WalkAsync());
        world.Bank.Meanwhile(Call.Confirm, () => world.WalkAsync());

        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Fact]
    public async Task F09_an_intent_that_was_created_twice_is_never_confirmed_twice()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, new ProviderAnswer.Doubt("lost"), happens: true);
        await world.WalkAsync();
        world.Bank.Twin(world.Attempt(), IntentStatus.Untouched);

        world.Later(TimeSpan.FromHours(25));
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 2);
    }

    [Fact]
    public async Task F12_a_stored_500_is_not_repeated_blindly()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.ServerError("500"), happens: true);

        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
        Assert.Equal(1, world.Bank.Count(Call.Confirm));
    }

    [Fact]
    public async Task F13_a_key_in_use_elsewhere_is_a_doubt_and_the_intent_decides()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Doubt("409 key in use"), happens: true);

        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }

    [Theory]
    [InlineData(Call.Create, AttemptPhase.Planned)]
    [InlineData(Call.Confirm, AttemptPhase.Locked)]
    internal async Task F14_a_misused_key_stops_the_debit_and_puts_it_on_the_stuck_list(Call call, AttemptPhase stays)
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(call, Misused);

        await world.WalkAsync();
        world.Bank.Calls.Clear();
        await world.SweepAsync();

        Assert.Equal(
            (DebitState.Charging, stays, true),
            (world.Debit().State, world.Attempt().Phase, world.Debit().Stopped)
        );
        Assert.Contains("idempotency error", world.Debit().Discrepancy, StringComparison.Ordinal);
        Assert.Empty(world.Bank.Calls);
        Assert.Empty(world.Bank.Charging);
    }

    [Fact]
    public async Task F15_429_for_ten_minutes_burns_nothing()
    {
        await using var world = await RecoveryTests.DueAsync(accounts: 3);
        world.Bank.Answers(Call.Create, new ProviderAnswer.NotYet("429"), times: 9);

        await world.SweepAsync();

        Assert.Equal(3, world.Bank.Charging.Count());
        Assert.All(world.Ledgers.Ledgers, ledger => Assert.Single(ledger.Debits.Single().Attempts));
    }

    [Fact]
    public async Task F18_what_the_provider_does_not_take_is_odd_and_waits_for_a_person()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, new ProviderAnswer.Rejected("400: no such customer"), times: 2);

        await world.WalkAsync();

        Assert.Equal((DebitState.Charging, false), (world.Debit().State, world.Debit().Stopped));
        Assert.Contains("no such customer", world.Debit().Discrepancy, StringComparison.Ordinal);
        Assert.Empty(world.Bank.Charging);
    }

    [Theory]
    [InlineData("R01", DebitState.RetryScheduled, false)]
    [InlineData("R02", DebitState.Uncollected, true)]
    [InlineData("R08", DebitState.Uncollected, false)]
    [InlineData("R10", DebitState.Uncollected, true)]
    [InlineData("card_declined", DebitState.Uncollected, false)]
    public async Task F18_a_no_ends_or_retries_by_its_code(string code, DebitState ends, bool suspends)
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => intent with { Status = IntentStatus.Dead, Code = code });

        await world.HearAsync("pi_1");
        await world.SweepAsync();

        Assert.Equal((ends, suspends), (world.Debit().State, world.Ledger().Suspension is not null));
        Assert.Equal(1, world.Bank.Count(Call.Confirm));
        Worlds.ThenInvariantsHold(world);
    }

    [Theory]
    [InlineData(IntentStatus.Cancelled)]
    [InlineData(IntentStatus.RequiresAction)]
    public async Task Requires_action_is_cancelled_before_it_is_declined(IntentStatus afterFirstCancel)
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.OnConfirm = intent => intent with { Status = IntentStatus.RequiresAction };
        if (afterFirstCancel == IntentStatus.RequiresAction)
        {
            world.Bank.Answers(Call.Cancel, new ProviderAnswer.ServerError("500"));
        }

        await world.WalkAsync();
        Assert.Equal(
            afterFirstCancel == IntentStatus.Cancelled ? DebitState.Declined : DebitState.Unknown,
            world.Debit().State
        );
        await world.SweepAsync();

        Assert.Equal(
            (DebitState.Declined, IntentStatus.Cancelled),
            (world.Debit().State, world.Bank.Intents.Single().Status)
        );
        Assert.NotNull(world.Ledger().Suspension);
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task F19_F21_a_bank_that_says_nothing_is_asked_from_the_fifth_banking_day_on()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));

        world.At(new DateOnly(2020, 1, 28));
        await world.SweepAsync(rounds: 1);
        Assert.Equal(DebitState.Submitted, world.Debit().State);
        world.At(new DateOnly(2020, 1, 29), hour: 13);
        await world.SweepAsync(rounds: 1);

        Assert.Equal(DebitState.Collected, world.Debit().State);
        Assert.Equal(1, world.Bank.Count(Call.Confirm));
    }

    [Theory]
    [InlineData(IntentStatus.Processing, DebitState.Submitted)]
    [InlineData(IntentStatus.Succeeded, DebitState.Collected)]
    [InlineData(IntentStatus.Dead, DebitState.RetryScheduled)]
    public async Task F22_a_webhook_that_overtakes_the_answer_changes_nothing(IntentStatus heard, DebitState ends)
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.OnConfirm = intent => RecoveryTests.Become(intent, heard);
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Doubt("lost"), happens: true);
        world.Bank.Meanwhile(
            Call.Read,
            async () => Assert.Equal(RecordingResult.Applied, await world.HearAsync("pi_1"))
        );

        await world.SweepAsync();

        Assert.Equal((ends, 1), (world.Debit().State, world.Debit().Attempts.Count));
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task F47_a_payment_before_the_pre_charge_check_ends_the_attempt_and_makes_the_charge_smaller()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => world.PayAsync(ChargingWorld.Id(), 2000));

        await world.SweepAsync();

        Assert.Equal(
            (3000, 0, 2),
            (world.Bank.Charging.Single().Amount.Cents, world.Ledger().Credit.Cents, world.Debit().Attempts.Count)
        );
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task N12_an_intent_that_collected_another_amount_than_its_attempt_is_listed_and_moves_no_state()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        var before = world.Ledger();
        world.Bank.Change(
            "pi_1",
            intent => RecoveryTests.Become(intent, IntentStatus.Succeeded) with { Received = new Money(1) }
        );

        await world.HearAsync("pi_1");

        Assert.Contains("collected 0.01", world.Debit().Discrepancy, StringComparison.Ordinal);
        Assert.Equal(
            (before.Debits[0].State, before.Bills[0], before.Credit),
            (world.Debit().State, world.Ledger().Bills[0], world.Ledger().Credit)
        );
    }

    [Fact]
    public async Task F47_a_payment_after_the_lock_becomes_credit()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Confirm, () => world.PayAsync(ChargingWorld.Id(), 2000));

        await world.SweepAsync();

        Assert.Equal(
            (ChargingWorld.Cents, 2000),
            (world.Bank.Charging.Single().Amount.Cents, world.Ledger().Credit.Cents)
        );
        Worlds.ThenInvariantsHold(world);
    }
}
