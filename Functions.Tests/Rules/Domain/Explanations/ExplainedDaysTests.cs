using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The days that a customer is told: when it was held, when the bank said no, when it leaves.</summary>
public sealed class ExplainedDaysTests
{
    private static AccountScenario GivenJanuary(Policies? policies = null, bool releases = false) =>
        GivenAnAccount(policies: policies, releases: releases).WhenABillIsImported("jan", 5_000, previous: 0);

    private static (DateOnly? From, DateOnly? To) Hold(AccountScenario account, int debit = 1) =>
        (account.Explain(debit).Days.HeldFrom, account.Explain(debit).Days.HeldTo);

    [Fact]
    public void A_second_hold_does_not_begin_the_first_one_anew()
    {
        var account = GivenJanuary()
            .WhenFinanceHolds("jan")
            .On("2020-01-16")
            .WhenFinanceHolds("jan", "again")
            .On("2020-02-18", "07:00")
            .WhenFinanceWithdraws("outage")
            .WhenFinanceWithdraws("again");

        Assert.Equal((Day("2020-01-13"), Day("2020-02-18")), Hold(account));
    }

    [Fact]
    public void A_hold_ends_when_its_own_debit_is_cancelled_and_not_when_another_one_is()
    {
        var account = GivenJanuary().WhenFinanceHolds("jan").WhenABillIsImported("feb", 6_000, previous: 5_000);
        account.On("2020-01-24").WhenABillIsSkipped("feb");
        Assert.Equal((Day("2020-01-13"), null), Hold(account));

        account.On("2020-01-27").WhenABillIsSkipped("jan").On("2020-01-28").WhenABillIsAdjusted("jan", -100);
        Assert.Equal((Day("2020-01-13"), Day("2020-01-27")), Hold(account));
    }

    [Fact]
    public void A_hold_goes_on_when_another_debit_is_held_or_merged()
    {
        var account = GivenJanuary()
            .WhenFinanceHolds("jan")
            .On("2020-01-14")
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceHolds("feb", "again")
            .On("2020-01-15")
            .WhenABillIsImported("mar", 7_000)
            .WhenFinanceWithdraws("again");
        Assert.Equal((Day("2020-01-14"), Day("2020-01-15")), Hold(account, debit: 2));

        account.WhenFinanceMerges("feb");
        Assert.Equal(DebitStory.Merged, account.Explain(2).Story);
        Assert.Equal((Day("2020-01-13"), null), Hold(account));
    }

    [Fact]
    public void A_debit_that_waits_for_the_next_bill_was_never_held()
    {
        var waits = GivenJanuary().WhenFinanceMerges("jan");
        Assert.Equal((null, null), Hold(waits));
        Assert.Equal((null, null), Hold(waits.On("2020-01-16").WhenABillIsImported("feb", 6_000), debit: 2));
    }

    [Fact]
    public void A_hold_that_was_over_when_the_debit_was_cancelled_keeps_its_own_end() =>
        Assert.Equal(
            (Day("2020-01-13"), Day("2020-01-15")),
            Hold(
                GivenJanuary()
                    .WhenFinanceHolds("jan")
                    .On("2020-01-15")
                    .WhenFinanceClears(1)
                    .On("2020-01-17")
                    .WhenABillIsSkipped("jan")
            )
        );

    [Fact]
    public void Without_a_whole_history_a_debit_that_is_held_still_says_since_when()
    {
        Assert.Equal(Day("2020-01-13"), WithoutHistory(GivenJanuary().WhenFinanceHolds("jan")).Days.HeldFrom);
        Assert.Null(WithoutHistory(GivenJanuary().WhenFinanceMerges("jan")).Days.HeldFrom);
    }

    private static Explanation WithoutHistory(AccountScenario account) =>
        Explain.Debit(account.Debit(1).Id, account.Past with { History = [] }, account.Controls, City, account.Now)!;

