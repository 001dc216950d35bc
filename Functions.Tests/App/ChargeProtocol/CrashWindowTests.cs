namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// The windows of the charge protocol by name: the process dies in exactly that one, another one goes on, and C is 1.
/// </summary>
[Trait("Layer", "L3")]
public sealed class CrashWindowTests
{
    private const int MostSteps = 100;

    [Fact]
    public async Task F01_before_P0_is_committed_nothing_has_changed()
    {
        await using var world = await DiedAsync(StepFault.CrashBefore, IsPlanned);

        Assert.Equal(
            (DebitState.Scheduled, 0, 0),
            (world.Debit().State, world.Debit().Attempts.Count, world.Bank.Calls.Count)
        );
        await ThenAnotherChargesOnceAsync(world);
    }

    [Fact]
    public async Task F03_after_P0_and_before_P1_the_attempt_is_resumed()
    {
        await using var world = await DiedAsync(StepFault.CrashAfter, IsPlanned);

        Assert.Equal(
            (DebitState.Charging, AttemptPhase.Planned, 0),
            (world.Debit().State, world.Attempt().Phase, world.Bank.Calls.Count)
        );
        await ThenAnotherChargesOnceAsync(world);
        Assert.Equal(1, world.Bank.Count(Call.Create));
    }

    [Fact]
    public async Task F05_a_walk_that_is_done_and_whose_message_comes_again_does_nothing_more()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        var before = (world.Ledger(), world.Bank.Calls.Count);
        await world.RestartAsync();

        await world.WalkAsync();

        Assert.Equal(before, (world.Ledger(), world.Bank.Calls.Count));
        await ThenAnotherChargesOnceAsync(world);
    }

    [Fact]
    public async Task F06_when_the_create_never_arrived_it_is_repeated_under_the_same_key()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Meanwhile(Call.Create, world.Steps.DieAsync);
        await TryAsync(() => world.WalkAsync());

        Assert.Empty(world.Bank.Intents);
        await ThenAnotherChargesOnceAsync(world);
        var keys = world.Bank.Calls.Where(call => call.Kind == Call.Create).Select(call => call.Key).ToList();
        Assert.Equal((2, 1), (keys.Count, keys.Distinct().Count()));
    }

    [Fact]
    public async Task F10_after_P2_and_before_the_confirm_the_intent_is_read_and_confirmed()
    {
        await using var world = await DiedAsync(
            StepFault.CrashAfter,
            world => world.Debit().LastAttempt?.Phase == AttemptPhase.Locked
        );

        Assert.Equal(0, world.Bank.Count(Call.Confirm));
        world.Bank.Calls.Clear();
        await ThenAnotherChargesOnceAsync(world);
        Assert.Equal([Call.Read, Call.Confirm], world.Bank.Calls.Select(call => call.Kind));
    }

    [Fact]
    public async Task F25_a_handler_that_dies_after_its_write_has_nothing_left_to_do()
    {
        await using var world = await DiedAsync(
            StepFault.CrashAfter,
            world => world.Debit().State == DebitState.Collected,
            SubmittedAsync,
            world => world.HearAsync("pi_1")
        );
        var before = world.Ledger();
        await world.RestartAsync();

        await world.HearAsync("pi_1");

        Assert.Equal(before, world.Ledger());
        Worlds.ThenInvariantsHold(world);
    }

    private static bool IsPlanned(ChargingWorld world) => world.Debit().Attempts.Count > 0;

    private static Task<ChargingWorld> DiedAsync(StepFault fault, Func<ChargingWorld, bool> committed) =>
        DiedAsync(fault, committed, () => RecoveryTests.DueAsync(), world => world.WalkAsync());

    /// <summary>A world whose process died right before or right after the step that makes this true.</summary>
    private static async Task<ChargingWorld> DiedAsync(
        StepFault fault,
        Func<ChargingWorld, bool> committed,
        Func<Task<ChargingWorld>> start,
        Func<ChargingWorld, Task> work
    )
    {
        for (var step = 1; step < MostSteps; step++)
        {
            var world = await start();
            world.Steps.Break(step, StepFault.CrashAfter);
            await TryAsync(() => work(world));
            if (!committed(world))
            {
                await world.DisposeAsync();
            }
            else if (fault == StepFault.CrashAfter)
            {
                return world;
            }
            else
            {
                await world.DisposeAsync();
                var before = await start();
                before.Steps.Break(step, fault);
                await TryAsync(() => work(before));
                return before;
            }
        }

        throw new InvalidOperationException("No step makes it true.");
    }

    private static async Task<ChargingWorld> SubmittedAsync()
    {
        var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        return world;
    }

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (CrashException)
        {
            // The process is gone; what it committed stays.
        }
    }

    private static async Task ThenAnotherChargesOnceAsync(ChargingWorld world)
    {
        await world.RestartAsync();
        world.Later();
        await world.SweepAsync();
        RecoveryTests.ThenChargedOnce(world, attempts: 1, intents: 1);
    }
}
