using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.ProviderEvents;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Hints;

/// <summary>What every save of a ledger keeps to, whoever asks for it.</summary>
public sealed class WrittenLedgersTests
{
    private static readonly Policies OnePerson = new() { ReleaseApproval = false };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_never_first_to_save_gives_up_after_twelve_tries()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync();
        city.Failing.IsContended = true;
        city.Failing.Saves.Clear();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => PayAsync(city, [account]));

        Assert.Equal($"1 accounts of bucket {Bucket.Of(account)} stay contended.", failure.Message);
        Assert.Equal(12, city.Failing.Saves.Count);
    }

    [Fact]
    public async Task The_bucket_is_awake_for_the_first_of_several_that_are_saved_together()
    {
        await using var city = new SweptCity();
        AccountId[] accounts = [.. SweptCity.InOneBucket().Take(2)];
        await city.EnrolAsync(accounts[0], new DateOnly(2020, 1, 27));
        await city.EnrolAsync(accounts[1], new DateOnly(2020, 1, 24));
        Assert.Equal(At(24), (await city.RowAsync()).EarliestDue);
        await city.Schedules.TryWriteAsync(await city.RowAsync() with { EarliestDue = null }, Cancel);
        List<AccountWork> work = [];
        foreach (var account in accounts)
        {
            var entry = (await city.Ledgers.LoadAsync(account, Cancel))!;
            work.Add(new AccountWork(entry with { NextEvaluation = null }, []));
        }

        await city.Verb<LedgerWriter>().WriteAsync(Scope(city), work, Cancel);

        Assert.Equal(At(24), (await city.RowAsync()).EarliestDue);
    }

    // A look that moved is no operation: nobody's version is another one for it.
    [Fact]
    public async Task A_save_in_which_nothing_happened_is_no_operation_of_the_account()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync(due: new DateOnly(2020, 1, 24));
        var entry = (await city.Ledgers.LoadAsync(account, Cancel))!;

        await city.Verb<LedgerWriter>()
            .WriteAsync(Scope(city), [new AccountWork(entry with { NextEvaluation = null }, [])], Cancel);

        var after = (await city.Ledgers.LoadAsync(account, Cancel))!;
        Assert.Equal((entry.Ledger.Operations, entry.NextEvaluation), (after.Ledger.Operations, after.NextEvaluation));
        Assert.NotEqual(entry.Tag, after.Tag);
    }

    [Fact]
    public async Task The_history_of_a_walks_steps_may_wait_and_that_of_what_people_do_may_not()
    {
        await using var city = new SweptCity(OnePerson);
        await city.EnrolAsync();
        Assert.All(city.Failing.Saves, save => Assert.False(save.MayWait));
        city.Failing.Saves.Clear();

        await city.WalkAsync();

        Assert.Contains(city.Failing.Saves, save => save.MayWait);
    }

    [Fact]
    public async Task What_names_something_that_has_not_come_is_told_from_what_is_refused()
    {
        await using var city = new SweptCity();
        var account = await city.EnrolAsync();
        var bill = new BillId("b9");

        await Assert.ThrowsAsync<NotYetKnownException>(() =>
            ChangeAsync(now => new AdjustBill("j1", bill, new Money(-100), "meter", now))
        );
        await Assert.ThrowsAsync<RefusedException>(() =>
            ChangeAsync(now => new ExemptBill(new BillId($"b-{account}"), new DeferralId("none"), true, "asked", now))
        );

        Task ChangeAsync(Func<Moment, LedgerCommand> command) =>
            city.Verb<ChangeAccount>().RunAsync(account, command, city.By("finance"), Cancel);
    }

    // By letter it waits for a person's list.
    [Theory]
    [InlineData("a@example.org", 1)]
    [InlineData(null, 0)]
    public async Task A_notice_that_goes_by_mail_asks_for_its_bucket(string? email, int messages)
    {
        await using var city = new SweptCity(OnePerson with { TellCollected = true }, new IdleMailer());
        var account = await city.EnrolAsync();
        await city.Verb<ChangeAccount>()
            .RunAsync(
                account,
                now => new Enrol(ChargingWorld.NewEnrolment() with { Email = email }, now),
                city.By("clerk"),
                Cancel
            );
        await city.WalkAsync();
        var intent = city.Bank.Intents.Single().IntentId;
        city.Bank.Change(intent, it => RecoveryTests.Become(it, IntentStatus.Succeeded));
        city.Queue.Notices.Clear();

        await city.Verb<RecordIntentOutcome>().RunAsync(intent, "webhook", Cancel);

        Assert.Equal(DebitState.Collected, city.Ledger(account).Debits.Single().State);
        Assert.Equal(
            Enumerable.Repeat(Bucket.Of(account).Number, messages),
            city.Queue.Notices.Select(message => message.Bucket)
        );
    }

    [Fact]
    public void One_debit_in_hand_is_enough()
    {
        var account = AccountScenario
            .GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000);
        Assert.False(account.Ledger.HasChargeInHand());

        account.On("2020-01-22", "06:00").WhenEvaluated();

        Assert.True(account.Ledger.HasChargeInHand());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void A_city_has_at_least_one_bucket_and_no_more_than_256(int buckets)
    {
        var before = Bucket.Count;

        Assert.Throws<ArgumentOutOfRangeException>(() => Bucket.Choose(buckets));

        Assert.Equal(before, Bucket.Count);
    }

    private static DateTimeOffset At(int day) => new(2020, 1, day, 12, 0, 0, TimeSpan.Zero);

    private static WriteScope Scope(SweptCity city) =>
        new(Bucket.Of(ChargingWorld.Id()), city.Controls.Current, city.By("test"));

    private static async Task PayAsync(SweptCity city, IReadOnlyList<AccountId> accounts)
    {
        List<AccountWork> work = [];
        foreach (var account in accounts)
        {
            var entry = (await city.Ledgers.LoadAsync(account, Cancel))!;
            work.Add(new AccountWork(entry, [now => new SwitchAutopay(false, "the customer asked", now)]));
        }

        await city.Verb<LedgerWriter>().WriteAsync(Scope(city), work, Cancel);
    }
}
