using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42: when a penalty may be assessed. The bill of Jan 22 has its penalty date on Jan 29.</summary>
public sealed class R42PenaltyTests
{
    private static AccountScenario GivenABill(bool autopay = true, bool releases = false) =>
        GivenAnAccount(autopay: autopay, releases: releases).WhenABillIsImported("jan", 5_000);

    private static AccountScenario GivenANo(string code = "R01") =>
        GivenABill().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysNo(code);

    private static AccountScenario GivenAHeldBill(bool autopay = true, bool releases = false) =>
        GivenABill(autopay, releases).On("2020-01-21").WhenFinanceHolds("jan");

    [Fact]
    public void R42_The_penalty_date_itself_is_in_time_and_the_day_after_is_not() =>
        GivenABill(autopay: false)
            .ThenPenalty("jan", "2020-01-29", NotYet, "2020-01-30")
            .ThenPenalty("jan", "2020-01-30", Assess, "2020-01-30");

    [Fact]
    public void R42_Money_counts_on_the_day_on_which_it_was_received_whenever_it_was_posted() =>
        GivenABill(autopay: false)
            .On("2020-02-17")
            .WhenAPaymentIsPosted("p", 5_000, "jan", received: "2020-01-29")
            .ThenPenalty("jan", "2020-02-18", PaidInTime);

    [Fact]
    public void R42_Money_of_the_day_after_the_penalty_date_is_late() =>
        GivenABill(autopay: false)
            .On("2020-02-17")
            .WhenAPaymentIsPosted("p", 5_000, "jan", received: "2020-01-30")
            .ThenPenalty("jan", "2020-02-18", Assess, "2020-01-30");

    [Fact]
    public void R42_A_cent_too_little_is_not_paid_in_full()
    {
        var account = GivenABill(autopay: false)
            .WhenAPaymentIsPosted("p", 4_999, "jan")
            .ThenPenalty("jan", "2020-01-30", Assess, "2020-01-30");
        Assert.Equal(4_999, account.Penalty("jan", "2020-01-30").InTime.Cents);
    }

    [Fact]
    public void R42_A_bounced_check_is_no_money() =>
        GivenABill(autopay: false)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenAPaymentIsReversed("p")
            .ThenPenalty("jan", "2020-01-30", Assess, "2020-01-30");

    [Fact]
    public void R42_Credit_counts_on_the_day_on_which_its_money_was_received() =>
        GivenAnAccount(autopay: false)
            .WhenAPaymentIsPosted("p", 5_000, received: "2020-01-10")
            .WhenABillIsImported("jan", 5_000)
            .ThenPenalty("jan", "2020-01-30", PaidInTime);

    [Fact]
    public void R42_An_upward_adjustment_that_comes_late_makes_no_penalty() =>
        GivenABill(autopay: false)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .On("2020-02-10")
            .WhenABillIsAdjusted("jan", 700)
            .ThenPenalty("jan", "2020-02-11", PaidInTime);

    [Fact]
    public void R42_A_bill_that_asks_for_nothing_has_no_penalty() =>
        GivenABill(autopay: false).WhenABillIsAdjusted("jan", -5_000).ThenPenalty("jan", "2020-01-30", NothingOwed);

    [Fact]
    public void R42_A_debit_counts_on_the_day_on_which_it_was_submitted() =>
        GivenABill()
            .WhenTheRunComesFor("jan")
            .ThenPenalty("jan", "2020-01-30", PaidInTime)
            .On("2020-01-31", "05:00")
            .TheBankSaysYes()
            .ThenPenalty("jan", "2020-02-03", PaidInTime);

    [Fact]
    public void R42_What_is_archived_is_asked_for_and_counts_on_its_day()
    {
        var account = GivenABill()
            .WhenTheRunComesFor("jan")
            .On("2020-01-27", "05:00")
            .TheBankSaysYes()
            .On("2021-07-01")
            .WhenEvaluated();
        Assert.Empty(account.Ledger.Debits);
        var bill = new ProtectedBill(account.Ledger, account.Ledger.Bills[0], account.Controls, City, []);
        Assert.Null(Assert.Single(ReceivedMoney.Of(bill)).ReceivedOn);
        Assert.Equal(Day("2020-01-22"), Assert.Single(account.Penalty("jan", "2021-07-01").Payments).ReceivedOn);
    }

    [Fact]
    public void R42_While_a_retry_waits_nothing_is_assessed_and_it_restarts_nothing() =>
        GivenANo()
            .ThenPenalty("jan", "2020-02-03", CityHolds)
            .ThenTheCity("jan", "2020-02-03", CityActionKind.Retry)
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-25")
            .On("2020-03-02", "05:00")
            .TheBankSaysNo("R01")
            .ThenPenalty("jan", "2020-03-03", Assess, "2020-01-30")
            .ThenPenalty("jan", "2020-02-03", CityHolds);

    [Fact]
    public void R42_A_retry_that_succeeds_counts_on_its_own_day() =>
        GivenANo()
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysYes()
            .ThenPenalty("jan", "2020-02-11", Assess, "2020-01-30");

    [Fact]
    public void R42_A_closed_bank_account_is_the_customers_and_the_clock_goes_on() =>
        GivenANo("R02").ThenPenalty("jan", "2020-01-30", Assess, "2020-01-30");

    [Fact]
    public void R42_A_new_bill_of_a_suspended_account_is_the_customers_to_pay() =>
        GivenANo("R02")
            .WhenABillIsImported("feb", 4_000)
            .ThenPenalty("feb", "2020-02-26", NotYet, "2020-02-27")
            .ThenPenalty("feb", "2020-02-27", Assess, "2020-02-27");

    [Fact]
    public void R42_A_no_that_is_not_the_customers_is_not_held_against_them() =>
        GivenANo("R11")
            .ThenPenalty("jan", "2020-03-01", CityHolds)
            .ThenTheCity("jan", "2020-03-01", CityActionKind.Finance)
            .On("2020-03-02")
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-03-02")
            .On("2020-03-06", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-03-09", NotYet, "2020-03-10");

    [Fact]
    public void R42_A_frozen_account_waits_for_the_city() =>
        GivenABill()
            .WhenAPersonSuspends()
            .ThenTheCity("jan", "2020-02-20", CityActionKind.Review)
            .ThenPenalty("jan", "2020-02-20", CityHolds);

    [Fact]
    public void R42_A_waiver_of_the_bills_cycle_waives_and_one_of_another_cycle_does_not() =>
        GivenABill(autopay: false)
            .Waived("west", "2020-01-22", 1, 2)
            .Waived("east", "2020-01-22", 3, 4)
            .ThenPenalty("jan", "2020-01-30", Waived)
            .Change(new WaiverWithdrawn("west"))
            .ThenPenalty("jan", "2020-01-30", Assess, "2020-01-30");

    [Fact]
    public void R42_An_answer_names_every_waiver_and_one_that_is_left_is_enough()
    {
        var account = GivenABill(autopay: false).Waived("w", "2020-01-22").Waived("x", "2020-01-22", 1);
        Assert.Equal(["w", "x"], account.Penalty("jan", "2020-01-30").Waivers.Select(waiver => waiver.Id));
        account.Change(new WaiverWithdrawn("w")).ThenPenalty("jan", "2020-01-30", Waived);
    }

    [Fact]
    public void R42_A_waiver_goes_by_the_dates_on_the_bill_not_by_a_restarted_clock() =>
        GivenAHeldBill()
            .Waived("w", "2020-01-22")
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .WhenTheRunComes("2020-02-20")
            .On("2020-02-26", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-06-01", Waived);
}
