using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Hints;

namespace Autopay.Tests.App.Reconciling;

/// <summary>What the check of the books takes for broken, and what it says and halts for it.</summary>
public sealed class CheckedBooksTests
{
    private static readonly Policies OnePerson = new() { ReleaseApproval = false };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A minute and so many ticks after the hold was withdrawn.
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, false)]
    [InlineData(-1, 1, true)]
    public async Task What_nothing_defers_any_more_is_broken_once_its_bucket_was_walked_and_a_minute_has_passed(
        int walked,
        int ticks,
        bool holds
    )
    {
        await using var city = await DeferredByNothingAsync(1);
        await WalkedAsync(city, walked);
        city.Later(TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(ticks));

        Assert.Equal(holds, (await CheckAsync(city)).Holds);
    }

    [Fact]
    public async Task What_halts_is_told_first_and_how_many_more_there_are()
    {
        await using var city = await DeferredByNothingAsync(2);
        await city.EnrolAsync(new AccountId("00-0000"), new DateOnly(2020, 1, 21));
        foreach (var bucket in Bucket.All)
        {
            await WalkedAsync(city, 0, bucket);
        }

        city.Later(TimeSpan.FromHours(4));
        await city.Beats.BeatAsync(RunSweep.Heartbeat, city.Now, Cancel);

        var report = await CheckAsync(city);

        Assert.Equal(3, report.ViolationCount);
        Assert.Contains(report.Violations, it => it.StartsWith("I16: ", StringComparison.Ordinal));
        var first = report.Violations.First(it => !it.StartsWith("I16: ", StringComparison.Ordinal));
        var item = await city.Stuck.FindAsync(CheckInvariants.Kind, Cancel);
        Assert.Equal($"{first}, and 2 more. Charging is halted.", item?.Reason);
        Assert.Equal($"The check of the books failed: {first}, and 2 more", city.Controls.Current.Halt?.Reason);
    }

    [Fact]
    public async Task One_that_is_broken_is_told_by_itself()
    {
        await using var city = await DeferredByNothingAsync(1);
        await WalkedAsync(city, 0);
        city.Later(TimeSpan.FromMinutes(2));

        var report = await CheckAsync(city);

        Assert.Equal(
            $"{Assert.Single(report.Violations)}. Charging is halted.",
            (await city.Stuck.FindAsync(CheckInvariants.Kind, Cancel))?.Reason
        );
    }

    // Whoever drives an attempt has its bucket, and no look of the account is needed: ticks after now.
    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public async Task An_attempt_that_somebody_still_drives_is_not_broken(int ticks, bool holds)
    {
        await using var city = new SweptCity(OnePerson);
        await city.EnrolAsync();
        using var stop = new CancellationTokenSource();
        city.Bank.Meanwhile(Call.Create, stop.CancelAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => city.WalkAsync(stop.Token));
        var entry = (await city.Ledgers.LoadAsync(ChargingWorld.Id(), Cancel))!;
        Assert.True(entry.Ledger.HasChargeInHand());
        var save = new LedgerSave(entry, [], entry.Ledger, null, OperationId.New(), city.By("test"));
        await city.Ledgers.SaveAsync(Bucket.Of(entry.Ledger.Id), [save], Cancel);
        await WalkedAsync(city, 0);
        city.Later(TimeSpan.FromMinutes(10));
        var row = await city.RowAsync();
        await city.Schedules.TryWriteAsync(row with { LeasedUntil = city.Now.AddTicks(ticks) }, Cancel);

        var report = await CheckAsync(city);

        Assert.Equal(holds, report.Invariants.Where(result => result.Id != "I16").All(result => result.Holds));
    }

    [Fact]
    public async Task Books_without_an_account_have_nothing_that_could_be_skipped()
    {
        await using var city = new SweptCity();

        var report = await CheckAsync(city);

        Assert.DoesNotContain(report.Invariants, result => result.Id == "I21");
        Assert.True(report.Holds);
    }

    [Fact]
    public async Task Once_the_provider_was_asked_nothing_is_said_of_a_first_time()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        world.Later(TimeSpan.FromMinutes(1));
        await world.Verb<Reconcile>().RunAsync(null, "test", Cancel);

        var report = await world.Verb<CheckInvariants>().RunAsync("test", Cancel);

        Assert.Null(report.Invariants.Single(result => result.Id == "I21").Note);
    }

    [Fact]
    public async Task Accounts_that_nobody_looks_at_are_counted_with_since_when_the_first_one_waits()
    {
        await using var city = new SweptCity(OnePerson);
        int[] days = [24, 23, 27];
        for (var number = 0; number < days.Length; number++)
        {
            var id = SweptCity.InOneBucket().ElementAt(number);
            await city.EnrolAsync(id, new DateOnly(2020, 1, days[number]));
        }

        city.Later(new DateTimeOffset(2020, 1, 27, 12, 5, 0, TimeSpan.Zero) - city.Now);
        await city.Beats.BeatAsync(RunSweep.Heartbeat, city.Now, Cancel);

        var found = await city.Verb<OverdueWork>().FindAsync(Cancel);

        Assert.Equal("2 accounts wait to be looked at, the longest since 2020-01-23 06:00", found?.Reason);
        Assert.Equal(found, await city.Verb<OverdueWork>().FindScheduledAsync(Cancel));
    }

    // A hold came before the bills and was withdrawn; nobody has looked since.
    private static async Task<SweptCity> DeferredByNothingAsync(int accounts)
    {
        var city = new SweptCity(OnePerson);
        var day = new DateOnly(2020, 1, 22);
        var hold = new DeferralId("outage");
        await city.ChangeAsync(new DeferralDeclared(hold, [SweptCity.One], day, day, DeferralAction.Hold, null));
        foreach (var account in await city.EnrolInOneBucketAsync(accounts))
        {
            Assert.Equal(DebitState.Deferred, city.Ledger(account).Debits.Single().State);
        }

        await city.ChangeAsync(new DeferralWithdrawn(hold));
        return city;
    }

    /// <param name="newer">By so many versions newer than the controls of now.</param>
    private static async Task WalkedAsync(SweptCity city, int newer, Bucket? of = null)
    {
        var row = await city.Schedules.ReadAsync(of ?? Bucket.Of(ChargingWorld.Id()), Cancel);
        var version = city.Controls.Current.AccountsVersion + newer;
        await city.Schedules.TryWriteAsync(row with { ScannedControlsVersion = version }, Cancel);
    }

    private static Task<InvariantReport> CheckAsync(SweptCity city) =>
        city.Verb<CheckInvariants>().RunAsync("test", Cancel);
}
