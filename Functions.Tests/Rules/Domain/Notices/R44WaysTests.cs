using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R44: what is asked for, dropped and declined, and how it goes.</summary>
public sealed class R44WaysTests
{
    private const string Kim = "kim@customer.example";
    private static readonly Policies Enforced = new() { NoticeClock = NoticeClockMode.Enforce };

    // A debit of 57.00 that waits for its notice, on Jan 12.
    private static AccountScenario GivenOneWaits(string? email = Kim) =>
        GivenKim(Enforced, email).WhenABillIsImported("jan", 5_000).WhenABillIsAdjusted("jan", 700);

    private static AccountScenario GivenKim(Policies policies, string? email = Kim, DateOnly? card = null)
    {
        var account = GivenAnAccount(policies: policies);
        var enrolment = account.Ledger.Enrolled with { Email = email, CardExpires = card };
        return account.Do(new Enrol(enrolment, account.Now));
    }

    private static AccountScenario Fails(AccountScenario account, int number) =>
        account.Do(new RecordNoticeFailed(account.Debit(1).Id, number, "550", account.Now));

    private static NoticeKind[] KindsOf(AccountScenario account) =>
        [.. account.Debit(1).Notices.Select(notice => notice.Kind)];

    [Fact]
    public void R44_It_goes_by_e_mail_where_an_address_is_known_and_else_by_letter()
    {
        Assert.False(Assert.Single(GivenOneWaits().Ledger.PendingNotices()).ByLetter);
        Assert.True(Assert.Single(GivenOneWaits(email: null).Ledger.PendingNotices()).ByLetter);
    }

    [Fact]
    public void R44_An_address_that_failed_is_followed_by_a_letter_until_another_one_is_known()
    {
        var account = Fails(GivenOneWaits(), 1);
        Assert.True(Assert.Single(account.Ledger.PendingNotices()).ByLetter);
        Assert.Equal(
            [WorkKind.NoticeFailed],
            account.Ledger.Work().Select(item => item.Kind).Where(kind => kind == WorkKind.NoticeFailed)
        );

        account.Do(new Enrol(account.Ledger.Enrolled with { Email = "new@customer.example" }, account.Now));
        Assert.False(Assert.Single(account.Ledger.PendingNotices()).ByLetter);
        Assert.DoesNotContain(account.Ledger.Work(), item => item.Kind == WorkKind.NoticeFailed);
    }

    [Fact]
    public void R44_What_has_nothing_to_tell_any_more_is_dropped()
    {
        var account = GivenOneWaits().WhenAPaymentIsPosted("p", 700);
        Assert.Equal(NoticeState.Dropped, Assert.Single(account.Debit(1).Notices).State);
        Assert.Empty(account.Ledger.PendingNotices());
    }

    [Fact]
    public void R44_What_a_hold_keeps_back_is_told_when_it_is_let_go()
    {
        var account = GivenOneWaits().WhenFinanceHolds("jan").WhenEvaluated();
        Assert.Equal(NoticeState.Dropped, Assert.Single(account.Debit(1).Notices).State);
        account.WhenFinanceClears(1).WhenEvaluated();
        Assert.Single(account.Ledger.PendingNotices());
    }

