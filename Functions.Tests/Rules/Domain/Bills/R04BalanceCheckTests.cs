using Autopay.Imports;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R4: the previous balance that a bill prints, held against our books once, at import.</summary>
public sealed class R04BalanceCheckTests
{
    private static readonly Policies Warn = new() { PreviousBalance = PreviousBalancePolicy.Warn };
    private static readonly Policies Off = new() { PreviousBalance = PreviousBalancePolicy.Off };

    [Theory]
    [InlineData("50.00,0.00,50.00", 0)]
    [InlineData("50.00,-10.00,40.00", 0)]
    [InlineData("50.00,10.00,50.00", 1)]
    [InlineData("50.00,10.00,40.00", 1)]
    public void R04_A_row_whose_total_is_not_charges_plus_previous_balance_is_an_error(string amounts, int problems)
    {
        var file = $"""
            bill_id,account_id,cycle,bill_date,due_date,penalty_date,current_charges,previous_balance,total_due
            jan,10-0001,1,2020-01-08,2020-01-22,2020-01-29,{amounts}

            """;
        var check = ImportReader.Read(ImportKind.Bills, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file)));
        Assert.Equal(problems, check.ProblemCount);
    }

    // January (50.00) was due on Jan 22; February's bill date is Feb 5.
    private static AccountScenario GivenJanuary(Policies? policies = null) =>
        GivenAnAccount(policies: policies).WhenABillIsImported("jan", 5_000);

    private static AccountScenario WhenFebruaryPrints(AccountScenario account, long previous) =>
        account.WhenABillIsImported("feb", 6_000, previous: previous);

    [Theory]
    [InlineData(5_000, 0)]
    [InlineData(4_999, 1)]
    [InlineData(5_001, 1)]
    public void R04_What_is_open_on_earlier_bills_is_consistent(long previous, int warnings) =>
        WhenFebruaryPrints(GivenJanuary(), previous).ThenWarned(warnings);

    [Fact]
    public void R04_Credit_counts_and_may_make_the_balance_negative()
    {
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 1_500)
            .On("2020-02-06")
            .WhenABillIsImported("feb", 6_000, previous: -1_500)
            .ThenWarned(0);
        WhenFebruaryPrints(GivenJanuary().WhenAPaymentIsPosted("p", 7_000).On("2020-02-06"), -2_000).ThenWarned(0);
    }

    [Fact]
    public void R04_The_check_comes_before_this_bill_takes_credit() =>
        WhenFebruaryPrints(GivenJanuary().WhenAPaymentIsPosted("p", 7_000), -2_000)
            .ThenWarned(0)
            .ThenBill("feb", open: 4_000, paid: 2_000)
            .ThenCredit(0);

    [Theory]
    [InlineData(5_000, 0)]
    [InlineData(0, 0)]
    [InlineData(2_500, 1)]
    public void R04_Debits_in_flight_count_as_paid_or_as_unpaid(long previous, int warnings) =>
        WhenFebruaryPrints(GivenJanuary().WhenTheRunComesFor("jan"), previous).ThenWarned(warnings);

    [Fact]
    public void R04_Between_paid_and_unpaid_is_no_money_that_we_do_not_know() =>
        WhenFebruaryPrints(GivenJanuary().WhenTheRunComesFor("jan"), 2_500)
            .ThenWarned(1)
            .WhenTheRunComesFor("feb")
            .ThenDebit(2, Submitted);

    [Fact]
    public void R04_A_payment_that_was_taken_back_was_never_posted() =>
        WhenFebruaryPrints(
                GivenJanuary().On("2020-02-06").WhenAPaymentIsPosted("p", 1_000).WhenAPaymentIsReversed("p"),
                7_000
            )
            .ThenWarned(1);

    [Fact]
    public void R04_A_scheduled_retry_explains_nothing_and_the_new_bill_waits_itself()
    {
        var account = WhenFebruaryPrints(
            GivenJanuary().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysNo("R01"),
            0
        );
        Assert.Empty(account.Bill("jan").Flags);
        account.WhenTheRunComes("2020-02-04").ThenAsked(1, 5_000, attempt: 2).WhenTheRunComesFor("feb");
        account.ThenDebit(2, NeedsReview);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void R04_A_bill_that_autopay_will_collect_one_day_waits_then_and_a_skipped_one_does_not(
        bool skipped,
        int flags
    )
    {
        var account = GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000);
        account = skipped ? account.WhenABillIsSkipped("jan") : account;
        Assert.Equal(flags, WhenFebruaryPrints(account, 0).Bill("jan").Flags.Count);
    }

    [Fact]
    public void R04_Only_what_is_due_before_the_new_bill_waits()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("mar", 4_000, previous: 0)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000, previous: 0);
        Assert.Equal([0, 1, 0], account.Ledger.Bills.Select(bill => bill.Flags.Count));
    }

    [Theory]
    [InlineData(8_000, 0)]
    [InlineData(0, 0)]
    [InlineData(5_000, 1)]
    [InlineData(3_000, 1)]
    public void R04_Debits_in_flight_count_all_alike(long previous, int warnings) =>
        WhenFebruaryPrints(
                GivenJanuary().WhenABillIsImported("extra", 3_000, due: "2020-01-21").WhenTheRunComesFor("jan"),
                previous
            )
            .ThenWarned(warnings);

    [Theory]
    [InlineData(5_000, 0)]
    [InlineData(3_000, 0)]
    [InlineData(4_000, 1)]
    public void R04_A_payment_posted_on_the_bill_date_or_later_counts_or_not(long previous, int warnings) =>
        WhenFebruaryPrints(
                GivenJanuary().On("2020-02-05", "05:00").WhenAPaymentIsPosted("p", 2_000, received: "2020-01-20"),
                previous
            )
            .ThenWarned(warnings);

    [Theory]
    [InlineData(3_000, 0)]
    [InlineData(5_000, 1)]
    public void R04_A_payment_posted_before_the_bill_date_counts(long previous, int warnings) =>
        WhenFebruaryPrints(GivenJanuary().On("2020-02-04", "05:00").WhenAPaymentIsPosted("p", 2_000), previous)
            .ThenWarned(warnings);

    // Open 30.00 less 40.00 of credit; 30.00 in flight, 40.00 posted late.
    [Theory]
    [InlineData(-1_000, 0)]
    [InlineData(-4_000, 0)]
    [InlineData(3_000, 0)]
    [InlineData(0, 0)]
    [InlineData(1_000, 1)]
    [InlineData(-4_001, 1)]
    public void R04_Both_choices_are_free_of_each_other(long previous, int warnings)
    {
        var account = GivenJanuary().WhenAPaymentIsPosted("early", 2_000).WhenTheRunComesFor("jan").ThenAsked(1, 3_000);
        WhenFebruaryPrints(account.On("2020-02-06").WhenAPaymentIsPosted("late", 4_000), previous).ThenWarned(warnings);
    }

    [Fact]
    public void R04_A_reversed_payment_is_no_late_payment() =>
        WhenFebruaryPrints(
                GivenJanuary().On("2020-02-06", "05:00").WhenAPaymentIsPosted("p", 2_000).WhenAPaymentIsReversed("p"),
                7_000
            )
            .ThenWarned(1);

    [Fact]
    public void R04_Lower_than_every_consistent_value_sends_the_debits_of_earlier_bills_to_a_person()
    {
        var account = WhenFebruaryPrints(GivenJanuary(), 1_000).ThenDebits(Scheduled, Scheduled).ThenWarned(1);
        account.WhenTheRunComesFor("jan").ThenDebit(1, NeedsReview, "10.00 was open before it; our books say 50.00");
        account.WhenTheRunComesFor("feb").ThenDebits(NeedsReview, Submitted).ThenAsked(2, 6_000);
    }

    [Fact]
    public void R04_A_flagged_debit_stays_deferred_until_evaluate_reaches_it() =>
        WhenFebruaryPrints(GivenJanuary().WhenFinanceHolds("jan"), 0)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Deferred, Scheduled)
            .WhenFinanceClears(1)
            .ThenDebits(NeedsReview, Scheduled);

    [Fact]
    public void R04_Scheduled_retries_are_not_flagged() =>
        WhenFebruaryPrints(GivenJanuary().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysNo("R01"), 0)
            .ThenWarned(1)
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Submitted, Scheduled);

    [Fact]
    public void R04_A_flag_follows_its_line_into_the_parent() =>
        WhenFebruaryPrints(GivenJanuary(), 0)
            .WhenFinanceMerges("jan")
            .ThenDebits(Merged, Scheduled)
            .WhenTheRunComesFor("feb")
            .ThenDebit(2, NeedsReview, "our books say");

    [Fact]
    public void R04_A_bill_of_the_same_day_that_flags_an_earlier_one_sends_their_common_debit_to_a_person() =>
        GivenJanuary()
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], previous: 0)
            .ThenLines(1, "jan", "jan-2")
            .WhenTheRunComesFor("jan")
            .ThenDebits(NeedsReview);

    [Fact]
    public void R04_A_printed_credit_that_our_books_do_not_know_is_never_collected() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 10_000, previous: -2_000)
            .ThenWarned(1)
            .WhenTheRunComesFor("jan")
            .ThenDebit(1, NeedsReview, "-20.00 was open before it; our books say 0.00");

    // Open 50.00 on January: what February prints is lower by as much, or by a cent more.
    [Theory]
    [InlineData(0, Submitted)]
    [InlineData(-1, NeedsReview)]
    public void R04_The_new_bill_goes_to_a_person_too_when_the_earlier_ones_do_not_explain_the_difference(
        long previous,
        DebitState february
    ) =>
        WhenFebruaryPrints(GivenJanuary(), previous)
            .WhenTheRunComesFor("jan")
            .ThenDebits(NeedsReview, Scheduled)
            .WhenTheRunComesFor("feb")
            .ThenDebits(NeedsReview, february);

    [Fact]
    public void R04_What_waits_for_a_person_already_explains_its_part_and_hears_of_it()
    {
        var account = GivenAnAccount(cap: 6_000)
            .WhenABillIsImported("jan", 7_000)
            .WhenTheRunComesFor("jan")
            .ThenDebit(1, NeedsReview, "over cap");
        WhenFebruaryPrints(account, 0)
            .ThenDebit(1, NeedsReview, "our books say 70.00")
            .WhenAPersonApproves(1)
            .WhenTheRunComes(Due["jan"])
            .ThenDebits(Submitted, Scheduled)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_000);
    }

    [Fact]
    public void R04_A_bill_of_the_same_day_is_earlier_when_it_arrived_earlier_whatever_its_id() =>
        GivenAnAccount()
            .WhenABillIsImported("1000", 5_000, due: Due["jan"])
            .WhenABillIsImported("999", 700, due: Due["jan"], previous: 5_000)
            .ThenWarned(0)
            .WhenABillIsImported("1001", 300, due: Due["jan"], previous: 5_700)
            .ThenWarned(0);

    [Fact]
    public void R04_A_flag_is_not_lost_when_autopay_goes_off_and_on() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 10_000, previous: -2_000)
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .WhenTheRunComesFor("jan")
            .ThenDebits(Cancelled, NeedsReview);

    [Fact]
    public void R04_A_bill_that_came_while_autopay_was_off_is_flagged_for_the_day_on_which_it_gets_a_debit() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 10_000, previous: -2_000)
            .WhenAutopayGoesOn()
            .WhenTheRunComesFor("jan")
            .ThenDebits(NeedsReview);

    [Fact]
    public void R04_A_bill_between_plan_and_pre_charge_check_is_flagged_too() =>
        WhenFebruaryPrints(GivenJanuary().On(Due["jan"]).WhenEvaluated().ThenDebits(Charging), 0)
            .WhenThePreChargeCheckComes()
            .WhenEvaluated()
            .ThenDebits(NeedsReview, Scheduled);

    [Fact]
    public void R04_Re_arming_says_that_a_person_has_looked() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 10_000, previous: -2_000)
            .WhenABillIsSkipped("jan")
            .WhenABillIsRearmed("jan")
            .WhenTheRunComesFor("jan")
            .ThenAsked(2, 10_000);

    [Fact]
    public void R04_Any_other_difference_is_a_warning_and_collects_nothing() =>
        WhenFebruaryPrints(GivenJanuary(), 9_000)
            .ThenWarned(1)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_000);

    [Fact]
    public void R04_Policy_warn_only_lists() =>
        WhenFebruaryPrints(GivenJanuary(Warn), 0)
            .ThenWarned(1)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted, Scheduled);

    [Fact]
    public void R04_Policy_off_does_not_look() =>
        WhenFebruaryPrints(GivenJanuary(Off), 0)
            .ThenWarned(0)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted, Scheduled);

    [Fact]
    public void R04_Only_current_charges_are_ever_collected() =>
        WhenFebruaryPrints(GivenJanuary(), 5_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 11_000);

    [Fact]
    public void R04_The_check_happens_once_at_import()
    {
        var account = GivenJanuary();
        var february = account.NewBill("feb", 6_000, previous: 5_000);
        account
            .Do(new ImportBill(february, account.Now))
            .WhenAPaymentIsPosted("p", 5_000)
            .Do(new ImportBill(february, account.Now))
            .ThenNothingHappened()
            .ThenWarned(0);
    }
}
