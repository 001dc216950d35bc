using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R23: autopay off and on.</summary>
public sealed class R23AutopayTests
{
    [Fact]
    public void R23_Off_cancels_every_unsent_line_review_and_scheduled_retry() =>
        GivenAnAccount(cap: 9_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("big", 10_000, due: "2020-01-23")
            .WhenTheRunComesFor("jan")
            .WhenTheRunComes("2020-01-23")
            .TheBankSaysNo("R01")
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsImported("mar", 7_000)
            .WhenFinanceHolds("mar")
            .ThenDebits(RetryScheduled, NeedsReview, Scheduled, Deferred)
            .WhenAutopayGoesOff()
            .ThenDebits(Cancelled, Cancelled, Cancelled, Cancelled);

    [Fact]
    public void R23_Off_touches_nothing_in_flight() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAutopayGoesOff()
            .ThenDebits(Submitted)
            .TheBankSaysYes()
            .ThenDebits(Collected);

    [Fact]
    public void R23_A_no_after_autopay_went_off_is_not_retried() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAutopayGoesOff()
            .TheBankSaysNo("R01")
            .ThenDebits(Cancelled);

    [Fact]
    public void R23_Off_before_the_pre_charge_check_sends_back_and_cancels() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenAutopayGoesOff()
            .ThenDebits(Charging)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Cancelled);

    [Fact]
    public void R23_Merged_parts_end_with_their_parent() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenAutopayGoesOff()
            .ThenDebits(Merged, Cancelled);