    [Fact]
    public void A_retry_is_told_with_the_no_before_it_also_when_the_bank_says_no_again()
    {
        var account = GivenJanuary(new Policies { MaxRetries = 1 })
            .WhenTheRunComesFor("jan")
            .On("2020-01-27")
            .TheBankSaysNo("R01");
        Assert.Equal(Day("2020-02-03"), account.Explain(1).Days.RetryOn);

        account.WhenTheRunComes("2020-02-03");
        Assert.Null(account.Explain(1).Days.RetryOn);
        account.On("2020-02-07").TheBankSaysNo("R01");
        Assert.Equal(Day("2020-01-27"), No(account));
    }

    private static DateOnly? No(AccountScenario account) =>
        ThisDayOf(account).Single(reason => reason.Kind == DayReasonKind.Retry).On;

    private static IReadOnlyList<DayReason> ThisDayOf(AccountScenario account, int debit = 1) =>
        account.Explain(debit).WhyThisDay;

    [Fact]
    public void A_debit_that_is_just_being_sent_says_on_which_day() =>
        Assert.Equal(
            Day("2020-01-22"),
            GivenJanuary().On("2020-01-22").WhenEvaluated().WhenThePreChargeCheckComes().Explain(1).Days.On
        );

    [Fact]
    public void Bills_that_came_together_are_named_by_their_due_dates_in_order()
    {
        var account = GivenJanuary()
            .WhenABillIsImported("feb", 2_000)
            .WhenABillIsImported("mar", 3_000)
            .WhenFinanceMerges("feb", "one")
            .WhenFinanceMerges("jan", "two");

        Assert.Equal(
            [Day(Due["jan"]), Day(Due["feb"])],
            ThisDayOf(account, debit: 3).Single(reason => reason.Kind == DayReasonKind.Merged).Bills
        );
    }

    [Fact]
    public void A_notice_that_came_in_time_for_the_due_date_did_not_decide_the_day()
    {
        var account = GivenAnAccount(policies: new Policies { NoticeClock = NoticeClockMode.Enforce });
        account
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsAdjusted("feb", 700)
            .Do(
                new RecordNoticeSent(
                    account.Debit(1).Id,
                    1,
                    NoticeChannel.Email,
                    Day("2020-01-13"),
                    new Money(5_700),
                    Day(Due["feb"]),
                    "message-1",
                    account.Now
                )
            );

        account.WhenTheRunComesFor("feb").ThenAsked(1, 5_700).ThenWhyThisDay(1, Phrase.WhyDueDate);
    }

    // Told on February 13, with seven days of notice: it can leave from the 20th on.
    private static AccountScenario GivenAPublicNotice(string cleared) =>
        GivenJanuary(new Policies { NoticeClock = NoticeClockMode.Enforce }, releases: true)
            .WhenFinanceHolds("jan")
            .On("2020-02-13")
            .Change(
                new PublicNoticeRecorded(
                    "feb-13",
                    [new CycleNumber(1)],
                    Day("2020-01-22"),
                    Day("2020-01-22"),
                    Day("2020-02-13"),
                    DebitsFrom: null,
                    CoversAmounts: true,
                    "press",
                    "https://city.example/feb-13"
                )
            )
            .On(cleared, "05:00")
            .WhenFinanceClears(1);

    [Theory]
    [InlineData("2020-02-18", "2020-02-19", true)]
    [InlineData("2020-02-19", "2020-02-19", true)]
    [InlineData("2020-02-18", "2020-02-20", false)] // The notice was over by then: the release alone decided the day.
    public void The_notice_is_a_reason_for_the_day_only_when_the_release_came_before_it(
        string cleared,
        string released,
        bool isReason
    )
    {
        var account = GivenAPublicNotice(cleared)
            .On(released, "05:00")
            .WhenTwoPeopleRelease()
            .On("2020-02-20", "05:00")
            .WhenEvaluatedUnder()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenAsked(1, 5_000);

        account.ThenWhyThisDay(
            1,
            [
                Phrase.WhyDueDate,
                Phrase.WhyHeld,
                Phrase.WhyReleasedByAnother,
                .. isReason ? new[] { Phrase.WhyTold } : [],
            ]
        );
    }
}
