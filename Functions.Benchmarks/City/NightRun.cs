using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Runs;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Autopay.Benchmarks.Cloud;
using Autopay.Benchmarks.World;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Benchmarks.City;

/// <summary>A nightly run, whole and killed half-way.</summary>
/// <param name="Requests">Of the run that nobody killed.</param>
/// <param name="Killed">Of both instances together, where the first died after half of the requests.</param>
/// <param name="Grown">
/// Bytes of managed memory that the process grew by at most; the books are in it, and the backup is new there.
/// </param>
public sealed record NightCounts(string What, int Requests, TimeSpan Took, TimeSpan Cpu, int Killed, long Grown);

/// <summary>
/// Reconcile and the check of the invariants over a city that was charged. Each request to storage takes 20 ms of the
/// clock, so that a run keeps its place as often as it would on Azure.
/// </summary>
public sealed class NightRun
{
    /// <summary>Of the clock, as on Azure; one after the other, also where the app asks for several at once.</summary>
    public static readonly TimeSpan RequestTakes = TimeSpan.FromMilliseconds(20);

    private readonly SteppingClock clock;
    private readonly Scratch scratch;
    private readonly PromptBank bank;

    private NightRun(SteppingClock clock, Scratch scratch) =>
        (this.clock, this.scratch, bank) = (clock, scratch, new PromptBank(clock));

    /// <param name="emulated">On the emulator: the books are not in this process then.</param>
    public static async Task<IReadOnlyList<NightCounts>> RunAsync(CitySlice slice, bool emulated = false)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        await using var scratch = await Scratch.StartAsync(clock, emulated);
        var night = new NightRun(clock, scratch);
        await night.FillAsync(slice);
        return
        [
            await night.CountAsync("reconcile", RunKind.Reconcile),
            await night.CountAsync("invariants", RunKind.Invariants),
            await night.CountAsync("export", RunKind.Export),
        ];
    }

    private async Task FillAsync(CitySlice slice)
    {
        await using var world = await StartAsync();
        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        await new BooksFill(world).OpenAsync(BooksFill.Accounts(slice));
        world.MoveTo(new DateOnly(2020, 1, 22), 9);
        await new CityPlay(world, slice).RunDueAsync();
        world.MoveTo(new DateOnly(2020, 1, 23), 3);
    }

    private async Task<NightCounts> CountAsync(string what, RunKind kind)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var ended = new CancellationTokenSource();
        var most = MostWhileAsync(before, ended.Token);
        var (usage, _) = await RunAsync(kind, int.MaxValue);
        await ended.CancelAsync();
        var (dead, id) = await RunAsync(kind, usage.Requests / 2);

        // Its lease is over, and a reminder comes.
        clock.Advance(RunTurn.Lease + TimeSpan.FromMinutes(5));
        var (resumed, _) = await RunAsync(kind, int.MaxValue, id);
        return new NightCounts(
            what,
            usage.Requests,
            usage.Took,
            usage.Cpu,
            dead.Requests + resumed.Requests,
            await most
        );
    }

    private async Task<(Usage Usage, string Run)> RunAsync(RunKind kind, int dies, string? known = null)
    {
        await using var world = await StartAsync();
        world.Verb<Mortal>().DieAfter(dies);
        var runs = world.Verb<GoOnWithRuns>();
        var id = known ?? "";
        var usage = await world.CountAsync(async () =>
        {
            try
            {
                id = known ?? (await runs.BeginAsync(kind, "nightly", null, CancellationToken.None)).Id;
                LongRun? run;
                do
                {
                    run = await runs.RunAsync(id, GoOnWithRuns.OneTurn, CancellationToken.None);
                } while (run is { Step: RunStep.Going });
                Require(run is { Step: RunStep.Done }, $"{kind}: {run?.Step} {run?.Failure}");
            }
            catch (Exception) when (world.Verb<Mortal>().IsDead)
            {
                // What it has kept is all that is left of it.
            }
        });
        Require(dies == int.MaxValue || world.Verb<Mortal>().IsDead, $"{kind} was not killed.");
        return (usage, id);
    }

    private async Task<BenchmarkWorld> StartAsync()
    {
        var mortal = new Mortal(() => clock.Advance(RequestTakes));
        return await BenchmarkWorld.StartAsync(
            scratch,
            clock,
            bank,
            [],
            wiring => wiring.AddLogging().AddSingleton(mortal).AddSingleton<HttpPipelinePolicy>(mortal)
        );
    }

    // Of managed memory: the working set is that of the books too.
    private static Task<long> MostWhileAsync(long before, CancellationToken ended) =>
        Memory.MostWhileAsync(() => GC.GetTotalMemory(forceFullCollection: false) - before, ended);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}

/// <summary>After so many requests nothing of this instance reaches the storage any more.</summary>
internal sealed class Mortal(Action passes) : HttpPipelineSynchronousPolicy
{
    private int left = int.MaxValue;

    public bool IsDead => Volatile.Read(ref left) < 0;

    public void DieAfter(int requests) => Volatile.Write(ref left, requests);

    public override void OnSendingRequest(HttpMessage message)
    {
        passes();
        if (Interlocked.Decrement(ref left) < 0)
        {
            throw new InvalidOperationException("The instance is dead.");
        }
    }
}
