using System.Diagnostics;
using System.Globalization;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.World;
using Autopay.Peers.Engines;

namespace Autopay.Peers;

/// <summary>Each engine once, one after the other on one emulator, which is in memory and this round's own.</summary>
internal sealed class Round(int debits, HangfireEngine? postgres)
{
    // Of a debit from its release to its submission: four rows of this size in all (docs/performance.md).
    private static readonly (int Rows, int Bytes) Ours = (4, 6_500);
    private static readonly (int Rows, int Bytes) Theirs = (2, 1_800);

    public async IAsyncEnumerable<Result> RunAsync()
    {
        await using var scratch = await Scratch.StartAsync(inMemory: true);
        yield return await OursAsync(scratch);
        IEngine[] engines =
        [
            new HandLoop(scratch.ConnectionString, "peer-short", waiting: 32),
            new HandLoop(scratch.ConnectionString, "peer-long", waiting: int.MaxValue),
            new WebJobs(scratch.ConnectionString),
            HangfireEngine.InMemory(),
            .. postgres is null ? [] : new IEngine[] { postgres },
        ];
        foreach (var (engine, number) in engines.Select((engine, number) => (engine, number)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"peer{number}");
            var books = await PeerBooks.CreateAsync(scratch.ConnectionString, name, debits);
            yield return await MeasureAsync(engine.Name, scratch, () => engine.RunAsync(books), engine);
            await books.CheckAsync();
        }

        foreach (var (rows, number) in new[] { Ours, Theirs }.Select((rows, number) => (rows, number)))
        {
            var floor = new Floor(scratch.ConnectionString, $"floor{number}", rows);
            yield return await MeasureAsync(floor.Name, scratch, () => floor.RunAsync(debits), null);
        }
    }

    // The whole of it: P0 to P4, two calls of the provider, last looks, history.
    private async Task<Result> OursAsync(Scratch scratch)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        var bank = new PromptBank(clock);
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, bank);
        var play = new CityPlay(world, new CitySlice(debits));
        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        await play.ImportAsync();
        world.MoveTo(new DateOnly(2020, 1, 10), 9);
        await play.DeferAsync();
        world.MoveTo(new DateOnly(2020, 3, 2), 9);
        await play.ClearAsync();
        await play.PlanAsync();
        await play.AgreeAsync();
        var result = await MeasureAsync("ours, release and charge", scratch, play.ChargeAsync, null);
        return bank.Submitted.Count == debits
            ? result
            : throw new InvalidOperationException($"{bank.Submitted.Count} of {debits} debits were charged.");
    }

    private async Task<Result> MeasureAsync(string name, Scratch scratch, Func<Task> run, IEngine? engine)
    {
        var (cpu, elsewhere) = (scratch.CpuTime, engine?.CpuElsewhere ?? TimeSpan.Zero);
        var started = Stopwatch.GetTimestamp();
        await run();
        var took = Stopwatch.GetElapsedTime(started);
        var computed = scratch.CpuTime - cpu + ((engine?.CpuElsewhere ?? TimeSpan.Zero) - elsewhere);
        return new Result(name, debits / took.TotalSeconds, computed.TotalMilliseconds / debits);
    }
}

/// <param name="PerSecond">Debits.</param>
/// <param name="Cpu">Milliseconds of processor time a debit, of engine and store together.</param>
internal sealed record Result(string Name, double PerSecond, double Cpu);
