using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What is told to leave at the end of a halt is what then leaves.</summary>
public sealed class ResumeTallyTests
{
    [Fact]
    public void What_is_due_leaves_and_what_comes_due_later_does_not() =>
        Assert.Equal(Sum(1, 5_000), Due(TwoBills().WhenFinanceHalts().WhenTheRunComesFor("jan")));

    [Fact]
    public void What_a_person_must_look_at_does_not_leave() =>
        Assert.Equal(default(DebitCount), Due(TwoBills(cap: 4_999).WhenFinanceHalts().WhenTheRunComesFor("jan")));

    [Fact]
    public void What_the_customer_must_be_told_of_first_does_not_leave()
    {
        var enforced = new Policies { NoticeClock = NoticeClockMode.Enforce };
        var account = GivenAnAccount(policies: enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenFinanceHalts()
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1)
            .ThenDebit(1, DebitState.Scheduled);

        Assert.Equal(default(DebitCount), Due(account));
    }

    [Fact]
    public void What_was_held_waits_for_its_release_and_where_the_city_wants_none_it_leaves()
    {
        Assert.Equal(default(DebitCount), Due(Cleared(releases: true)));
        Assert.Equal(Sum(1, 5_000), Due(Cleared(releases: false)));
    }

    [Fact]
    public void What_a_release_under_way_sends_is_counted_once()
    {
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-22", "10:00")
            .WhenFinanceClears()
            .WhenTwoPeopleRelease()
            .WhenFinanceHalts()
            .On("2020-02-24", "10:00");

        Assert.Equal(default(DebitCount), Due(account, "R-1"));
        Assert.Equal(Sum(1, 5_000), Due(account));
    }

    [Fact]
    public void What_is_with_the_bank_is_told_apart()
    {
        var account = TwoBills().WhenTheRunComesFor("jan").WhenFinanceHalts();

        Assert.Equal((default(DebitCount), Sum(1, 5_000)), (Tally(account).Due, Tally(account).InFlight));
    }

    private static DebitCount Sum(int debits, long cents) => new(debits, cents);

    private static DebitCount Due(AccountScenario account, params string[] underWay) => Tally(account, underWay).Due;

    private static ResumeTally Tally(AccountScenario account, params string[] underWay)
    {
        var tally = new ResumeTally(account.Controls, account.Now.Today, underWay.ToHashSet());
        tally.Add(account.Ledger);
        return tally;
    }

    private static AccountScenario TwoBills(long? cap = null) =>
        GivenAnAccount(cap: cap).WhenABillIsImported("jan", 5_000).WhenABillIsImported("feb", 4_000);

    private static AccountScenario Cleared(bool releases) =>
        GivenAnAccount(releases: releases)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenFinanceHalts()
            .On("2020-02-20", "10:00")
            .WhenFinanceClears();
}
