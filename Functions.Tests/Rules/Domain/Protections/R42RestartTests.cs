using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>
/// R42: the city's own action, and the clock that restarts after it. Due Jan 22, penalty date Jan 29.
/// </summary>
public sealed class R42RestartTests
{
    private static AccountScenario GivenABill(bool autopay = true, bool releases = false) =>
        GivenAnAccount(autopay: autopay, releases: releases).WhenABillIsImported("jan", 5_000);

    private static AccountScenario GivenAHeldBill(bool autopay = true, bool releases = false) =>
        GivenABill(autopay, releases).On("2020-01-21").WhenFinanceHolds("jan");

    [Fact]
    public void R42_A_held_bill_has_no_penalty_and_its_clock_restarts_on_the_day_of_the_debit() =>
        GivenAHeldBill()
            .ThenPenalty("jan", "2020-03-20", CityHolds)
            .ThenTheCity("jan", "2020-03-20", CityActionKind.Hold)
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .WhenTheRunComes("2020-02-20")
            .On("2020-02-26", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-02-27", NotYet, "2020-02-28")
            .ThenPenalty("jan", "2020-02-28", Assess, "2020-02-28");

    [Fact]
    public void R42_Before_the_release_that_a_clear_waits_for_nothing_is_assessed_and_then_the_clock_restarts() =>
        GivenAHeldBill(releases: true)
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .ThenTheCity("jan", "2020-03-20", CityActionKind.Release)
            .ThenPenalty("jan", "2020-03-20", CityHolds)
            .On("2020-02-25")
            .WhenTwoPeopleRelease()
            .WhenTheRunComes("2020-02-25")
            .On("2020-03-02", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-03-03", NotYet, "2020-03-04");

    [Fact]
    public void R42_Money_that_came_in_while_the_bill_was_held_is_in_time() =>
        GivenAHeldBill()
            .On("2020-02-17")
            .WhenAPaymentIsPosted("p", 5_000, "jan", received: "2020-02-05")
            .ThenPenalty("jan", "2020-02-18", PaidInTime)
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .WhenEvaluated()
            .ThenPenalty("jan", "2020-03-18", PaidInTime);

    [Fact]
    public void R42_A_later_clear_of_another_outage_restarts_nothing() =>
        GivenAHeldBill()
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .WhenTheRunComes("2020-02-20")
            .On("2020-02-26", "05:00")
            .TheBankSaysNo("R02")
            .On("2020-05-01")
            .WhenFinanceHolds("apr", "second")
            .On("2020-06-01")
            .WhenFinanceReopens(3)
            .Change(new BacklogReopened([new CycleNumber(2)]))
            .ThenPenalty("jan", "2020-06-02", Assess, "2020-02-28");

    [Fact]
    public void R42_A_hold_that_is_withdrawn_restarts_the_clock_on_that_day() =>
        GivenAHeldBill()
            .On("2020-02-10", "20:00")
            .WhenAutopayGoesOff()
            .WhenFinanceWithdraws("outage")
            .ThenPenalty("jan", "2020-02-17", NotYet, "2020-02-18");

    [Fact]
    public void R42_Of_a_hold_over_two_cycles_each_clear_restarts_the_clock_of_its_own() =>
        GivenABill()
            .On("2020-01-21")
            .WhenFinanceDeclaresAHold("outage", "2020-01-22", "2020-02-05", 1, 2)
            .On("2020-02-05")
            .WhenFinanceClears(2)
            .On("2020-02-10", "20:00")
            .WhenAutopayGoesOff()
            .WhenFinanceClears(1)
            .ThenPenalty("jan", "2020-02-17", NotYet, "2020-02-18");

    [Fact]
    public void R42_A_merge_of_another_cycle_that_is_withdrawn_restarts_nothing() =>
        GivenABill(autopay: false)
            .Change(
                new DeferralDeclared(
                    new DeferralId("other"),
                    [new CycleNumber(2)],
                    Day("2020-01-22"),
                    Day("2020-02-05"),
                    DeferralAction.Merge,
                    null
                )
            )
            .On("2020-02-10")
            .WhenFinanceWithdraws("other")
            .ThenPenalty("jan", "2020-02-11", Assess, "2020-01-30");

    [Fact]
    public void R42_Without_autopay_a_bill_waits_for_the_clear_and_its_own_dates_stay() =>
        GivenAHeldBill(autopay: false)
            .ThenPenalty("jan", "2020-02-19", CityHolds)
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .ThenPenalty("jan", "2020-02-20", Assess, "2020-01-30");

    [Fact]
    public void R42_A_merged_bill_has_the_grace_of_the_debit_that_it_is_in() =>
        GivenABill()
            .WhenFinanceMerges("jan")
            .ThenTheCity("jan", "2020-03-20", CityActionKind.Merge)
            .WhenABillIsImported("feb", 4_000)
            .ThenTheCity("jan", "2020-02-20", CityActionKind.Merge)
            .ThenPenalty("jan", "2020-02-20", CityHolds)
            .WhenTheRunComesFor("feb")
            .On("2020-02-25", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-02-26", NotYet, "2020-02-27")
            .ThenPenalty("jan", "2020-02-27", Assess, "2020-02-27");

    [Fact]
    public void R42_A_bill_that_was_never_mailed_is_merged_for_customers_without_autopay_too() =>
        GivenABill(autopay: false)
            .WhenFinanceMerges("jan")
            .ThenTheCity("jan", "2020-03-20", CityActionKind.Merge)
            .WhenABillIsImported("feb", 4_000)
            .ThenPenalty("jan", "2020-02-18", CityHolds)
            .ThenPenalty("jan", "2020-02-26", NotYet, "2020-02-27");

    [Fact]
    public void R42_A_bill_in_review_has_no_penalty_and_restarts_when_a_person_cancels_it() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenTheCity("jan", "2020-03-20", CityActionKind.Review)
            .ThenPenalty("jan", "2020-03-20", CityHolds)
            .On("2020-02-03")
            .WhenAPersonCancels(1)
            .ThenPenalty("jan", "2020-02-10", NotYet, "2020-02-11");

    [Fact]
    public void R42_What_autopay_has_not_sent_is_not_late()
    {
        var account = GivenABill().On("2020-01-21").WhenFinanceHalts().On("2020-02-03").WhenEvaluated();
        account.ThenTheCity("jan", "2020-02-03", CityActionKind.Scheduled).ThenPenalty("jan", "2020-02-03", CityHolds);
        account
            .WhenFinanceResumes()
            .WhenTheRunComes("2020-02-03")
            .On("2020-02-07", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-02-10", NotYet, "2020-02-11");
    }

    [Fact]
    public void R42_Cents_that_open_again_after_the_due_date_wait_for_finance() =>
        GivenABill()
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenTheRunComesFor("jan")
            .On("2020-02-10")
            .Do(new ReversePayment(new PaymentId("p"), "bounced", At("2020-02-10", "06:00")) { Source = "file-1" })
            .ThenTheCity("jan", "2020-02-11", CityActionKind.Finance)
            .ThenPenalty("jan", "2020-02-11", CityHolds);

    [Fact]
    public void R42_Cents_that_a_person_has_opened_again_wait_for_finance_too() =>
        GivenABill()
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenTheRunComesFor("jan")
            .On("2020-02-10")
            .WhenAPaymentIsReversed("p")
            .ThenTheCity("jan", "2020-02-11", CityActionKind.Finance)
            .ThenPenalty("jan", "2020-02-11", CityHolds);

    [Theory]
    [InlineData(RefundKind.Refund)]
    [InlineData(RefundKind.Reversal)]
    public void R42_What_the_city_has_given_back_waits_for_finance_and_has_its_grace_anew(RefundKind kind) =>
        GivenABill()
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .On("2020-01-31")
            .Refunded("r", 5_000, kind)
            .RefundIs(1, RefundState.Paid)
            .ThenTheCity("jan", "2020-03-01", CityActionKind.Finance)
            .ThenPenalty("jan", "2020-03-01", CityHolds)
            .ThenDisconnect("2020-03-01", DisconnectVerdict.CityHolds)
            .On("2020-03-02")
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-03-02")
            .On("2020-03-06", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-03-09", NotYet, "2020-03-10");

    [Fact]
    public void R42_What_was_paid_too_late_and_given_back_has_no_second_grace() =>
        GivenABill()
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysYes()
            .On("2020-02-11")
            .Refunded("r", 5_000)
            .RefundIs(1, RefundState.Paid)
            .ThenTheCity("jan", "2020-02-12", CityActionKind.Finance)
            .On("2020-02-13")
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenABillIsRearmed("jan")
            .ThenPenalty("jan", "2020-02-14", Assess, "2020-01-30");

    [Fact]
    public void R42_A_bill_that_the_city_has_split_waits_for_its_last_part_and_restarts_with_it() =>
        GivenAnAccount(cap: 7_000, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb")
            .On("2020-02-25", "05:00")
            .TheBankSaysYes()
            .ThenPenalty("feb", "2020-03-10", CityHolds)
            .WhenTheRunComes("2020-03-18")
            .ThenPenalty("feb", "2020-03-19", PaidInTime)
            .On("2020-03-24", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("feb", "2020-03-25", NotYet, "2020-03-26")
            .ThenPenalty("feb", "2020-03-26", Assess, "2020-03-26");
}
