using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>Rows of the fault matrix that are about one account and a provider whose keys grow old.</summary>
public sealed class ProtocolScenarioTests
{
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F08_a_create_whose_answer_was_lost_is_found_after_25_hours_although_its_key_is_pruned()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.KeysLast = TimeSpan.FromHours(24);
        world.Bank.Answers(Call.Create, new ProviderAnswer.Doubt("lost"), happens: true);
        await world.WalkAsync();

        world.Later(TimeSpan.FromHours(25));
        await world.SweepAsync();

        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
        Assert.Equal((1, 1), (world.Bank.Count(Call.Create), world.Bank.Count(Call.List)));
    }

    [Fact]
    [Trait("Layer", "L4")]
    public async Task F47_a_payment_before_the_pre_charge_check_ends_the_attempt_and_what_is_left_is_charged()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, () => world.PayAsync(ChargingWorld.Id(), 2000));

        await world.SweepAsync();

        Assert.Equal(
            (ChargingWorld.Cents - 2000, 0),
            (world.Bank.Charging.Single().Amount.Cents, world.Ledger().Credit.Cents)
        );
        Assert.Equal(
            [AttemptPhase.Abandoned, AttemptPhase.Submitted],
            world.Debit().Attempts.Select(attempt => attempt.Phase)
        );
        Worlds.ThenInvariantsHold(world);
    }

    [Fact]
    public async Task A_debit_that_was_collected_on_its_second_try_and_came_back_is_no_difference()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => intent with { Status = IntentStatus.Dead, Code = "R01" });
        await world.HearAsync("pi_1");
        world.At(new DateOnly(2020, 1, 29));
        await world.SweepAsync(rounds: 1);
        world.Bank.Change(
            "pi_2",
            intent =>
                RecoveryTests.Become(intent, IntentStatus.Succeeded) with
                {
                    ReturnedCents = intent.Amount,
                    ReturnedCode = "R10",
                }
        );
        await world.HearAsync("pi_2");

        var report = await world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);

        Assert.Equal((RunState.Agrees, ChargingWorld.Cents), (report.State, world.Debit().ReturnedCents.Cents));
    }

    [Fact]
    public async Task A_look_that_is_asked_for_during_a_walk_is_not_slept_past_when_the_walk_ends()
    {
        var (schedules, bucket, now) = (new TaggedBucketScheduleStore(), new Bucket(1), DateTimeOffset.UnixEpoch);
        var leased = await schedules.TryWriteAsync(
            await schedules.ReadAsync(bucket, CancellationToken.None) with
            {
                EarliestDue = now,
                LeasedUntil = now.AddMinutes(2),
            },
            CancellationToken.None
        );

        await schedules.BringForwardAsync(bucket, now.AddHours(1), CancellationToken.None);

        Assert.Null(
            await schedules.TryWriteAsync(
                leased! with
                {
                    EarliestDue = null,
                    LeasedUntil = default,
                },
                CancellationToken.None
            )
        );
        Assert.Equal(now, (await schedules.ReadAsync(bucket, CancellationToken.None)).EarliestDue);
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(8, 3)]
    [InlineData(9, 2)]
    [InlineData(18, 4)]
    [InlineData(19, 2)]
    [Trait("Layer", "L4")]
    public void A_debit_saved_under_controls_of_a_moment_ago_by_a_worker_that_died_is_released_within_a_day(
        int seed,
        int stepsBeforeTheClear
    )
    {
        using var simulation = new Simulation(seed);
        simulation.Do(ActKind.Bills, pick: 11, cents: 1000);
        simulation.Do(ActKind.Skip);
        simulation.Do(ActKind.Hold, pick: 35, cents: 24);
        simulation.Do(ActKind.Hold, pick: 29, cents: 24);
        simulation.Do(ActKind.Rearm, steps: stepsBeforeTheClear);
        simulation.Do(ActKind.Freeze, cents: 59, steps: 0);
        simulation.Do(ActKind.Clear, pick: 2);
        simulation.Do(ActKind.Minutes, pick: 5);
        simulation.Do(ActKind.Sweep);
        simulation.Do(ActKind.Crash);

        simulation.CalmDown();

        Assert.Empty(simulation.World.Checks.Violations);
    }
}
