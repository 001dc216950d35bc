using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Work;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>From when on, of which bills and for how much debits wait for a release on finance's list (I25).</summary>
public sealed class ReleaseWorkEdgesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The bill of Jan 22, its hold, and its clear.
    private static AccountScenario Cleared(string at = "2020-01-21 10:00", long cents = 5_000, bool releases = true) =>
        GivenAnAccount(releases: releases)
            .WhenABillIsImported("jan", cents)
            .WhenFinanceHolds("jan")
            .On(at[..10], at[11..])
            .WhenFinanceClears(1);

    private static async Task<IReadOnlyList<WorkItem>> WorkOfAsync(AccountScenario account)
    {
        var books = await StoredScenario.OfAsync(account);
        var count = new CountCycles(books.Ledgers, new NothingKept(), books.Clock);
        var work = new ReleaseWork(books.Controls, count, books.Clock);
        var read = await work.ReadAsync(Cancel);
        var sums = await count.RunAsync(isFresh: true, Cancel);
        var seen = new SeenCity(account.Controls, [], [], new Dictionary<Bucket, DateTimeOffset?>(), [], sums.Cycles);
        Assert.True(WorkItem.AreSame(read, await work.ReadAsync(seen, Cancel)));
        Assert.Equal(
            read.Select(item => (item.Kind, item.Cents!.Value.Cents)),
            (await work.SumAsync(sums, Cancel)).Kinds.Select(kind => (kind.Kind, kind.Cents))
        );
        return read;
    }

    [Fact]
    public async Task An_item_names_its_cycle_its_money_and_the_day_of_the_clear()
    {
        var item = Assert.Single(await WorkOfAsync(Cleared("2020-01-23 07:00").On("2020-01-27", "08:00")));

        Assert.Equal(
            (WorkKind.Release, "cycle-1", 5_000, Day("2020-01-23"), "1"),
            (item.Kind, item.Id, item.Cents!.Value.Cents, item.Since, string.Join(",", item.Cycles))
        );
    }

    // The due-date run is at six.
    [Theory]
    [InlineData("2020-01-22", "05:59", 0)]
    [InlineData("2020-01-22", "06:00", 1)]
    [InlineData("2020-01-23", "06:00", 1)]
    public async Task It_waits_from_the_run_of_its_due_date_on(string day, string time, int items) =>
        Assert.Equal(items, (await WorkOfAsync(Cleared().On(day, time))).Count);

    [Fact]
    public async Task What_is_still_held_or_was_never_held_or_is_merged_waits_for_no_release()
    {
        var held = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-01-23", "08:00");
        Assert.Empty(await WorkOfAsync(held));
        var free = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceDeclaresAHold("other", "2020-01-23", "2020-02-05")
            .WhenFinanceDeclaresAHold("older", "2020-01-01", "2020-01-21")
            .WhenFinanceDeclaresAHold("cycle", "2020-01-22", "2020-01-22", 2)
            .On("2020-01-21", "10:00")
            .WhenFinanceClears(1, 2)
            .On("2020-01-22", "06:00");
        Assert.Empty(await WorkOfAsync(free));
        var merged = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .On("2020-01-23", "08:00")
            .WhenFinanceWithdraws("late-bills");
        Assert.Empty(await WorkOfAsync(merged));
    }

    // On the morning of its due date, before anybody has looked at it.
    [Fact]
    public async Task What_is_about_to_leave_without_a_release_waits_for_none()
    {
        Assert.Empty(await WorkOfAsync(Cleared(releases: false).On("2020-01-22", "06:00")));
        var merged = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .On("2020-01-21", "10:00")
            .WhenFinanceWithdraws("late-bills")
            .On("2020-01-22", "06:00");
        Assert.Empty(await WorkOfAsync(merged));
    }

    [Fact]
    public async Task What_was_held_waits_with_the_later_bill_that_it_is_merged_into()
    {
        var account = Cleared().WhenFinanceMerges("jan").WhenABillIsImported("feb", 6_001).On("2020-01-27", "08:00");
        Assert.Equal(11_001, Assert.Single(await WorkOfAsync(account)).Cents!.Value.Cents);
    }

    [Fact]
    public async Task What_waits_of_a_cycle_is_counted_and_added_up_whatever_day_it_was_due()
    {
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-too", 7_000, due: "2020-01-23")
            .WhenFinanceDeclaresAHold("outage", "2020-01-22", "2020-02-05")
            .On("2020-01-21", "10:00")
            .WhenFinanceClears(1)
            .On("2020-01-27", "08:00");

        var item = Assert.Single(await WorkOfAsync(account));

        Assert.Equal(12_000, item.Cents!.Value.Cents);
        Assert.StartsWith("2 debits of cycle 1, 120.00,", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_clear_lets_everything_go_nothing_waits() =>
        Assert.Empty(await WorkOfAsync(Cleared("2020-01-23 08:00", releases: false)));

    [Fact]
    public async Task What_a_withdrawn_hold_held_waits_too()
    {
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-01-23", "08:00")
            .WhenFinanceWithdraws("outage");
        var item = Assert.Single(await WorkOfAsync(account));
        Assert.Equal(Day("2020-01-23"), item.Since);
    }

    [Theory]
    [InlineData(49, 0)]
    [InlineData(50, 1)]
    public async Task Less_than_the_smallest_charge_waits_for_no_release(long cents, int items) =>
        Assert.Equal(items, (await WorkOfAsync(Cleared("2020-01-23 08:00", cents))).Count);

    [Fact]
    public async Task What_a_release_under_way_has_not_let_go_is_told_by_its_name()
    {
        var account = Cleared("2020-01-23 08:00");
        var terms = new ReleaseTerms("R-1", new CycleNumber(1), "h", 1, new Money(5_000)) { LastWave = 1 };
        account.Change(new CycleReleased(terms));
        Assert.Equal(
            "1 debits of cycle 1, 50.00, were held and release R-1 has not let them go",
            Assert.Single(await WorkOfAsync(account)).Reason
        );
        account.Change(new CycleReleased(terms with { Id = "R-2", Cycle = new CycleNumber(2) }));
        account.WhenTheReleaseIsStopped();
        Assert.EndsWith(
            "wait for an approved release",
            Assert.Single(await WorkOfAsync(account)).Reason,
            StringComparison.Ordinal
        );
    }
}
