using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.City;

/// <summary>Imports a city, defers its whole cycle, releases and charges it, and settles some webhooks of it.</summary>
public static class CycleRun
{
    public static Task<CycleCounts> RunAsync(CitySlice slice, int webhooks) => RunAsync(slice, webhooks, _ => Task.CompletedTask);

    /// <param name="first">What is done on the same storage before the city comes in.</param>
    public static async Task<CycleCounts> RunAsync(CitySlice slice, int webhooks, Func<BenchmarkWorld, Task> first)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        var bank = new PromptBank(clock);
        await using var scratch = await Scratch.StartAsync();
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, bank);
        await first(world);
        var play = new CityPlay(world, slice);

        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        var import = await world.CountAsync(play.ImportAsync);
        world.MoveTo(new DateOnly(2020, 1, 10), 9);
        var defer = await world.CountAsync(play.DeferAsync);
        Require(bank.Calls == 0, "A deferred cycle was charged.");
        world.MoveTo(new DateOnly(2020, 3, 2), 9);
        var release = await world.CountAsync(play.ReleaseAsync);
        var calls = bank.Calls;
        Require(bank.Submitted.Count == play.Debits, $"{bank.Submitted.Count} of {play.Debits} debits were charged.");
        world.MoveTo(new DateOnly(2020, 3, 6), 5);
        var (receive, mostToSettle) = await SettleAsync(world, play, bank, webhooks);
        Require(bank.Submitted.Count == play.Debits - webhooks, "The webhooks were not of submitted intents.");
        return new CycleCounts(slice, play.Debits, import, defer, release, calls, receive, mostToSettle, webhooks);
    }

    private static async Task<(Usage Receive, int MostToSettle)> SettleAsync(BenchmarkWorld world, CityPlay play, PromptBank bank, int webhooks)
    {
        var (receive, most) = (default(Usage), 0);
        foreach (var intent in bank.Submitted.Order(StringComparer.Ordinal).Take(webhooks))
        {
            bank.Collect(intent);
            var received = await world.CountAsync(() => play.ReceiveAsync(intent));
            receive = new Usage(receive.Requests + received.Requests, receive.Messages + received.Messages, receive.Took + received.Took);
            most = Math.Max(most, (await world.CountAsync(play.SettleAsync)).Requests);
        }

        return (receive, most);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
