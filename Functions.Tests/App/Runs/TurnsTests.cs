using Autopay.Application;
using Autopay.Application.Runs;
using Autopay.Tests.App.Hints;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Runs;

/// <summary>Who has a run, for how long, and what becomes of it when a turn is over.</summary>
public sealed class TurnsTests
{
    private static readonly DateTimeOffset Now = new(2020, 1, 21, 14, 0, 0, TimeSpan.Zero);
    private static readonly RunProgress Some = new(3, 64, "buckets");
    private readonly FakeTimeProvider time = new(Now);
    private readonly ScratchRunStore store = new();
    private readonly HintQueue queue = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_asked_for_is_done_by_a_message()
    {
        var run = await Runs((_, _) => Done()).AskAsync(RunKind.Reconcile, "ann", Cancel);

        Assert.Equal([run.Id], queue.Runs);
        Assert.Equal(("ann", Now, RunStep.Going), (run.By, run.AskedAt, run.Step));
        Assert.Null(await Runs((_, _) => Done()).RunAsync("another", GoOnWithRuns.OneTurn, Cancel));
    }

    [Fact]
    public async Task Whoever_takes_a_run_has_it_for_three_minutes_and_it_counts_as_a_try()
    {
        LongRun? seen = null;
        var run = await RunAsync(
            (run, turn) =>
            {
                seen = run;
                return Done();
            }
        );

        Assert.Equal((Now + RunTurn.Lease, 1), (seen!.TakenUntil, seen.Tries));
        Assert.Equal((RunStep.Done, 200, null), (run.Step, run.Answer!.Status, run.TakenUntil));
        Assert.Equal(Now, run.EndedAt);
    }

    [Fact]
    public async Task Ten_seconds_pass_between_two_keeps_and_each_keep_renews_the_lease()
    {
        var due = new List<bool>();
        var run = await RunAsync(
            async (run, turn) =>
            {
                due.Add(turn.IsDue);
                time.Advance(RunTurn.KeepEvery - TimeSpan.FromTicks(1));
                due.Add(turn.IsDue);
                time.Advance(TimeSpan.FromTicks(1));
                due.Add(turn.IsDue);
                await turn.KeepAsync(Some, "half", Cancel);
                due.Add(turn.IsDue);
                var kept = (await store.FindAsync(run.Id, Cancel))!.Run;
                Assert.Equal((Some, "half", 0), (kept.Progress, kept.Kept, kept.Tries));
                Assert.Equal(time.GetUtcNow() + RunTurn.Lease, kept.TakenUntil);
                Assert.Equal("half", turn.Kept);
                time.Advance(RunTurn.KeepEvery);
                due.Add(turn.IsDue);
                return new RunAnswer(200, "{}");
            }
        );

        Assert.Equal([false, false, true, false, true], due);
        Assert.Equal((RunStep.Done, null), (run.Step, run.Kept));
    }

