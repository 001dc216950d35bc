using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Autopay.Hosting;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Autopay.Triggers.Operating;
using Microsoft.Extensions.Logging.Abstractions;

namespace Autopay.Tests.App.Runs;

/// <summary>A run over the city that is cut wherever it can be comes to what it would have come to whole.</summary>
public sealed class ResumedRunTests
{
    private static readonly TimeSpan Cut = TimeSpan.Zero;
    private readonly ScratchRunStore store = new();

    [Fact]
    public async Task A_reconcile_that_is_cut_after_each_page_finds_what_a_whole_one_finds()
    {
        await using var world = await SubmittedAsync(accounts: 7);
        world.Bank.Twin(world.Attempt(), IntentStatus.Succeeded);
        world.Bank.Change("pi_2", intent => intent with { Environment = "elsewhere" });
        world.Bank.Change("pi_4", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        var runs = RunsOf(world);

        var (run, turns) = await GoOnAsync(world, runs, RunKind.Reconcile);
        var cut = Report(run);
        var whole = await world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);

        Assert.InRange(turns, 5, int.MaxValue);
        Assert.Equal(RunState.Differs, cut.State);
        Assert.Equal((1, 0), (cut.Cured, whole.Cured));
        Assert.Equal(
            (whole.Theirs, whole.Ours, whole.Matched, whole.Foreign),
            (cut.Theirs, cut.Ours, cut.Matched + cut.Cured, cut.Foreign)
        );
        Assert.Equal(Differences(whole), Differences(cut));
        Assert.Contains(cut.Differences, difference => difference.Kind == DifferenceKind.ChargedTwice);
        Assert.NotNull(world.Controls.Current.Halt);
        Assert.Equal(0, store.PartsOf(run.Id));
    }

    [Fact]
    public async Task A_reconcile_whose_place_another_version_kept_begins_anew()
    {
        await using var world = await SubmittedAsync(accounts: 7);
        var runs = RunsOf(world);
        world.Later(TimeSpan.FromSeconds(1));
        var asked = await runs.BeginAsync(RunKind.Reconcile, "test", null, CancellationToken.None);
        await runs.RunAsync(asked.Id, Cut, CancellationToken.None);
        var cut = (await store.FindAsync(asked.Id, CancellationToken.None))!;
        Assert.NotNull(cut.Run.Kept);
        await store.TrySaveAsync(
            cut,
            cut.Run with
            {
                Kept = cut.Run.Kept.Replace("\"Ranges\"", "\"After\"", StringComparison.Ordinal),
            },
            CancellationToken.None
        );

        var run = await runs.RunAsync(asked.Id, GoOnWithRuns.OneTurn, CancellationToken.None);

        Assert.Equal((RunState.Agrees, 7, 7), (Report(run!).State, Report(run!).Theirs, Report(run!).Matched));
    }

    [Fact]
    public async Task A_check_of_the_books_that_is_cut_after_each_bucket_counts_what_a_whole_one_counts()
    {
        await using var world = await SubmittedAsync(accounts: 9);
        await world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);
        var runs = RunsOf(world);

        var (run, turns) = await GoOnAsync(world, runs, RunKind.Invariants);
        var whole = await world.Verb<CheckInvariants>().RunAsync("test", CancellationToken.None);

