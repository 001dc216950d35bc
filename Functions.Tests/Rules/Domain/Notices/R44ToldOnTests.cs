using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R44: when a customer had been told, by which notices, and of which days that is true.</summary>
public sealed class R44ToldOnTests
{
    private static readonly Policies Enforced = new() { NoticeClock = NoticeClockMode.Enforce };

    // Due Jan 22, held and cleared on Feb 20: the day is new, seven days of notice.
    private static AccountScenario GivenALaterDay() =>
        GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1);

    private static AccountScenario Sent(AccountScenario account, string on, string day, long cents = 5_000) =>
        account.Do(
            new RecordNoticeSent(
                account.Debit(1).Id,
                account.Debit(1).Notices.Single(it => it.IsWaiting).Number,
                NoticeChannel.Email,
                Day(on),
                new Money(cents),
                Day(day),
                "m",
                account.Now
            )
        );

    private static AccountScenario Announced(
        AccountScenario account,
        string id,
        string on,
        string? debitsFrom = null
    ) =>
        account.Change(
            new PublicNoticeRecorded(
                id,
                [new CycleNumber(1)],
                Day("2020-01-22"),
                Day("2020-02-05"),
                Day(on),
                debitsFrom is null ? null : Day(debitsFrom),
                true,
                "press",
                "link"
            )
        );

    private static string? WhyNot(AccountScenario account, string day, long? cents = null) =>
        NoticeClock.WhyNot(
            account.Ledger,
            account.Debit(1),
            account.Controls,
            cents is { } some ? new Money(some) : account.Ledger.OpenOn(account.Debit(1)),
            Day(day)
        );

    private static string? ToldOn(AccountScenario account, string day, long cents = 5_000) =>
        NoticeClock
            .ToldOn(account.Ledger, account.Debit(1), account.Controls, new Money(cents), Day(day))
            ?.ToString("yyyy-MM-dd", null);

    private static IEnumerable<string> Publicly(AccountScenario account, string day) =>
        NoticeClock
            .ToldPublicly(
                account.Ledger,
                account.Debit(1),
                account.Controls,
                account.Ledger.OpenOn(account.Debit(1)),
                Day(day)
            )
            .Select(notice => notice.Id);

    [Fact]
    public void R44_It_says_what_is_new_and_how_many_days_that_takes()
    {
        Assert.Equal("it was told for 2020-01-22: 7 days of notice", WhyNot(GivenALaterDay(), "2020-02-27"));
        Assert.Null(WhyNot(GivenALaterDay(), "2020-01-22"));
        Assert.Equal(
            "50.01 is more than the 50.00 that the bill told: 10 days of notice",
            WhyNot(GivenALaterDay(), "2020-02-27", 5_001)
        );
    }

    // Told on Feb 21 of Feb 28: that is true for a week, and for the banking day after it.
    [Theory]
    [InlineData("2020-02-27", false)]
    [InlineData("2020-02-28", true)]
    [InlineData("2020-03-06", true)]
    [InlineData("2020-03-09", false)]
    public void R44_A_notice_is_true_from_the_day_that_it_named_for_a_week(string day, bool told) =>
        Assert.Equal(told, WhyNot(Sent(GivenALaterDay(), "2020-02-21", "2020-02-28"), day) is null);

    [Fact]
    public void R44_A_notice_tells_as_much_as_it_says_and_not_a_cent_more()
    {
        var told = Sent(GivenALaterDay(), "2020-02-21", "2020-02-28");
        Assert.Equal("2020-02-21", ToldOn(told, "2020-02-28"));
        Assert.Null(ToldOn(told, "2020-02-28", 5_001));
        Assert.Null(ToldOn(told, "2020-02-27"));
        Assert.Null(ToldOn(GivenALaterDay(), "2020-02-28"));
    }

    [Fact]
    public void R44_Of_several_notices_the_first_one_that_was_long_enough_before_counts()
    {
        var account = Announced(Sent(GivenALaterDay(), "2020-02-21", "2020-02-28"), "a", "2020-02-20");
        Assert.Equal("2020-02-20", ToldOn(account, "2020-02-28"));
        Announced(account, "b", "2020-02-24");
        Assert.Equal("2020-02-20", ToldOn(account, "2020-03-02"));
        Assert.Equal(["a"], Publicly(account, "2020-03-01"));
        Assert.Equal(["a", "b"], Publicly(account, "2020-03-02"));
        Assert.Null(ToldOn(account, "2020-01-22"));
        Assert.Empty(Publicly(account, "2020-01-22"));
    }

    // It named Feb 28 as the first day of debits, a Friday.
    [Theory]
    [InlineData("2020-02-27", false)]
    [InlineData("2020-02-28", true)]
    [InlineData("2020-03-06", true)]
    [InlineData("2020-03-09", false)]
    public void R44_A_public_notice_that_named_a_day_is_true_from_then_on_for_a_week(string day, bool told) =>
        Assert.Equal(
            told ? ["a"] : Array.Empty<string>(),
            Publicly(Announced(GivenALaterDay(), "a", "2020-02-13", "2020-02-28"), day)
        );

    [Fact]
    public void R44_Told_today_it_may_leave_on_the_first_banking_day_after_its_days_of_notice()
    {
        var account = GivenALaterDay();
        Assert.Equal(Day("2020-02-27"), WhenTold("2020-02-20"));
        Assert.Equal(Day("2020-03-02"), WhenTold("2020-02-22"));
        // More than the bill told is ten days.
        account.WhenABillIsAdjusted("jan", 1);
        Assert.Equal(Day("2020-03-02"), WhenTold("2020-02-20"));

        DateOnly WhenTold(string sent) =>
            NoticeClock.DayWhenTold(account.Ledger, account.Debit(1), Enforced, Day(sent));
    }

    [Fact]
    public void R44_What_was_told_for_its_own_day_leaves_on_it_however_early_it_is_told()
    {
        var account = GivenAnAccount(policies: Enforced).WhenABillIsImported("jan", 5_000);
        Assert.Equal(
            Day("2020-01-22"),
            NoticeClock.DayWhenTold(account.Ledger, account.Debit(1), Enforced, Day("2020-01-13"))
        );
    }

    // Another amount than the debit before, told by the bill of Feb 5: ten days after it.
    [Theory]
    [InlineData(6_000, "2020-02-05", true)]
    [InlineData(6_000, "2020-02-09", true)]
    [InlineData(6_000, "2020-02-10", false)]
    [InlineData(5_000, "2020-02-10", true)]
    [InlineData(4_000, "2020-02-10", true)]
    [InlineData(5_001, "2020-02-10", false)]
    public void R44_More_than_the_last_debit_is_told_by_its_bill_ten_days_before(long cents, string billed, bool told)
    {
        var account = GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .WhenABillIsImported("feb", cents, billDate: billed);

        Assert.Equal(
            told
                ? null
                : $"{new Money(cents)} is another amount than before, told by the bill of {billed}: 10 days of "
                    + "notice",
            NoticeClock.WhyNot(account.Ledger, account.Debit(2), account.Controls, new Money(cents), Day("2020-02-19"))
        );
    }

    [Fact]
    public void R44_A_notice_that_is_sent_again_by_letter_makes_good_the_one_that_failed()
    {
        var account = GivenALaterDay();
        Assert.True(account.Ledger.IsTold);
        Assert.Empty(account.Ledger.UndeliveredNotices());
        account.Do(new RecordNoticeFailed(account.Debit(1).Id, 1, "550", account.Now));
        Assert.Equal([1], account.Ledger.UndeliveredNotices().Select(it => it.Notice.Number));
        Sent(account, "2020-02-21", "2020-02-28");
        Assert.Empty(account.Ledger.UndeliveredNotices());
        Assert.False(GivenAnAccount().WhenABillIsImported("jan", 5_000).Ledger.IsTold);
    }
}
