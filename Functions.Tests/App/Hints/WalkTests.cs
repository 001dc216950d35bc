using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>A walk looks at every account that it can, tells of the others, and leaves its bucket in order.</summary>
public sealed class WalkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_walk_gets_on_however_short_its_time_is()
    {
        await using var city = new SweptCity(options: new ProcessingOptions { WalkFor = TimeSpan.Zero });
        await city.EnrolAsync();

        Assert.Equal(WalkEnd.Done, await city.WalkAsync());

        Assert.Single(city.Bank.Charging);
    }

    // Ticks less than a day ago.
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_bucket_is_walked_completely_once_a_day(int ticks, bool isComplete)
    {
        await using var city = new SweptCity();
        var last = city.Now.AddDays(-1).AddTicks(ticks);
        await city.Schedules.TryWriteAsync(await city.RowAsync() with { WalkedAt = last }, Cancel);

        await city.WalkAsync();

        Assert.Equal(isComplete ? city.Now : last, (await city.RowAsync()).WalkedAt);
    }

    [Fact]
    public async Task A_bucket_that_nobody_has_walked_yet_is_walked_now()
    {
        await using var city = new SweptCity();

        await city.WalkAsync();

        var row = await city.RowAsync();
        Assert.Equal((city.Now, false, default), (row.WalkedAt, row.WasCut, row.LeasedUntil));
    }

    [Fact]
    public async Task A_walk_that_is_told_to_end_says_so_and_not_that_another_one_goes_on()
    {
        await using var city = new SweptCity();
        await city.EnrolAsync();
        using var stop = new CancellationTokenSource();
        city.Bank.Meanwhile(Call.Confirm, stop.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => city.WalkAsync(stop.Token));
    }

    [Fact]
    public async Task An_account_that_cannot_be_written_is_listed_and_the_others_are_charged()
    {
        await using var city = new SweptCity();
        var accounts = await city.EnrolInOneBucketAsync(3);
        city.Failing.WhyNotSaved = id => id == accounts[1] ? new InvalidOperationException("It is odd.") : null;

        Assert.Equal(WalkEnd.Done, await city.WalkAsync());

        Assert.Equal([accounts[1].Value], (await StuckAsync(city)).Select(item => item.Content));
        Assert.Equal(2, city.Bank.Charging.Count());
        Assert.Equal(DebitState.Scheduled, city.Ledger(accounts[1]).Debits.Single().State);
    }

    // The storage is away for one row: the message comes again, and the others need not wait for it.
    [Fact]
    public async Task A_fault_of_the_storage_at_one_account_fails_the_walk_after_the_others_are_charged()
    {
        await using var city = new SweptCity();
        var accounts = await city.EnrolInOneBucketAsync(3);
        city.Failing.WhyNotSaved = id => id == accounts[0] ? new IOException("storage is away") : null;

        var failure = await Assert.ThrowsAsync<AggregateException>(() => city.WalkAsync());

        Assert.StartsWith("1 accounts of bucket ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, city.Bank.Charging.Count());
        Assert.Empty(await StuckAsync(city));
    }

    // A hundred and more of one bucket are two pages: time passes while the first one is charged.
    [Fact]
    public async Task What_a_walk_has_sent_of_a_release_is_written_down_also_when_its_time_is_over()
    {
        await using var city = new SweptCity(options: new ProcessingOptions { WalkFor = TimeSpan.FromMinutes(1) });
        await city.HoldAndClearAsync(201);
        await city.ReleaseAsync(new Sealing(0, null, null, null));
        city.Bank.Meanwhile(
            Call.Create,
            () =>
            {
                city.Later(TimeSpan.FromMinutes(1));
                return Task.CompletedTask;
            }
        );

        Assert.Equal(WalkEnd.InPart, await city.WalkAsync());

        Assert.Equal(200, (await city.LinesAsync()).Count(line => line.State == LineState.Sent));
    }

    [Fact]
    public async Task One_account_by_itself_is_looked_at_and_leaves_the_list()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync();
        await city.Stuck.PutAsync(EvaluateBucket.StuckOf(account, new IOException("away"), city.Now), Cancel);

        Assert.True(await TryAsync(city, account));

        Assert.Single(city.Bank.Charging);
        Assert.Empty(await StuckAsync(city));
    }

    [Fact]
    public async Task One_account_that_cannot_be_read_stays_on_the_list()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync();
        await city.Stuck.PutAsync(EvaluateBucket.StuckOf(account, new IOException("away"), city.Now), Cancel);
        city.Failing.WhyNotRead = _ => new FormatException("It is no ledger.");

        Assert.False(await TryAsync(city, account));

        Assert.Single(await StuckAsync(city));
        Assert.Empty(city.Bank.Charging);
    }

    [Fact]
    public async Task One_account_that_cannot_be_written_is_put_on_the_list()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync();
        city.Failing.WhyNotSaved = _ => new InvalidOperationException("It is odd.");

        Assert.False(await TryAsync(city, account));

        Assert.Equal(
            ("account", "It is odd."),
            (await StuckAsync(city)).Select(item => (item.Kind, item.Reason)).Single()
        );
    }

    [Fact]
    public async Task A_bucket_whose_ledgers_cannot_be_read_has_work_and_whoever_asked_may_give_up()
    {
        await using var city = new SweptCity();
        var walk = city.Verb<EvaluateBucket>();
        using var stop = new CancellationTokenSource();
        city.Failing.WhyNotAsked = new IOException("storage is away");

        Assert.True(await walk.HasWorkAsync(new Bucket(3), city.Now, stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAsync<IOException>(() => walk.HasWorkAsync(new Bucket(3), city.Now, stop.Token));
    }

    private static Task<bool> TryAsync(SweptCity city, AccountId account) =>
        city.Verb<EvaluateBucket>().TryAccountAsync(account, "it failed before", Cancel);

    private static async Task<IReadOnlyList<StuckItem>> StuckAsync(SweptCity city) =>
        await city.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel);
}
