using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.PublicStatus;
using Autopay.Domain.PublicStatus;
using Autopay.Rehearsal.World;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.PublicStatus;

/// <summary>What residents read, also while the storage is away.</summary>
public sealed class ReadStatusTests
{
    private static readonly DateTimeOffset Now = new(2020, 1, 21, 14, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider time = new(Now);
    private readonly Rows rows = new();
    private readonly Kept kept = new();
    private readonly ReadStatus read;

    public ReadStatusTests() => read = Restarted();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_made_anew_each_minute_and_not_more_often()
    {
        Assert.Equal((Now, false), await ReadAsync());
        await rows.HaltAsync();
        Assert.Equal((Now, false), await ReadAsync());
        time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal((Now, false), await ReadAsync());
        Assert.Equal(1, rows.Loads);

        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((Now + Minute, true), await ReadAsync());
        time.Advance(Minute);
        Assert.Equal((Now + 2 * Minute, true), await ReadAsync());
        Assert.Equal(3, rows.Loads);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_it_anew()
    {
        await ReadAsync();
        var back = new FakeTimeProvider(Now - Minute);
        time.AdjustTime(back.GetUtcNow());

        Assert.Equal((Now - Minute, false), await ReadAsync());
        Assert.Equal(2, kept.Saves);
    }

    [Fact]
    public async Task While_one_makes_it_the_others_read_what_was_there()
    {
        await ReadAsync();
        time.Advance(Minute);
        var loaded = rows.Hold();

        var first = read.RunAsync(Cancel);
        Assert.Equal((Now, false), await ReadAsync());
        loaded.SetResult();

        Assert.Equal(Now + Minute, (await first)!.AsOf);
    }

    [Fact]
    public async Task While_the_controls_are_away_the_last_one_stands_and_is_asked_for_once_a_minute()
    {
        await ReadAsync();
        time.Advance(2 * Minute);
        await ReadAsync();
        rows.IsAway = true;
        time.Advance(2 * Minute);

        Assert.Equal((Now + 2 * Minute, false), await ReadAsync());
        Assert.Equal((Now + 2 * Minute, false), await ReadAsync());
        Assert.Equal(3, rows.Loads);
        time.Advance(Minute);
        await ReadAsync();
        Assert.Equal(4, rows.Loads);
    }

    [Fact]
    public async Task A_new_instance_takes_it_out_of_its_blob_and_answers_nothing_where_there_is_none()
    {
        rows.IsAway = true;
        Assert.Null(await read.RunAsync(Cancel));
        kept.IsAway = true;
        Assert.Null(await read.RunAsync(Cancel));
        (rows.IsAway, kept.IsAway) = (false, false);
        Assert.Equal((Now, false), await ReadAsync());

        rows.IsAway = true;
        time.Advance(Minute);
        Assert.Equal(Now, (await Restarted().RunAsync(Cancel))!.AsOf);
    }

    [Fact]
    public async Task One_that_is_a_day_old_is_no_answer()
    {
        await ReadAsync();
        rows.IsAway = true;

        time.Advance(ReadStatus.Oldest - TimeSpan.FromTicks(1));
        Assert.Equal((Now, false), await ReadAsync());
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await read.RunAsync(Cancel));
    }

    [Fact]
    public async Task It_is_kept_every_five_minutes_and_again_at_once_when_that_failed()
    {
        await read.RefreshAsync(Cancel);
        await read.RefreshAsync(Cancel);
        time.Advance(5 * Minute - TimeSpan.FromTicks(1));
        await read.RefreshAsync(Cancel);
        Assert.Equal((1, Now), (kept.Saves, kept.Status!.AsOf));

        time.Advance(TimeSpan.FromTicks(1));
        kept.IsAway = true;
        await read.RefreshAsync(Cancel);
        kept.IsAway = false;
        await read.RefreshAsync(Cancel);
        Assert.Equal((3, Now + 5 * Minute), (kept.Saves, kept.Status.AsOf));
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_waited_for_three_seconds()
    {
        await ReadAsync();
        time.Advance(Minute);
        rows.Hold();

        var waiting = read.RunAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(Now, (await waiting)!.AsOf);
    }

    [Fact]
    public async Task Who_hangs_up_is_not_answered_out_of_the_blob()
    {
        using var hungUp = new CancellationTokenSource();
        rows.Hold();

        var waiting = read.RunAsync(hungUp.Token);
        await hungUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, kept.Finds);
    }

    private ReadStatus Restarted() =>
        new(
            rows,
            kept,
            [new CycleName(1, "North", "")],
            new CityClock(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")))
        );

    private async Task<(DateTimeOffset, bool)> ReadAsync()
    {
        var status = (await read.RunAsync(Cancel))!;
        Assert.Equal(1, Assert.Single(status.Cycles).Cycle.Value);
        return (status.AsOf, status.IsHalted);
    }

    /// <summary>The row of the controls: there, away, or slow.</summary>
    private sealed class Rows : IControlsStore
    {
        private readonly ScratchControlsStore inner = new(new Policies());
        private TaskCompletionSource? held;

        public bool IsAway { get; set; }

        public int Loads { get; private set; }

        public TaskCompletionSource Hold() => held = new TaskCompletionSource();

        public async Task HaltAsync()
        {
            var (before, halted) = (await inner.LoadAsync(Cancel), new ChargingHalted());
            var ann = new Authority("ann", "test", Now);
            await inner.TrySaveAsync(before, before.Controls.Change(halted, ann), new ControlAct(halted, ann), Cancel);
        }

        public async Task<ControlsEntry> LoadAsync(CancellationToken cancel)
        {
            Loads++;
            await (held?.Task.WaitAsync(cancel) ?? Task.CompletedTask);
            return IsAway ? throw new IOException("away") : await inner.LoadAsync(cancel);
        }

        public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) => LoadAsync(cancel);

        public Task<bool> TrySaveAsync(
            ControlsEntry before,
            Controls after,
            ControlAct act,
            CancellationToken cancel
        ) => throw new NotSupportedException();

        public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
            throw new NotSupportedException();
    }

    private sealed class Kept : IStatusStore
    {
        public CityStatus? Status { get; private set; }

        public bool IsAway { get; set; }

        public int Saves { get; private set; }

        public int Finds { get; private set; }

        public Task SaveAsync(CityStatus status, CancellationToken cancel)
        {
            Saves++;
            Status = IsAway ? throw new IOException("away") : status;
            return Task.CompletedTask;
        }

        public Task<CityStatus?> FindAsync(CancellationToken cancel)
        {
            Finds++;
            return IsAway ? throw new IOException("away") : Task.FromResult(Status);
        }
    }
}
