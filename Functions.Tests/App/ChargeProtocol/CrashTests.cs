namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// L3: the process dies before or after each single step that leaves it, or a step fails with or without its effect. A
/// new process sweeps, and every debit is charged exactly once.
/// </summary>
public sealed class CrashTests
{
    private const int Accounts = 6;

    [Theory]
    [InlineData(StepFault.CrashBefore)]
    [InlineData(StepFault.CrashAfter)]
    [InlineData(StepFault.ErrorWithEffect)]
    [InlineData(StepFault.ErrorWithoutEffect)]
    internal async Task A_release_that_breaks_at_any_step_charges_every_debit_once(StepFault fault)
    {
        var steps = await ReleaseAsync(int.MaxValue, StepFault.None);
        Assert.InRange(steps, 40, 400);

        for (var step = 1; step <= steps; step++)
        {
            await ReleaseAsync(step, fault);
        }
    }

    [Theory]
    [InlineData(StepFault.CrashBefore)]
    [InlineData(StepFault.CrashAfter)]
    internal async Task A_recovery_that_breaks_too_is_recovered(StepFault fault)
    {
        for (var step = 10; step <= 60; step += 5)
        {
            for (var second = 1; second <= 40; second += 3)
            {
                await ReleaseAsync(step, fault, second);
            }
        }
    }

    private static async Task<int> ReleaseAsync(int step, StepFault fault, int secondStep = int.MaxValue)
    {
        await using var world = new ChargingWorld();
        await world.HoldAsync();
        await world.EnrolAsync(Accounts);
        await world.SweepAsync(rounds: 1);
        await world.ClearAsync();

        world.Steps.Break(step, fault);
        await TryAsync(world);
        var taken = world.Steps.Taken;
        await world.RestartAsync();
        world.Later();
        world.Steps.Break(secondStep, fault);
        await TryAsync(world);
        await world.RestartAsync();
        world.Later();
        await world.SweepAsync();

        ThenAllAreChargedOnce(world, $"step {step}, {fault}, then step {secondStep}");
        return taken;
    }

    private static async Task TryAsync(ChargingWorld world)
    {
        try
        {
            await world.SweepAsync(rounds: 1);
        }
        catch (Exception broken) when (IsOfTheFault(broken))
        {
            // The message was not deleted, or the process is gone: the sweep comes again.
        }
    }

    // Or of each account of a page that broke.
    private static bool IsOfTheFault(Exception broken) =>
        broken is CrashException or IOException
        || (broken is AggregateException all && all.InnerExceptions.All(IsOfTheFault));

    private static void ThenAllAreChargedOnce(ChargingWorld world, string when)
    {
        var charged = world.Bank.Charging.GroupBy(intent => intent.DebitId).ToList();
        Assert.True(
            charged.Count == Accounts && charged.All(debit => debit.Count() == 1),
            $"{when}: {string.Join(", ", charged.Select(debit => $"{debit.Key} {debit.Count()}"))}"
        );
        Assert.All(world.Ledgers.Ledgers, ledger => Assert.Equal(DebitState.Submitted, ledger.Debits.Single().State));
        Worlds.ThenInvariantsHold(world);
    }
}