    [Theory]
    [InlineData("2020-01-21", true)]
    [InlineData("2020-01-22", true)]
    [InlineData("2020-01-23", false)]
    public void R23_On_schedules_open_bills_due_on_or_after_that_day(string day, bool scheduled)
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .On(day, "12:00")
            .WhenAutopayGoesOn();
        account.ThenDebits(scheduled ? [Scheduled] : []);
    }

    [Fact]
    public void R23_On_leaves_settled_skipped_and_blocked_bills_alone() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsSkipped("feb")
            .WhenAutopayGoesOn()
            .ThenDebits();

    [Fact]
    public void R23_On_schedules_what_is_left_of_a_bill() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenAutopayGoesOn()
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 3_000);

    [Fact]
    public void R23_On_makes_new_debits_and_revives_none() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .ThenDebits(Cancelled, Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenAsked(2, 5_000);

    [Fact]
    public void R23_On_obeys_holds_and_merges() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenFinanceHolds("feb")
            .WhenAutopayGoesOn()
            .ThenDebits(Merged, Deferred);

    [Fact]
    public void R23_On_does_not_double_a_bill_that_is_in_flight() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .ThenDebits(Submitted);

    [Fact]
    public void R23_The_accounts_file_switches_it_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheAccountsFileSays(it => it with { Autopay = false })
            .ThenDebits(Cancelled)
            .WhenTheAccountsFileSays(it => it with { Autopay = true })
            .ThenDebits(Cancelled, Scheduled);

    [Fact]
    public void R23_Switching_to_what_it_is_changes_nothing() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAutopayGoesOn()
            .ThenNothingHappened()
            .WhenTheAccountsFileSays(it => it)
            .ThenNothingHappened();

    // An import that is applied late, or that resumes after a kill.
    [Fact]
    public void R23_A_file_that_was_received_before_a_person_switched_does_not_switch() =>
        GivenAnAccount(autopay: false)
            .On("2020-01-14", "08:00")
            .WhenAutopayGoesOn()
            .WhenAnAccountsFileOf("2020-01-13", "09:00", it => it with { Autopay = false })
            .ThenNothingHappened()
            .WhenAnAccountsFileOf("2020-01-13", "09:00", it => it with { Autopay = false, PaymentMethod = "pm_2" })
            .ThenAutopayIs(on: true)
            .On("2020-01-15", "08:00")
            .WhenTheAccountsFileSays(it => it with { Autopay = true })
            .WhenTheAccountsFileSays(it => it with { Autopay = false })
            .ThenAutopayIs(on: false);

    [Fact]
    public void R23_A_switch_by_a_file_protects_against_no_later_file() =>
        GivenAnAccount()
            .On("2020-01-14", "08:00")
            .WhenTheAccountsFileSays(it => it with { Autopay = false })
            .WhenAnAccountsFileOf("2020-01-14", "08:00", it => it with { Autopay = true })
            .ThenAutopayIs(on: true);

    [Fact]
    public void R23_A_file_that_is_older_than_the_last_one_that_changed_the_account_changes_nothing() =>
        GivenAnAccount()
            .On("2020-01-15", "08:00")
            .WhenAnAccountsFileOf("2020-01-14", "08:00", it => it with { PaymentMethod = "pm_2" })
            .WhenAnAccountsFileOf("2020-01-13", "09:00", it => it with { PaymentMethod = "pm_1", Autopay = false })
            .ThenNothingHappened();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void R23_A_persons_switch_stands_whatever_the_nightly_file_repeats(bool fileSays)
    {
        var account = GivenAnAccount(autopay: fileSays).On("2020-01-15", "10:00");
        account = fileSays ? account.WhenAutopayGoesOff() : account.WhenAutopayGoesOn();
        foreach (var night in new[] { "2020-01-16", "2020-01-17" })
        {
            account
                .On(night, "02:00")
                .WhenTheAccountsFileSays(it => it with { Autopay = fileSays })
                .ThenNothingHappened()
                .ThenAutopayIs(!fileSays);
        }
    }

    [Fact]
    public void R23_Other_news_of_such_a_file_count_and_its_word_on_autopay_does_not() =>
        GivenAnAccount()
            .On("2020-01-15", "10:00")
            .WhenAutopayGoesOff()
            .On("2020-01-16", "02:00")
            .WhenTheAccountsFileSays(it => it with { Autopay = true, PaymentMethod = "pm_2" })
            .ThenAutopayIs(on: false);

    [Fact]
    public void R23_A_file_that_changes_its_mind_switches_again() =>
        GivenAnAccount()
            .On("2020-01-15", "10:00")
            .WhenAutopayGoesOff()
            .On("2020-01-16", "02:00")
            .WhenTheAccountsFileSays(it => it with { Autopay = false })
            .ThenAutopayIs(on: false)
            .On("2020-01-17", "02:00")
            .WhenTheAccountsFileSays(it => it with { Autopay = true })
            .ThenAutopayIs(on: true);

    [Fact]
    public void R23_On_schedules_whatever_a_hold_in_force_keeps_from_its_due_date() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-03")
            .WhenAutopayGoesOn()
            .ThenDebits(Deferred)
            .ThenDue(1, Due["jan"])
            .WhenFinanceClears(1)
            .ThenDebits(Charging);

    [Fact]
    public void R23_And_whatever_a_merge_covers() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .On("2020-02-03")
            .WhenAutopayGoesOn()
            .ThenDebits(Merged, Scheduled)
            .ThenLines(2, "jan", "feb");

    [Fact]
    public void R23_A_hold_that_is_cleared_keeps_nothing_any_more() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-03")
            .WhenFinanceClears(1)
            .WhenAutopayGoesOn()
            .ThenDebits();

    // Off the day before January is due.
    [Theory]
    [InlineData("2020-01-28", true)]
    [InlineData("2020-01-29", false)]
    public void R23_An_off_that_is_undone_within_seven_days_brings_back_what_it_cancelled(string on, bool comesBack)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-21", "12:00")
            .WhenAutopayGoesOff()
            .On(on, "12:00")
            .WhenAutopayGoesOn();
        account.ThenDebits(comesBack ? [Cancelled, Scheduled] : [Cancelled]);
    }

    [Fact]
    public void R23_Only_what_that_off_cancelled() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-23", "12:00")
            .WhenAutopayGoesOn()
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .ThenDebits();

    [Fact]
    public void R23_What_was_paid_or_skipped_meanwhile_does_not_come_back() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .On("2020-01-21", "12:00")
            .WhenAutopayGoesOff()
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenABillIsSkipped("feb")
            .On("2020-01-23", "12:00")
            .WhenAutopayGoesOn()
            .ThenDebits(Cancelled, Cancelled);

    [Fact]
    public void R23_A_retry_that_it_cancelled_is_not_asked_for_earlier_than_its_day() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .On("2020-01-29", "12:00")
            .WhenAutopayGoesOff()
            .On("2020-01-30", "12:00")
            .WhenAutopayGoesOn()
            .ThenDebits(Cancelled, Scheduled)
            .ThenDue(2, "2020-02-04")
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(2, 5_000);

    [Fact]
    public void R23_Nor_is_one_that_the_bank_refused_while_autopay_was_off() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-27", "12:00")
            .WhenAutopayGoesOff()
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebits(Cancelled)
            .On("2020-01-30", "12:00")
            .WhenAutopayGoesOn()
            .ThenDebits(Cancelled, Scheduled)
            .ThenDue(2, "2020-02-04");

    [Fact]
    public void R23_Autopay_is_on_since_the_day_on_which_it_was_switched_on()
    {
        var account = GivenAnAccount().On("2020-02-03").WhenTheAccountsFileSays(it => it with { Email = "a@b.org" });
        Assert.Equal(Day("2020-01-13"), account.Ledger.AutopaySince);
        Assert.Null(account.WhenAutopayGoesOff().Ledger.AutopaySince);
        Assert.NotNull(account.Ledger.LastOff);
        Assert.Equal(Day("2020-02-10"), account.On("2020-02-10").WhenAutopayGoesOn().Ledger.AutopaySince);
        Assert.Null(account.Ledger.LastOff);
        Assert.Null(GivenAnAccount(autopay: false).Ledger.AutopaySince);
    }

    [Fact]
    public void R23_A_retry_that_is_brought_back_folds_nowhere() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .ThenDue(3, "2020-02-04")
            .WhenFinanceMerges("jan")
            .ThenDebit(3, Scheduled)
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(3, 5_000);
}
