using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Application;

/// <summary>Whose turn a request is, whoever has died or is still at work under its id.</summary>
public sealed class DoOnceTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly DateTimeOffset Now = new(2020, 1, 21, 14, 0, 0, TimeSpan.Zero);
    private static readonly Authority Ann = new("ann", "asked on the phone", Now);
    private static readonly RecordedOperation Wish = new(new ChangeOperation("op", "wish"), "suspend", Ann)
    {
        Path = "/api/accounts/10-0001/suspension",
    };

    private readonly FakeTimeProvider time = new(Now);
    private readonly Operations store = new();
    private readonly ScratchLedgerStore ledgers = new();
    private readonly ScratchReleaseStore releases = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DoOnce Once => new(store, new OperationTraces(ledgers, releases), Clock);

    private CityClock Clock => new(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")));

    [Fact]
    public async Task The_first_request_begins_it_and_keeps_others_away_for_five_minutes()
    {
        var turn = await Once.BeginAsync(Wish, Cancel);

        Assert.Equal((false, false, Now.AddMinutes(5)), (turn.IsAgain, turn.Operation.IsDone, store.Row!.TakenUntil));
        await Once.EndAsync(turn, 200, "done", Cancel);
        var again = await Once.BeginAsync(Wish, Cancel);
        Assert.Equal((true, 200, "done"), (again.IsAgain, again.Operation.Status, again.Operation.Answer));
    }

    [Fact]
    public async Task Who_loses_the_answer_to_its_own_beginning_still_has_the_turn()
    {
        store.LosesAnswers = 1;

        var turn = await Once.BeginAsync(Wish, Cancel);

        Assert.Equal((false, store.Row!.Turn, 2), (turn.IsAgain, turn.Operation.Turn, store.Finds));
    }

    [Fact]
    public async Task The_same_id_for_another_wish_is_refused()
    {
        await Once.BeginAsync(Wish, Cancel);

        var other = Wish with { Operation = new ChangeOperation("op", "another wish") };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Once.BeginAsync(other, Cancel));
        Assert.Contains("was something else: suspend by ann", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_another_request_is_at_it_its_answer_is_waited_for()
    {
        var first = await Once.BeginAsync(Wish, Cancel);
        store.AtFind = finds =>
            finds == 5 ? Once.EndAsync(first, 409, "refused by the rules", Cancel) : Task.CompletedTask;

        var second = await InTimeAsync(Once.BeginAsync(Wish, Cancel));

        Assert.Equal((true, 409, "refused by the rules"), (second.IsAgain, second.Operation.Status, AnswerOf(second)));
        Assert.InRange(time.GetUtcNow() - Now, 3 * Pause, TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task After_twelve_looks_for_the_answer_the_books_tell_that_it_is_done()
    {
        await Once.BeginAsync(Wish, Cancel);
        await SaveTraceAsync("op");

        var second = await InTimeAsync(Once.BeginAsync(Wish, Cancel));

        Assert.Equal((true, 200, null), (second.IsAgain, second.Operation.Status, AnswerOf(second)));
        Assert.Equal((1 + 13, 200), (store.Finds, store.Row!.Status));
    }

    [Fact]
    public async Task What_is_still_under_way_after_forty_looks_is_refused_and_not_begun_again()
    {
        var first = await Once.BeginAsync(Wish, Cancel);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => InTimeAsync(Once.BeginAsync(Wish, Cancel)));

        Assert.Contains("is being done right now", refused.Message, StringComparison.Ordinal);
        Assert.Equal((1 + 40, first.Operation.Turn), (store.Finds, store.Row!.Turn));
    }

    [Fact]
    public async Task A_turn_whose_time_is_over_is_taken_up_by_the_next_request()
    {
        var first = await Once.BeginAsync(Wish, Cancel);
        time.Advance(TimeSpan.FromMinutes(5));

        var second = await Once.BeginAsync(Wish, Cancel);

        Assert.True(second.IsAgain);
        Assert.NotEqual(first.Operation.Turn, second.Operation.Turn);
        Assert.Equal(2, store.Finds);
    }

    [Fact]
    public async Task A_refusal_frees_the_id_unless_an_earlier_request_may_have_done_it()
    {
        await Once.RefuseAsync(await Once.BeginAsync(Wish, Cancel), Cancel);
        Assert.Null(store.Row);

        await Once.LeaveAsync(await Once.BeginAsync(Wish, Cancel), Cancel);
        var again = await Once.BeginAsync(Wish, Cancel);
        await Once.RefuseAsync(again, Cancel);

        Assert.Equal((true, Now), (again.IsAgain, store.Row!.TakenUntil));
    }

    [Fact]
    public async Task What_is_known_as_done_is_not_looked_up_in_the_books_and_what_they_tell_is_recorded()
    {
        var turn = await Once.BeginAsync(Wish, Cancel);
        await SaveTraceAsync("op");
        Assert.Equal(200, (await Once.FindAsync("op", Cancel))!.Status);
        Assert.Equal(200, store.Row!.Status);

        await Once.EndAsync(turn, 202, "by itself", Cancel);

        Assert.Equal((202, 202), ((await Once.FindAsync("op", Cancel))!.Status, store.Row!.Status));
        Assert.Null(await Once.FindAsync("another", Cancel));
    }

    [Theory]
    [InlineData("/api/accounts/10-0001/suspension", "op", true)]
    [InlineData("/api/accounts/10-0001/suspension", "other", false)]
    [InlineData("/api/accounts/10-0002/suspension", "op", false)]
    [InlineData("/api/cycles/1/release-plan", "of the plan", true)]
    [InlineData("/api/cycles/1/release-plan", "op", false)]
    [InlineData("/api/releases/R-1/seal", "of the seal", true)]
    [InlineData("/api/releases/R-1/seal", "of the plan", false)]
    [InlineData("/api/releases/R-2/seal", "of the seal", false)]
    [InlineData("/api/receipts", "op", false)]
    public async Task The_books_tell_of_an_act_where_the_act_itself_is_kept(string path, string id, bool isThere)
    {
        await SaveTraceAsync("op");
        await releases.AddAsync(
            plan => new ReleasePlan(plan, new CycleNumber(1), PlanState.Sealed, Ann with { Operation = "of the plan" })
            {
                Sealed = Ann with { Operation = "of the seal" },
            },
            Cancel
        );

        var operation = Wish with { Path = path, Operation = new ChangeOperation(id, "wish") };

        Assert.Equal(isThere, await new OperationTraces(ledgers, releases).AreThereAsync(operation, Cancel));
    }

    private static string? AnswerOf(OperationTurn turn) => turn.Operation.Answer;

    private async Task SaveTraceAsync(string operation)
    {
        var account = new AccountId("10-0001");
        var opened = AccountLedger.Open(account);
        LedgerEvent suspended = new AccountSuspended(
            new Suspension(SuspensionKind.Frozen, "moved", new DateOnly(2020, 1, 21)),
            "moved"
        );
        var save = new LedgerSave(
            new LedgerEntry(opened, null, null),
            [suspended],
            opened.Apply(suspended),
            null,
            "save",
            Ann with
            {
                Operation = operation,
            }
        );
        await ledgers.SaveAsync(Bucket.Of(account), [save], Cancel);
    }

    // The pauses of whoever waits pass.
    private async Task<OperationTurn> InTimeAsync(Task<OperationTurn> turn)
    {
        for (var pauses = 0; !turn.IsCompleted && pauses < 1_000; pauses++)
        {
            time.Advance(Pause);
            await Task.Yield();
        }

        return await turn;
    }

    private sealed class Operations : IOperationStore
    {
        public RecordedOperation? Row { get; private set; }

        public int Finds { get; private set; }

        public int LosesAnswers { get; set; }

        public Func<int, Task> AtFind { get; set; } = _ => Task.CompletedTask;

        public async Task<RecordedOperation?> FindAsync(string id, CancellationToken cancel)
        {
            await AtFind(++Finds);
            return Row?.Operation.Id == id ? Row : null;
        }

        public Task<RecordedOperation?> TryBeginAsync(RecordedOperation begun, CancellationToken cancel)
        {
            if (begun.Tag != Row?.Tag)
            {
                return Task.FromResult<RecordedOperation?>(null);
            }

            Row = begun with { Tag = $"{begun.Tag}+" };
            return Task.FromResult(LosesAnswers-- > 0 ? null : Row);
        }

        public Task RecordAsync(RecordedOperation done, CancellationToken cancel)
        {
            Row = done;
            return Task.CompletedTask;
        }

        public Task ForgetAsync(RecordedOperation begun, CancellationToken cancel)
        {
            Row = null;
            return Task.CompletedTask;
        }
    }
}
