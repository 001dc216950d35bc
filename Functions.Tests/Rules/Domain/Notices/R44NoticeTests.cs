using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R44: a debit of more than was told, or on another day, waits until its customer has had days of notice.
/// </summary>
public sealed class R44NoticeTests
{
    private static readonly Policies Enforced = new() { NoticeClock = NoticeClockMode.Enforce };

    // January's bill (50.00, total 50.00) has the bill date Jan 8 and is due on Jan 22.
    private static AccountScenario GivenJanuary(Policies? policies = null, long previous = 0) =>
        GivenAnAccount(policies: policies ?? Enforced).WhenABillIsImported("jan", 5_000, previous: previous);

    private static AccountScenario Told(AccountScenario account, string on, int number = 1)
    {
        account.On(on, "09:00");
        var debit = account.Ledger.Debits.Last(it => it.Notices.Count > 0);
        var content = NoticeContent.Of(account.Ledger, debit, NoticeKind.Change, account.Controls, account.Now.Today)!;
        return account.Do(
            new RecordNoticeSent(
                debit.Id,
                number,
                NoticeChannel.Email,
                account.Now.Today,
                content.Amount,
                content.Day,
                "message-1",
                account.Now
            )
        );
    }

    private static DateOnly? EarliestOf(AccountScenario account, int debit = 1) =>
        NoticeClock.EarliestDay(account.Ledger, account.Debit(debit), account.Controls, account.Now.Today);

    [Fact]
    public void R44_A_bill_tells_its_amount_and_its_day() =>
        GivenJanuary().WhenTheRunComesFor("jan").ThenAsked(1, 5_000);

    [Fact]
    public void R44_A_roll_to_the_next_banking_day_is_no_other_day() =>
        GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("sat", 5_000, due: "2020-01-25", billDate: "2020-01-10")
            .WhenTheRunComes("2020-01-27")
            .ThenAsked(1, 5_000);

    [Fact]
    public void R44_What_was_released_waits_seven_days_after_its_customer_was_told()
    {
        var account = GivenJanuary()
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1)
            .WhenEvaluated()
            .ThenDebit(1, Scheduled);
        Assert.Null(EarliestOf(account));
        var notice = Assert.Single(account.Debit(1).Notices);
        Assert.Equal((NoticeKind.Change, NoticeState.Waiting), (notice.Kind, notice.State));