    [Fact]
    public async Task A_turn_that_is_shorter_than_the_time_between_two_keeps_ends_with_its_first_keep()
    {
        var turnLasts = TimeSpan.FromSeconds(4);
        var run = await RunAsync(
            async (run, turn) =>
            {
                time.Advance(turnLasts - TimeSpan.FromTicks(1));
                Assert.False(turn.IsDue);
                time.Advance(TimeSpan.FromTicks(1));
                Assert.True(turn.IsDue);
                await turn.KeepAsync(Some, "half", Cancel);
                throw new InvalidOperationException("The turn was not over.");
            },
            turnLasts
        );

        Assert.Equal((RunStep.Going, "half", null), (run.Step, run.Kept, run.TakenUntil));
        Assert.Equal([run.Id], queue.Runs);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_renewed_so_that_nobody_else_takes_it()
    {
        await RunAsync(
            async (run, turn) =>
            {
                await turn.RenewAsync(Some, Cancel);
                Assert.Equal(RunProgress.None, (await store.FindAsync(run.Id, Cancel))!.Run.Progress);
                time.Advance(RunTurn.KeepEvery);
                await turn.RenewAsync(Some, Cancel);
                var renewed = (await store.FindAsync(run.Id, Cancel))!.Run;
                Assert.Equal((Some, time.GetUtcNow() + RunTurn.Lease), (renewed.Progress, renewed.TakenUntil));
                Assert.Null(renewed.Kept);
                Assert.False(turn.IsDue);
                time.Advance(RunTurn.KeepEvery);
                Assert.True(turn.IsDue);
                return new RunAnswer(200, "{}");
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_lost_the_run_to_another_ends_without_a_word_and_hands_nothing_over(bool keeps)
    {
        var run = await RunAsync(
            async (run, turn) =>
            {
                var entry = (await store.FindAsync(run.Id, Cancel))!;
                await store.TrySaveAsync(entry, entry.Run with { Kept = "of another worker" }, Cancel);
                time.Advance(RunTurn.KeepEvery);
                await (keeps ? turn.KeepAsync(Some, "mine", Cancel) : turn.RenewAsync(Some, Cancel));
                throw new InvalidOperationException("It was not seen.");
            }
        );

        Assert.Empty(queue.Runs);
        Assert.Equal(RunStep.Going, run.Step);
        Assert.Equal("of another worker", (await store.FindAsync(run.Id, Cancel))!.Run.Kept);
    }

    [Fact]
    public async Task Work_that_is_cancelled_is_handed_over_and_work_that_fails_is_kept_as_failed()
    {
        using var stop = new CancellationTokenSource();
        var runs = Runs(
            (_, _) =>
            {
                stop.Cancel();
                throw new OperationCanceledException(stop.Token);
            }
        );
        var asked = await runs.BeginAsync(RunKind.Reconcile, "ann", null, Cancel);
        var cut = await runs.RunAsync(asked.Id, GoOnWithRuns.OneTurn, stop.Token);
        Assert.Equal((RunStep.Going, null), (cut!.Step, cut.TakenUntil));
        Assert.Equal([asked.Id], queue.Runs);
        Assert.Equal(cut, (await store.FindAsync(asked.Id, Cancel))!.Run);

        await store.KeepPartAsync(asked.Id, 0, "{}", Cancel);
        await Assert.ThrowsAsync<IOException>(() =>
            Runs((_, _) => throw new IOException("away")).RunAsync(asked.Id, GoOnWithRuns.OneTurn, Cancel)
        );
        var failed = (await store.FindAsync(asked.Id, Cancel))!.Run;
        Assert.Equal((RunStep.Failed, "away", Now), (failed.Step, failed.Failure, failed.EndedAt));
        Assert.Equal(0, store.PartsOf(asked.Id));
    }

    [Fact]
    public async Task Parts_are_kept_for_the_next_turn_and_a_whole_turn_keeps_none()
    {
        await RunAsync(
            async (run, turn) =>
            {
                await turn.KeepPartAsync(1, "one", Cancel);
                await turn.KeepPartAsync(2, "two", Cancel);
                Assert.Equal(["one", "two"], await turn.ReadPartsAsync(Cancel).ToListAsync(Cancel));
                Assert.True(turn.Keeps);
                return new RunAnswer(200, "{}");
            }
        );

        var whole = RunTurn.Whole;
        await whole.KeepPartAsync(1, "one", Cancel);
        await whole.KeepAsync(Some, "half", Cancel);
        await whole.RenewAsync(Some, Cancel);
        Assert.Empty(await whole.ReadPartsAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal((false, false, null), (whole.Keeps, whole.IsDue, whole.Kept));
    }

    [Fact]
    public async Task Reminded_is_what_goes_on_and_nobody_has()
    {
        var runs = Runs((_, _) => Done());
        var ended = await runs.BeginAsync(RunKind.Reconcile, "ann", null, Cancel);
        await runs.RunAsync(ended.Id, GoOnWithRuns.OneTurn, Cancel);
        var (taken, free) = (await LeftAsync(runs, RunTurn.Lease), await LeftAsync(runs, TimeSpan.Zero));

        await runs.RemindAsync(Cancel);
        Assert.Equal([free], queue.Runs);

        time.Advance(RunTurn.Lease);
        queue.Runs.Clear();
        await runs.RemindAsync(Cancel);
        Assert.Equal([taken, free], queue.Runs.Order());
    }

    [Fact]
    public async Task Only_the_newest_twenty_are_reminded()
    {
        var runs = Runs((_, _) => Done());
        var asked = new List<string>();
        for (var number = 0; number < 22; number++)
        {
            asked.Add((await runs.BeginAsync(RunKind.Reconcile, "ann", null, Cancel)).Id);
        }

        await runs.RemindAsync(Cancel);

        Assert.Equal(asked.Skip(2), queue.Runs.Order());
    }

    private static Task<RunAnswer> Done() => Task.FromResult(new RunAnswer(200, "{}"));

    private async Task<LongRun> RunAsync(Func<LongRun, RunTurn, Task<RunAnswer>> work, TimeSpan? turn = null)
    {
        var runs = Runs(work);
        var asked = await runs.BeginAsync(RunKind.Reconcile, "ann", null, Cancel);
        return (await runs.RunAsync(asked.Id, turn ?? GoOnWithRuns.OneTurn, Cancel))!;
    }

    private async Task<string> LeftAsync(GoOnWithRuns runs, TimeSpan lease)
    {
        var left = await runs.BeginAsync(RunKind.Reconcile, "ann", null, Cancel);
        var entry = (await store.FindAsync(left.Id, Cancel))!;
        await store.TrySaveAsync(entry, left with { TakenUntil = Now + lease }, Cancel);
        return left.Id;
    }

    private GoOnWithRuns Runs(Func<LongRun, RunTurn, Task<RunAnswer>> work) =>
        new(
            store,
            [new Work(work)],
            queue,
            new CityClock(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")))
        );

    private sealed class Work(Func<LongRun, RunTurn, Task<RunAnswer>> work) : IRunWork
    {
        public RunKind Kind => RunKind.Reconcile;

        public Task<RunAnswer> RunAsync(LongRun run, RunTurn turn, CancellationToken cancel) => work(run, turn);
    }
}