    [Fact]
    public void R44_What_waits_for_a_release_is_not_told_yet()
    {
        var account = GivenAnAccount(policies: Enforced, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenABillIsAdjusted("jan", 700)
            .WhenFinanceClears(1)
            .WhenEvaluated();
        Assert.Empty(account.Debit(1).Notices);
    }

    [Fact]
    public void R44_A_plan_of_a_release_says_what_goes_later_than_the_others()
    {
        var account = GivenAnAccount(policies: Enforced, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1)
            .WhenEvaluated();
        Assert.StartsWith(
            "waits for its notice: it was told for 2020-01-22",
            Assert.Single(account.Plan()).Why,
            StringComparison.Ordinal
        );

        account.WhenTwoPeopleRelease().ThenDebits(DebitState.Scheduled);
        Assert.Single(account.Ledger.PendingNotices());
    }

    [Fact]
    public void R44_What_a_public_notice_has_told_meanwhile_is_dropped()
    {
        var account = GivenKim(Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1);
        Assert.Single(account.Ledger.PendingNotices());
        account
            .Change(
                new PublicNoticeRecorded(
                    "n",
                    [new CycleNumber(1)],
                    new DateOnly(2020, 1, 1),
                    new DateOnly(2020, 2, 5),
                    new DateOnly(2020, 1, 2),
                    null,
                    true,
                    "everybody",
                    "press"
                )
            )
            .WhenEvaluated();
        Assert.Empty(account.Ledger.PendingNotices());
    }

    // The debit still waits: its customer was told today, as everybody was.
    [Fact]
    public void R44_What_a_public_notice_tells_from_today_on_is_told_by_no_letter()
    {
        var account = GivenKim(Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1);
        var (from, to) = (new DateOnly(2020, 1, 1), new DateOnly(2020, 2, 5));
        account
            .Change(
                new PublicNoticeRecorded("n", [new(1)], from, to, account.Now.Today, null, true, "everybody", "press")
            )
            .ThenDebits(DebitState.Scheduled);
        Assert.True(Noticing.Waits(account.Ledger, account.Debit(1), account.Controls, account.Now.Today));
        Assert.Empty(account.Ledger.PendingNotices());
    }

    [Fact]
    public void R44_A_reminder_comes_once_so_many_days_before()
    {
        var account = GivenKim(new Policies { RemindDaysBefore = 3 }).WhenABillIsImported("jan", 5_000);
        Assert.Empty(account.On("2020-01-18", "07:00").WhenEvaluated().Debit(1).Notices);
        Assert.Equal([NoticeKind.Reminder], KindsOf(account.On("2020-01-19", "07:00").WhenEvaluated()));
        var sent = new RecordNoticeSent(
            account.Debit(1).Id,
            1,
            NoticeChannel.Email,
            account.Now.Today,
            new Money(5_000),
            new DateOnly(2020, 1, 22),
            "m",
            account.Now
        );
        Assert.Equal([NoticeKind.Reminder], KindsOf(account.Do(sent).On("2020-01-20", "07:00").WhenEvaluated()));
    }

    [Fact]
    public void R44_A_reminder_names_the_day_on_which_the_debit_may_leave()
    {
        var account = GivenKim(Enforced with { RemindDaysBefore = 3 })
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", 700);
        // Nobody has been told of 57.00: it does not leave on Jan 22.
        Assert.Equal([NoticeKind.Change], KindsOf(account.On("2020-01-20", "07:00").WhenEvaluated()));
        account.Do(
            new RecordNoticeSent(
                account.Debit(1).Id,
                1,
                NoticeChannel.Email,
                account.Now.Today,
                new Money(5_700),
                Day("2020-01-30"),
                "m",
                account.Now
            )
        );
        Assert.Equal([NoticeKind.Change], KindsOf(account.On("2020-01-26", "07:00").WhenEvaluated()));
        account.On("2020-01-27", "07:00").WhenEvaluated();
        Assert.Equal([NoticeKind.Change, NoticeKind.Reminder], KindsOf(account));
        var (ledger, controls) = (account.Ledger, account.Controls);
        var reminder = NoticeContent.Of(ledger, account.Debit(1), NoticeKind.Reminder, controls, account.Now.Today);
        Assert.Equal(Day("2020-01-30"), reminder?.Day);
    }

    [Fact]
    public void R44_A_bounce_of_a_notice_that_there_is_not_is_refused()
    {
        var account = GivenOneWaits().WhenAPaymentIsPosted("p", 700);
        foreach (var number in (int[])[1, 2])
        {
            var bounce = new RecordNoticeFailed(account.Debit(1).Id, number, "550", account.Now) { IsBounce = true };
            Assert.Throws<RefusedException>(() => account.Do(bounce));
        }

        // The server says so of what was dropped meanwhile: nothing is left to tell.
        Assert.Equal(NoticeState.Dropped, Fails(account, 1).Debit(1).Notices.Single().State);
    }

    [Theory]
    [InlineData("2019-12-31", true)]
    [InlineData("2020-01-31", false)]
    public void R44_A_card_that_expires_before_the_debit_is_told_ten_days_before(string lastDay, bool isTold)
    {
        var account = GivenKim(new Policies { TellCardExpires = true }, card: Day(lastDay))
            .WhenABillIsImported("jan", 5_000);
        Assert.Equal(isTold ? [NoticeKind.CardExpires] : [], KindsOf(account));
    }

    [Fact]
    public void R44_Each_no_of_the_bank_is_told_and_a_yes_too()
    {
        var account = GivenKim(new Policies { TellNotCollected = true, TellCollected = true })
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R01");
        Assert.Equal([NoticeKind.NotCollected], KindsOf(account));
        account.WhenTheRunComes("2020-02-03").TheBankSaysNo("R01");
        Assert.Equal([NoticeKind.NotCollected, NoticeKind.NotCollected], KindsOf(account));
        account.WhenTheRunComes("2020-02-25").TheBankSaysYes();
        Assert.Equal(NoticeKind.Collected, KindsOf(account)[^1]);
    }

    [Fact]
    public void R44_What_the_bank_takes_back_after_its_yes_is_told_once()
    {
        var account = GivenKim(new Policies { TellNotCollected = true })
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .On("2020-02-03")
            .MoneyComesBack(1, 5_000, code: "R01")
            .TheProviderRepeats(1);
        Assert.Equal([NoticeKind.NotCollected], KindsOf(account));
        var (ledger, controls) = (account.Ledger, account.Controls);
        var content = NoticeContent.Of(ledger, account.Debit(1), NoticeKind.NotCollected, controls, account.Now.Today)!;
        Assert.Equal((5_000, true), (content.Amount.Cents, content.IsTakenBack));
        Assert.Equal(NextStepKind.PayNow, Assert.Single(content.Next).Kind);
    }

    [Fact]
    public void R44_Courtesies_can_be_declined_and_what_the_law_asks_for_cannot()
    {
        var account = GivenKim(new Policies { TellNotCollected = true });
        Assert.Throws<RefusedException>(() =>
            account.Do(new DeclineNotices([NoticeKind.Change], "he asked", account.Now))
        );
        account
            .Do(new DeclineNotices([NoticeKind.NotCollected], "he asked", account.Now))
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R01");
        Assert.Empty(account.Debit(1).Notices);
    }
}