        Told(account, "2020-02-21");
        Assert.Equal(new DateOnly(2020, 2, 28), EarliestOf(account));
        account.WhenTheRunComes("2020-02-27").ThenDebit(1, Scheduled).WhenTheRunComes("2020-02-28").ThenAsked(1, 5_000);
        Assert.Equal("message-1", account.Debit(1).Notices.Single().Proof);
    }

    [Fact]
    public void R44_What_is_more_than_the_bill_told_waits_ten_days()
    {
        var account = GivenJanuary().WhenABillIsAdjusted("jan", 700);
        Assert.Single(account.Debit(1).Notices);
        Told(account, "2020-01-14");
        Assert.Equal(new DateOnly(2020, 1, 24), EarliestOf(account));
        account.WhenTheRunComesFor("jan").ThenDebit(1, Scheduled).WhenTheRunComes("2020-01-24").ThenAsked(1, 5_700);
    }

    [Fact]
    public void R44_A_previous_balance_that_the_debit_does_not_take_tells_nothing_of_it()
    {
        var account = GivenJanuary(previous: 9_640).WhenABillIsAdjusted("jan", 700);
        account.WhenTheRunComesFor("jan").ThenDebit(1, Scheduled);
        Assert.Equal(NoticeKind.Change, Assert.Single(account.Debit(1).Notices).Kind);
    }

    [Fact]
    public void R44_What_is_less_needs_no_notice() =>
        GivenJanuary().WhenAPaymentIsPosted("p", 2_000).WhenTheRunComesFor("jan").ThenAsked(1, 3_000);

    [Fact]
    public void R44_Less_than_the_notice_said_goes_and_more_is_told_anew()
    {
        var less = Told(GivenJanuary().WhenABillIsAdjusted("jan", 700), "2020-01-13").WhenABillIsAdjusted("jan", -100);
        less.WhenTheRunComes("2020-01-23").ThenAsked(1, 5_600);

        var more = Told(GivenJanuary().WhenABillIsAdjusted("jan", 700), "2020-01-13").WhenABillIsAdjusted("jan", 1);
        more.WhenTheRunComes("2020-01-23").ThenDebit(1, Scheduled);
        Assert.Equal([NoticeState.Sent, NoticeState.Waiting], more.Debit(1).Notices.Select(notice => notice.State));
    }

    [Fact]
    public void R44_A_bill_that_comes_late_tells_another_amount_too_late_for_its_day()
    {
        var account = GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("late", 5_000, due: "2020-01-22", billDate: "2020-01-13")
            .WhenTheRunComes("2020-01-22")
            .ThenDebit(1, Scheduled);
        Assert.Single(account.Debit(1).Notices);
    }

    [Fact]
    public void R44_Both_bills_of_a_merge_are_told_by_the_later_one_that_prints_them() =>
        GivenJanuary()
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000, previous: 5_000)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 11_000);

    [Fact]
    public void R44_A_merge_that_the_later_bill_does_not_print_waits()
    {
        var account = GivenJanuary(Enforced with { PreviousBalance = PreviousBalancePolicy.Off })
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000, previous: 0)
            .WhenTheRunComesFor("feb")
            .ThenDebit(2, Scheduled);
        Assert.Single(account.Debit(2).Notices);
    }

    [Fact]
    public void R44_A_retry_of_the_same_amount_needs_no_notice() =>
        GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-01-29")
            .ThenAsked(1, 5_000, attempt: 2);

    [Fact]
    public void R44_A_notice_that_did_not_arrive_told_nothing_and_is_asked_for_anew()
    {
        var account = Told(GivenJanuary().WhenABillIsAdjusted("jan", 700), "2020-01-13");
        account.Do(new RecordNoticeFailed(account.Debit(1).Id, 1, "mailbox unknown", account.Now));
        Assert.Equal([NoticeState.Failed, NoticeState.Waiting], account.Debit(1).Notices.Select(it => it.State));
        account.WhenTheRunComes("2020-01-23").ThenDebit(1, Scheduled);
    }

    [Theory]
    [InlineData("2020-02-13", false, "2020-02-20")]
    [InlineData("2020-02-14", false, "2020-02-21")]
    public void R44_A_public_notice_tells_the_day_of_what_it_is_about(string published, bool amounts, string first)
    {
        var account = GivenJanuary().WhenFinanceHolds("jan").On("2020-02-18", "09:00");
        Announce(account, published, amounts).WhenFinanceClears(1).WhenEvaluated();
        Assert.Equal(DateOnly.Parse(first), EarliestOf(account));
        Assert.Empty(account.Debit(1).Notices);
        account.WhenTheRunComes(first).ThenAsked(1, 5_000);
    }

    [Theory]
    [InlineData(false, 0, null)]
    [InlineData(true, 0, "2020-02-24")]
    [InlineData(true, 1, null)]
    public void R44_Only_one_that_tells_amounts_tells_them_and_only_as_they_were_billed(
        bool amounts,
        long adjustedBy,
        string? first
    )
    {
        var account = GivenJanuary(Enforced with { PreviousBalance = PreviousBalancePolicy.Off })
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000, due: "2020-02-05", previous: 0)
            .WhenABillIsAdjusted("feb", adjustedBy)
            .On("2020-02-18", "09:00");
        Announce(account, "2020-02-13", amounts);
        Assert.Equal(first is null ? null : DateOnly.Parse(first), EarliestOf(account, 2));
    }

    [Fact]
    public void R44_A_public_notice_that_named_a_day_has_grown_old_a_week_after_it()
    {
        var account = GivenJanuary().WhenFinanceHolds("jan");
        account.Change(Notice("n", "2020-01-13", false) with { DebitsFrom = Day("2020-01-30") });
        Assert.Null(EarliestOf(account.On("2020-07-20", "05:00").WhenFinanceClears(1)));
    }

    [Fact]
    public void R44_A_bill_that_came_late_is_told_for_the_whole_of_its_days()
    {
        var account = GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("late", 5_000, due: "2020-01-31", billDate: "2020-01-24");
        Told(account, "2020-01-24").WhenTheRunComes("2020-01-31").ThenDebit(1, Scheduled);
        Assert.Equal(Day("2020-02-03"), account.Debit(1).Notices[0].Day);
    }

    [Fact]
    public void R44_A_corrected_bill_has_told_what_was_printed_first()
    {
        var account = GivenJanuary().On("2020-01-21");
        account.Do(
            new ImportBill(account.NewBill("jan", 9_000, "2020-01-22", previous: 0), account.Now) { Source = "second" }
        );
        account.Do(new TakeCorrection(CorrectedItem.Bill, "jan", "asked", account.Now));
        account.WhenTheRunComesFor("jan").ThenDebit(1, Scheduled);
    }

    [Fact]
    public void R44_A_bill_that_a_person_has_moved_here_has_told_its_new_customer_nothing()
    {
        var account = GivenAnAccount(policies: Enforced).On("2020-01-15");
        var bill = account.NewBill("jan", 3_000, previous: 4_000);
        account.Do(new NoteConflict(bill, null, new AccountId("10-0002"), account.Now) { Source = "export" });
        account.Do(new TakeCorrection(CorrectedItem.Bill, "jan", "asked", account.Now));
        Told(account, "2020-01-16").WhenTheRunComesFor("jan").ThenDebit(1, Scheduled);
        account.WhenTheRunComes("2020-01-27").ThenAsked(1, 3_000);
    }

    [Fact]
    public void R44_What_was_moved_here_is_told_by_the_next_bill_that_prints_it()
    {
        var account = GivenAnAccount(policies: Enforced);
        var bill = account.NewBill("jan", 3_000, previous: 0) with { MovedFrom = new AccountId("10-0002") };
        account
            .Do(new ImportBill(bill, account.Now))
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 9_000);
    }

    [Fact]
    public void R44_One_that_was_withdrawn_or_is_about_other_bills_told_nobody()
    {
        var account = GivenJanuary().WhenFinanceHolds("jan").On("2020-02-18", "09:00");
        Announce(account, "2020-02-01", amounts: true).Change(new PublicNoticeWithdrawn("feb-13"));
        account.Change(Notice("other", "2020-02-01", true) with { Cycles = [new CycleNumber(2)] });
        account.Change(Notice("later", "2020-02-01", true) with { DueFrom = new DateOnly(2020, 1, 23) });
        Assert.Null(EarliestOf(account.WhenFinanceClears(1).WhenEvaluated()));
    }

    [Fact]
    public void R44_Warn_says_it_with_the_charge_and_nothing_waits()
    {
        var account = GivenJanuary(Enforced with { NoticeClock = NoticeClockMode.Warn })
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "07:00")
            .WhenFinanceClears(1)
            .ThenAsked(1, 5_000);
        Assert.Empty(account.Debit(1).Notices);
        Assert.Contains(
            "without notice (it was told for 2020-01-22",
            Assert.Single(account.LastEvents.OfType<AttemptPlanned>()).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void R44_Nothing_is_told_of_what_a_hold_or_a_halt_keeps_back()
    {
        var account = GivenJanuary().WhenEvaluated();
        Assert.Empty(account.Debit(1).Notices);
        var held = GivenJanuary().WhenFinanceHolds("jan").WhenABillIsAdjusted("jan", 700).WhenEvaluated();
        Assert.Empty(held.Debit(1).Notices);
        var halted = GivenJanuary().WhenFinanceHalts().WhenABillIsAdjusted("jan", 700).WhenEvaluated();
        Assert.Empty(halted.Debit(1).Notices);
        Assert.Single(halted.WhenFinanceResumes().WhenEvaluated().Debit(1).Notices);
    }

    [Fact]
    public void R44_The_bank_is_not_asked_when_what_told_the_customer_is_gone_between_plan_and_lock()
    {
        var account = Announce(GivenJanuary().WhenFinanceHolds("jan").On("2020-02-20", "05:00"), "2020-02-01", true)
            .WhenFinanceClears(1)
            .WhenEvaluated()
            .ThenAsked(1, 5_000)
            .Change(new PublicNoticeWithdrawn("feb-13"));
        Assert.Contains(
            "days of notice",
            PreChargeCheck.WhyNotLock(account.Ledger, account.Debit(1).Living, account.Controls, account.Now.Today),
            StringComparison.Ordinal
        );
        account.WhenThePreChargeCheckComes().ThenDebit(1, Scheduled);
    }

    [Fact]
    public void R44_An_account_is_looked_at_again_on_the_day_that_its_notice_named()
    {
        var account = Told(GivenJanuary().WhenABillIsAdjusted("jan", 700), "2020-01-14");
        Assert.Equal(
            At("2020-01-24", "06:00").Utc,
            NextEvaluation.Of(account.Ledger, account.Controls, City, account.Now, TimeSpan.FromMinutes(5))
        );
    }

    [Fact]
    public void R44_Whoever_was_told_of_a_later_day_is_not_charged_before_it()
    {
        var account = GivenJanuary().WhenABillIsAdjusted("jan", 700).On("2020-01-14", "09:00");
        var (sent, day) = (account.Now.Today, Day("2020-01-31"));
        account.Do(
            new RecordNoticeSent(
                account.Debit(1).Id,
                1,
                NoticeChannel.Letter,
                sent,
                new(5_700),
                day,
                "L-1",
                account.Now
            )
        );

        Assert.Equal(day, EarliestOf(account));
        account.WhenTheRunComes("2020-01-30").ThenDebit(1, Scheduled);
        account.WhenTheRunComes("2020-01-31").ThenAsked(1, 5_700);
    }

    [Fact]
    public void R44_A_notice_that_has_grown_old_tells_nothing()
    {
        var account = Told(GivenJanuary().WhenABillIsAdjusted("jan", 700), "2020-01-14")
            .WhenFinanceHalts()
            .WhenTheRunComes("2020-01-24")
            .On("2020-02-03", "05:00")
            .WhenFinanceResumes()
            .WhenTheRunComes("2020-02-03")
            .ThenDebit(1, Scheduled);
        Assert.Equal([NoticeState.Sent, NoticeState.Waiting], account.Debit(1).Notices.Select(it => it.State));
    }

    private static PublicNoticeRecorded Notice(string id, string published, bool amounts) =>
        new(
            id,
            [new CycleNumber(1)],
            new DateOnly(2020, 1, 22),
            new DateOnly(2020, 2, 5),
            DateOnly.Parse(published),
            null,
            amounts,
            "press, web site",
            "https://city.example/feb-13"
        );

    private static AccountScenario Announce(AccountScenario account, string published, bool amounts) =>
        account.Change(Notice("feb-13", published, amounts));
}
