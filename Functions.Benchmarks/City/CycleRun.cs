using Autopay.Benchmarks.Cloud;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.City;

/// <summary>Imports a city, defers its whole cycle, releases and charges it, and settles some webhooks of it.</summary>
public static class CycleRun
{
    public static Task<CycleCounts> RunAsync(CitySlice slice, int webhooks) =>
        RunAsync(slice, webhooks, _ => Task.CompletedTask);

    /// <param name="beside">Done on the same storage before the cycle is deferred, and again after it was
    /// charged.</param>
    public static async Task<CycleCounts> RunAsync(CitySlice slice, int webhooks, Func<BenchmarkWorld, Task> beside)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        await using var scratch = await Scratch.StartAsync();
        return await RunAsync(slice, webhooks, beside, (scratch, clock));
    }

    /// <summary>Over the storage in memory: the same requests, in a fraction of the time.</summary>
    public static Task<CycleCounts> SimulateAsync(CitySlice slice, int webhooks)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        var scratch = Scratch.Simulate(CloudAccount.WithoutLimits(clock));
        return RunAsync(slice, webhooks, _ => Task.CompletedTask, (scratch, clock));
    }

    private static async Task<CycleCounts> RunAsync(
        CitySlice slice,
        int webhooks,
        Func<BenchmarkWorld, Task> beside,
        (Scratch Scratch, SteppingClock Clock) on
    )
    {
        var (scratch, clock) = on;
        var bank = new PromptBank(clock);
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, bank);
        var play = new CityPlay(world, slice);

        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        var import = await world.CountAsync(play.ImportAsync);
        await beside(world);
        world.MoveTo(new DateOnly(2020, 1, 10), 9);
        var defer = await world.CountAsync(play.DeferAsync);
        Require(bank.Calls == 0, "A deferred cycle was charged.");
        world.MoveTo(new DateOnly(2020, 3, 2), 9);
        var clear = await world.CountAsync(play.ClearAsync);
        var plan = await world.CountAsync(play.PlanAsync);
        var agree = await world.CountAsync(play.AgreeAsync);
        Require(bank.Calls == 0, "A cleared cycle was charged before two people had agreed.");
        var charge = await world.CountAsync(play.ChargeAsync);
        var calls = bank.Calls;
        Require(bank.Submitted.Count == play.Debits, $"{bank.Submitted.Count} of {play.Debits} debits were charged.");
        await beside(world);
        world.MoveTo(new DateOnly(2020, 3, 6), 5);
        var (received, mostToRecord) = await RecordOutcomesAsync(world, play, bank, webhooks);
        Require(bank.Submitted.Count == play.Debits - webhooks, "The webhooks were not of submitted intents.");
        return new CycleCounts(slice, play.Debits, import, defer, charge, calls, received, mostToRecord, webhooks)
        {
            Clear = clear,
            Plan = plan,
            Agree = agree,
        };
    }

    private static async Task<(int Received, int MostToRecord)> RecordOutcomesAsync(
        BenchmarkWorld world,
        CityPlay play,
        PromptBank bank,
        int webhooks
    )
    {
        var (received, most) = (0, 0);
        foreach (var intent in bank.Submitted.Order(StringComparer.Ordinal).Take(webhooks))
        {
            bank.Collect(intent);
            received += (await world.CountAsync(() => play.ReceiveAsync(intent))).Requests;
            most = Math.Max(most, (await world.CountAsync(play.RecordOutcomesAsync)).Requests);
        }

        return (received, most);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
