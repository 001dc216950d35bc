using Autopay.Application.Ledgers;
using Autopay.Application.Work;
using Autopay.Tests.App.Finance;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Work;

/// <summary>What of the city's controls waits for a person: late clears, holds of nobody, and a second word.</summary>
public sealed class ControlsWorkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DeferralDeclared Hold(string id, string? clearBy, DeferralAction action = DeferralAction.Hold) =>
        new(
            new DeferralId(id),
            [new CycleNumber(2), new CycleNumber(1)],
            Day("2020-01-22"),
            Day("2020-02-05"),
            action,
            clearBy is null ? null : Day(clearBy)
        );

    private static async Task<IReadOnlyList<WorkItem>> WorkOfAsync(AccountScenario account)
    {
        var books = await StoredScenario.OfAsync(account);
        var work = new ControlsWork(books.Controls, books.Clock);
        Assert.Equal(WorkAudience.Finance, work.Audience);
        var read = await work.ReadAsync(Cancel);
        var seen = new SeenCity(account.Controls, [], [], new Dictionary<Bucket, DateTimeOffset?>(), [], []);
        Assert.True(WorkItem.AreSame(read, await work.ReadAsync(seen, Cancel)));
        return read;
    }

    private static IEnumerable<string> Told(IEnumerable<WorkItem> items) =>
        items.Select(it => $"{it.Kind} {it.Id} {it.Since:MM-dd} {string.Join(",", it.Cycles)}");

    [Theory]
    [InlineData("2020-01-24", false)]
    [InlineData("2020-01-25", true)]
    public async Task R07_A_hold_is_late_from_the_day_after_it_was_expected_to_be_cleared(string today, bool late)
    {
        var account = GivenAnAccount().Change(Hold("outage", "2020-01-24")).On(today, "08:00");

        Assert.Equal(late ? ["LateClear outage 01-24 1,2"] : [], Told(await WorkOfAsync(account)));
    }

    [Fact]
    public async Task R07_The_cycles_that_are_cleared_are_not_late_and_a_merge_or_a_hold_without_a_day_never_is()
    {
        var account = GivenAnAccount()
            .Change(Hold("outage", "2020-01-24"))
            .Change(Hold("open", null))
            .Change(Hold("merged", "2020-01-24", DeferralAction.Merge))
            .On("2020-01-27", "08:00")
            .WhenFinanceClears(2);
        var item = Assert.Single(await WorkOfAsync(account));
        Assert.Equal(("outage", "1"), (item.Deferral!.Value.Value, string.Join(",", item.Cycles)));
        Assert.Equal("expected to be cleared by 2020-01-24", item.Reason);

        Assert.Empty(await WorkOfAsync(account.WhenFinanceClears(1)));
        var withdrawn = GivenAnAccount().Change(Hold("outage", "2020-01-24")).On("2020-01-27", "08:00");
        Assert.Empty(await WorkOfAsync(withdrawn.WhenFinanceWithdraws("outage")));
    }

    [Fact]
    public async Task A_hold_that_no_person_declared_is_listed_from_its_day_until_each_of_its_cycles_is_cleared()
    {
        var account = GivenAnAccount().Change(Hold("stale-feed-2020-01-13", null)).On("2020-01-15", "08:00");
        var item = Assert.Single(await WorkOfAsync(account));
        Assert.Equal(["StaleFeed stale-feed-2020-01-13 01-13 1,2"], Told([item]));
        Assert.Equal("because of the outage", item.Reason);

        Assert.Equal(
            ["StaleFeed stale-feed-2020-01-13 01-13 2"],
            Told(await WorkOfAsync(account.WhenFinanceClears(1)))
        );
        Assert.Empty(await WorkOfAsync(account.WhenFinanceClears(2)));
        var withdrawn = GivenAnAccount().Change(Hold("stale-feed-2020-01-13", null));
        Assert.Empty(await WorkOfAsync(withdrawn.WhenFinanceWithdraws("stale-feed-2020-01-13")));
    }

    [Fact]
    public async Task What_waits_for_a_second_person_is_listed_with_its_money_for_a_day()
    {
        var refund = new RefundAgreed(
            DebitId.From("A-1-1-0001"),
            "RF-1",
            RefundKind.Refund,
            new Money(25_000),
            Money.Zero
        );
        var asked = GivenAnAccount().On("2020-01-14", "20:00").Change(new ApprovalAsked("a", refund));

        var item = Assert.Single(await WorkOfAsync(asked));
        Assert.Equal(
            (WorkKind.Approval, "a", 25_000, Day("2020-01-14"), asked.Controls.Approvals[0].Shown),
            (item.Kind, item.Id, item.Cents!.Value.Cents, item.Since, item.Reason)
        );
        Assert.Single(await WorkOfAsync(asked.On("2020-01-15", "20:00")));
        Assert.Empty(await WorkOfAsync(asked.On("2020-01-15", "20:01")));
        var decided = GivenAnAccount().Change(new ApprovalAsked("a", refund)).Change(new ApprovalRejected("a"));
        Assert.Empty(await WorkOfAsync(decided));
    }
}
