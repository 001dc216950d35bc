using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>Who has a bucket, for how long, and what is left of it in whatever way it ends.</summary>
public sealed class BucketLeaseTests
{
    private static readonly Bucket Three = new(3);
    private readonly VirtualClock time = new(new DateTimeOffset(2020, 1, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly ContendedSchedules schedules = new();
    private readonly ProcessingOptions options = new();

    private CityClock Clock => new(time, ChargingWorld.City);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_walk_that_came_to_its_end_leaves_nothing_to_take_over()
    {
        await using (var lease = await TakeAsync())
        {
            await lease.FinishAsync(null, 4, time.GetUtcNow());
        }

        var row = await RowAsync();
        Assert.Equal(
            (default, null, false, 4),
            (row.LeasedUntil, row.LeasedBy, row.WasCut, row.ScannedControlsVersion)
        );
        await using var next = await TakeAsync();
        Assert.Null(next.TakesOver);
    }

    [Fact]
    public async Task A_walk_that_was_cut_is_taken_over_and_without_leases_nobody_knows_of_it()
    {
        await (await TakeAsync()).DisposeAsync();
        Assert.True((await RowAsync()).WasCut);
        await using (var without = await TakeAsync(new ProcessingOptions { Lease = TimeSpan.Zero }))
        {
            Assert.Null(without.TakesOver);
        }

        await using var next = await TakeAsync();

        Assert.Equal(time.GetUtcNow(), next.TakesOver);
    }

    [Fact]
    public async Task Who_is_told_to_end_takes_no_bucket()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => LeasesOf(options).TryTakeAsync(Three, stop.Token));

        Assert.Equal(0, schedules.Writes);
    }

    [Fact]
    public async Task A_row_that_others_change_all_the_time_is_left_to_them()
    {
        schedules.Fails = _ => true;

        Assert.Null(await LeasesOf(options).TryTakeAsync(Three, Cancel));

        Assert.Equal(5, schedules.Writes);
    }

    [Fact]
    public async Task A_lease_is_renewed_when_half_of_it_is_over_and_until_then_its_walk_is_alone()
    {
        await using var lease = await TakeAsync();
        time.MoveTo(time.GetUtcNow() + (options.Lease / 2) - TimeSpan.FromTicks(1));
        Assert.True(lease.IsAlone);
        Assert.True(await lease.GoesOnAsync());
        Assert.Equal(1, schedules.Writes);

        time.MoveTo(time.GetUtcNow() + TimeSpan.FromTicks(1));
        Assert.False(lease.IsAlone);
        Assert.True(await lease.GoesOnAsync());

        Assert.True(lease.IsAlone);
        Assert.Equal(time.GetUtcNow() + options.Lease, (await RowAsync()).LeasedUntil);
    }

    [Fact]
    public async Task Several_that_ask_together_renew_a_lease_once()
    {
        await using var lease = await TakeAsync();
        time.MoveTo(time.GetUtcNow() + (options.Lease / 2));
        schedules.Gate = new TaskCompletionSource();

        var asked = Enumerable.Range(0, 3).Select(_ => lease.GoesOnAsync()).ToList();
        schedules.Gate.SetResult();

        Assert.All(await Task.WhenAll(asked), Assert.True);
        Assert.Equal(2, schedules.Writes);
    }

    // A renewal that fails is no loss as long as what was taken is not over.
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task A_walk_whose_renewal_fails_goes_on_until_its_lease_is_over(int ticks, bool goesOn)
    {
        await using var lease = await TakeAsync();
        time.MoveTo(time.GetUtcNow() + options.Lease + TimeSpan.FromTicks(ticks));
        schedules.Fails = _ => throw new IOException("storage is away");

        Assert.Equal(goesOn, await lease.GoesOnAsync());
    }

    [Fact]
    public async Task Who_was_overtaken_writes_nothing_over_the_lease_of_who_has_the_bucket_now()
    {
        await using var lease = await TakeAsync();
        time.MoveTo(time.GetUtcNow() + options.Lease);
        await using var other = await TakeAsync();
        var theirs = await RowAsync();

        await lease.FinishAsync(null, 9, time.GetUtcNow());

        Assert.Equal(theirs, await RowAsync());
    }

    [Fact]
    public async Task A_row_that_stays_contended_is_not_taken_for_finished()
    {
        await using var lease = await TakeAsync();
        schedules.Fails = _ => true;

        await Assert.ThrowsAsync<InvalidOperationException>(() => lease.FinishAsync(null, 4, time.GetUtcNow()));

        Assert.Equal(11, schedules.Writes);
    }

    // A row that this process remembers is not read again, unless somebody has the bucket by what it remembers.
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task What_this_process_has_left_itself_is_not_read_again(int ticks, int reads)
    {
        var left = await schedules.TryWriteAsync(
            await RowAsync() with
            {
                LeasedUntil = time.GetUtcNow() + TimeSpan.FromTicks(ticks),
            },
            Cancel
        );
        (schedules.Remembered, schedules.Reads) = (left, 0);

        var lease = await LeasesOf(options).TryTakeAsync(Three, Cancel);

        Assert.Equal((reads, reads == 0), (schedules.Reads, lease is not null));
    }

    private BucketLeases LeasesOf(ProcessingOptions options) => new(schedules, Clock, options);

    private async Task<BucketLease> TakeAsync(ProcessingOptions? with = null)
    {
        var lease = await LeasesOf(with ?? options).TryTakeAsync(Three, Cancel);
        Assert.NotNull(lease);
        return lease;
    }

    private Task<BucketSchedule> RowAsync() => schedules.ReadAsync(Three, Cancel);

    /// <summary>The rows, which others change when a test says so.</summary>
    private sealed class ContendedSchedules : IBucketScheduleStore
    {
        private readonly TaggedBucketScheduleStore inner = new();

        public int Writes { get; private set; }

        public int Reads { get; set; }

        public Func<BucketSchedule, bool> Fails { get; set; } = _ => false;

        /// <summary>Writes wait for it.</summary>
        public TaskCompletionSource? Gate { get; set; }

        public BucketSchedule? Remembered { get; set; }

        public Task<IReadOnlyList<BucketSchedule>> ReadAllAsync(CancellationToken cancel) => inner.ReadAllAsync(cancel);

        public Task<BucketSchedule> ReadAsync(Bucket bucket, CancellationToken cancel)
        {
            Reads++;
            return inner.ReadAsync(bucket, cancel);
        }

        public BucketSchedule? Recall(Bucket bucket) => Remembered;

        public Task BringForwardAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel) =>
            inner.BringForwardAsync(bucket, look, cancel);

        public async Task<BucketSchedule?> TryWriteAsync(BucketSchedule schedule, CancellationToken cancel)
        {
            Writes++;
            await (Gate?.Task ?? Task.CompletedTask);
            return Fails(schedule) ? null : await inner.TryWriteAsync(schedule, cancel);
        }
    }
}