        Assert.Equal(Bucket.Count + 1, turns);
        var cut = JsonSerializer.Deserialize<InvariantReport>(run.Answer!.Json, HttpJson.Options)!;
        Assert.Equal((true, 9), (cut.Holds, cut.Accounts));
        Assert.Equal(whole.Invariants, cut.Invariants);
    }

    [Fact]
    public async Task In_a_small_city_nothing_is_kept_on_the_way()
    {
        await using var world = await SubmittedAsync(accounts: 3);

        await RunsOf(world).RunAsync(RunKind.Reconcile, "test", CancellationToken.None);

        Assert.Equal(0, store.Keeps);
        Assert.Equal(RunStep.Done, (await NewestAsync()).Step);
    }

    [Fact]
    public async Task What_a_dead_worker_left_is_taken_up_when_its_lease_is_over_and_not_before()
    {
        await using var world = await SubmittedAsync(accounts: 3);
        var runs = RunsOf(world);
        var asked = await runs.BeginAsync(RunKind.Reconcile, "test", null, CancellationToken.None);
        var entry = (await store.FindAsync(asked.Id, CancellationToken.None))!;
        await store.TrySaveAsync(
            entry,
            entry.Run with
            {
                TakenUntil = world.Now.Utc + RunTurn.Lease,
                Tries = 1,
            },
            CancellationToken.None
        );

        await runs.RemindAsync(CancellationToken.None);
        Assert.Equal(
            RunStep.Going,
            (await runs.RunAsync(asked.Id, GoOnWithRuns.OneTurn, CancellationToken.None))!.Step
        );

        world.Later(RunTurn.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(RunStep.Done, (await runs.RunAsync(asked.Id, GoOnWithRuns.OneTurn, CancellationToken.None))!.Step);
    }

    [Fact]
    public async Task A_run_whose_workers_all_die_ends_as_failed_and_says_so()
    {
        await using var world = await SubmittedAsync();
        var runs = RunsOf(world);
        var asked = await runs.BeginAsync(RunKind.Reconcile, "test", null, CancellationToken.None);
        var entry = (await store.FindAsync(asked.Id, CancellationToken.None))!;
        await store.TrySaveAsync(entry, entry.Run with { Tries = 5 }, CancellationToken.None);
        await store.KeepPartAsync(asked.Id, 0, "{}", CancellationToken.None);

        var run = await runs.RunAsync(asked.Id, GoOnWithRuns.OneTurn, CancellationToken.None);

        Assert.Equal(
            (RunStep.Failed, "Taken 5 times, and it never went on"),
            ((await NewestAsync()).Step, (await NewestAsync()).Failure)
        );
        Assert.Equal((RunStep.Failed, 0), (run!.Step, store.PartsOf(asked.Id)));
    }

    [Fact]
    public async Task Of_two_workers_one_has_the_run()
    {
        await using var world = await SubmittedAsync(accounts: 7);
        var runs = RunsOf(world);
        var asked = await runs.BeginAsync(RunKind.Reconcile, "test", null, CancellationToken.None);

        await runs.RunAsync(asked.Id, Cut, CancellationToken.None);
        var first = (await store.FindAsync(asked.Id, CancellationToken.None))!;
        await store.TrySaveAsync(
            first,
            first.Run with
            {
                TakenUntil = world.Now.Utc + RunTurn.Lease,
            },
            CancellationToken.None
        );

        var second = await runs.RunAsync(asked.Id, GoOnWithRuns.OneTurn, CancellationToken.None);

        Assert.Equal(first.Run.Kept, second!.Kept);
        Assert.Equal(RunStep.Going, (await NewestAsync()).Step);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_kept_as_failed()
    {
        await using var world = await SubmittedAsync();
        var runs = RunsOf(world);
        var asked = await runs.BeginAsync(RunKind.Reconcile, "test", world.Now.Utc.AddDays(1), CancellationToken.None);

        await Assert.ThrowsAsync<RefusedException>(() =>
            runs.RunAsync(asked.Id, GoOnWithRuns.OneTurn, CancellationToken.None)
        );

        Assert.StartsWith("Nothing can be compared", (await NewestAsync()).Failure, StringComparison.Ordinal);
    }

    private GoOnWithRuns RunsOf(ChargingWorld world) =>
        new(
            store,
            [
                new ReconcileRun(world.Verb<Reconcile>(), NullLogger<ReconcileRun>.Instance),
                new InvariantsRun(world.Verb<CheckInvariants>(), NullLogger<InvariantsRun>.Instance),
            ],
            world.Verb<IWorkQueue>(),
            world.Verb<CityClock>()
        );

    private static async Task<(LongRun Run, int Turns)> GoOnAsync(ChargingWorld world, GoOnWithRuns runs, RunKind kind)
    {
        world.Later(TimeSpan.FromSeconds(1));
        var asked = await runs.BeginAsync(kind, "test", null, CancellationToken.None);
        for (var turns = 1; turns < 200; turns++)
        {
            var run = await runs.RunAsync(asked.Id, Cut, CancellationToken.None);
            if (run is { Step: not RunStep.Going })
            {
                return (run, turns);
            }
        }

        throw new InvalidOperationException("The run does not end.");
    }

    private async Task<LongRun> NewestAsync() => await store.ReadNewestAsync(CancellationToken.None).FirstAsync();

    private static ReconcileReport Report(LongRun run) =>
        JsonSerializer.Deserialize<ReconcileReport>(run.Answer!.Json, HttpJson.Options)!;

    private static IEnumerable<(DifferenceKind, string)> Differences(ReconcileReport report) =>
        report.Differences.Select(difference => (difference.Kind, difference.IntentId)).Order();

    private static async Task<ChargingWorld> SubmittedAsync(int accounts = 1)
    {
        var world = await RecoveryTests.DueAsync(accounts);
        await world.SweepAsync();
        world.Later(TimeSpan.FromDays(2));
        return world;
    }
}
