using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Holding;

/// <summary>When no file came for days, what would leave is held.</summary>
public sealed class StaleFeedTests
{
    private static readonly DateOnly Wednesday = new(2020, 1, 22);
    private static readonly Feed Payments = new("payments", new DateOnly(2020, 1, 14), 2);
    private static readonly Feed Bills = new("bills", new DateOnly(2020, 1, 14), 5);

    // Tuesday the 14th, and the 20th is Martin Luther King's day.
    [Theory]
    [InlineData(1, "2020-01-15")]
    [InlineData(3, "2020-01-17")]
    [InlineData(4, "2020-01-21")]
    public void A_file_keeps_the_feed_fresh_for_so_many_banking_days(int days, string through) =>
        Assert.Equal(
            DateOnly.Parse(through, System.Globalization.CultureInfo.InvariantCulture),
            new Feed("bills", new DateOnly(2020, 1, 14), days).FreshThrough
        );

    [Fact]
    public void The_hold_is_over_the_cycles_and_due_dates_of_what_would_leave()
    {
        var hold = HoldOver(Wednesday, Billed(1), Billed(2), Billed(3, "feb"));

        Assert.Equal(
            ("stale-feed-2020-01-22", "1, 2", Wednesday, Wednesday, DeferralAction.Hold, null),
            (
                hold!.Id.Value,
                string.Join(", ", hold.Cycles),
                hold.DueFrom,
                hold.DueTo,
                hold.Action,
                hold.ExpectedClearBy
            )
        );
    }

    [Fact]
    public void What_is_overdue_and_was_not_sent_is_held_too() =>
        Assert.Equal(
            (Wednesday, new DateOnly(2020, 1, 22)),
            HoldOver(Wednesday.AddDays(5), Billed(1)) is { } hold ? (hold.DueFrom, hold.DueTo) : default
        );

    [Fact]
    public void Nothing_is_declared_where_nothing_would_leave()
    {
        Assert.Null(HoldOver(Wednesday.AddDays(-1), Billed(1)));
        Assert.Null(HoldOver(Wednesday));
    }

    [Fact]
    public void What_a_hold_holds_already_is_not_held_again()
    {
        var account = Billed(1);
        var declared = StaleFeeds.HoldOver(Wednesday, [account.Ledger], [], [Payments])!;

        account.Change(declared);

        account.ThenDebits(DebitState.Deferred);
        Assert.Null(
            StaleFeeds.HoldOver(Wednesday.AddDays(1), [account.Ledger], account.Controls.Deferrals, [Payments])
        );
    }

    [Fact]
    public void What_a_person_has_released_in_this_outage_is_not_held_again_and_in_another_one_it_is()
    {
        var account = Billed(1).On("2020-01-22", "05:00");
        account.Change(StaleFeeds.HoldOver(Wednesday, [account.Ledger], [], [Payments])!);
        account.Change(new BacklogCleared([new CycleNumber(1)], new Dictionary<string, DateOnly>()));
        account.ThenDebits(DebitState.Scheduled);
        var next = Wednesday.AddDays(1);

        Assert.Null(StaleFeeds.HoldOver(next, [account.Ledger], account.Controls.Deferrals, [Payments]));
        Assert.Equal(
            "stale-feed-2020-01-23",
            StaleFeeds
                .HoldOver(
                    next,
                    [account.Ledger],
                    account.Controls.Deferrals,
                    [Payments with { LastOn = Wednesday, Days = 0 }]
                )
                ?.Id.Value
        );
    }

    [Fact]
    public void The_outage_of_another_kind_of_file_is_another_outage()
    {
        var account = Billed(1).On("2020-01-22", "05:00");
        account.Change(StaleFeeds.HoldOver(Wednesday, [account.Ledger], [], [Payments])!);
        account.Change(new BacklogCleared([new CycleNumber(1)], new Dictionary<string, DateOnly>()));
        var next = Wednesday.AddDays(1);

        // Bills are fresh through the 22nd: the hold of that day was not about them.
        Assert.Equal(
            "stale-feed-2020-01-23",
            StaleFeeds.HoldOver(next, [account.Ledger], account.Controls.Deferrals, [Payments, Bills])?.Id.Value
        );
    }

    [Fact]
    public void The_reason_names_each_kind_of_file_that_stays_out() =>
        Assert.Equal(
            "No bills file for more than 5 banking days, the last one on 2020-01-14; no payments file for more than 2 "
                + "banking days, the last one on 2020-01-14",
            StaleFeeds.Why([Bills, Payments])
        );

    private static DeferralDeclared? HoldOver(DateOnly day, params AccountScenario[] accounts) =>
        StaleFeeds.HoldOver(day, accounts.Select(account => account.Ledger), [], [Payments]);

    private static AccountScenario Billed(int cycle, string bill = "jan") =>
        GivenAnAccount(cycle).WhenABillIsImported(bill, 5_000);
}
