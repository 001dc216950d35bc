using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42: from which of several days a bill's grace counts. Due Jan 22, penalty date Jan 29.</summary>
public sealed class R42ClockEdgesTests
{
    private static AccountScenario GivenABill(bool autopay = true) =>
        GivenAnAccount(autopay: autopay).WhenABillIsImported("jan", 5_000);

    // Autopay was to pay it when it came, and ended two days before it was due: nothing of a debit restarts the clock.
    private static AccountScenario GivenNoDebit() =>
        GivenABill().On("2020-01-20").WhenAutopayGoesOff().On("2020-01-21");

    [Fact]
    public void R42_Each_cycle_of_a_hold_has_the_day_of_its_own_clear() =>
        GivenNoDebit()
            .WhenFinanceDeclaresAHold("outage", "2020-01-22", "2020-02-05", 1, 2)
            .On("2020-02-05")
            .WhenFinanceClears(2)
            .On("2020-02-10")
            .WhenFinanceClears(1)
            .ThenPenalty("jan", "2020-02-11", NotYet, "2020-02-18");

    [Theory]
    [InlineData("2020-01-21")]
    [InlineData("2020-02-10")]
    public void R42_Of_two_holds_the_one_that_ended_last_counts(string other) =>
        GivenNoDebit()
            .WhenFinanceHolds("jan")
            .WhenFinanceHolds("jan", "second")
            .On(other, "12:00")
            .WhenFinanceWithdraws("second")
            .On("2020-02-14")
            .WhenFinanceWithdraws("outage")
            .ThenPenalty("jan", "2020-02-17", NotYet, "2020-02-22");

    // Cleared on a Saturday, sent on the Monday; autopay had been off in between.
    [Fact]
    public void R42_After_a_hold_the_day_of_the_debit_counts_however_often_autopay_was_switched_meanwhile() =>
        GivenABill()
            .On("2020-01-21")
            .WhenFinanceHolds("jan")
            .On("2020-01-27")
            .WhenAutopayGoesOff()
            .On("2020-02-20")
            .WhenAutopayGoesOn()
            .On("2020-02-22")
            .WhenFinanceClears(1)
            .WhenTheRunComes("2020-02-24")
            .On("2020-02-28", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-02-29", NotYet, "2020-03-03");

    // Halted until Jan 24; autopay was off and on again after the bank's "no".
    [Theory]
    [InlineData("2020-01-13")]
    [InlineData("2020-01-22")]
    public void R42_What_was_scheduled_by_its_due_date_counts_from_the_day_on_which_it_was_sent(string scheduled) =>
        GivenAnAccount()
            .On(scheduled, "08:00")
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-24")
            .WhenFinanceResumes()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .On("2020-01-29", "05:00")
            .TheBankSaysNo("R02")
            .On("2020-02-20")
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .ThenPenalty("jan", "2020-02-21", Assess, "2020-02-01");

    [Fact]
    public void R42_So_does_what_a_person_let_go_of_an_account_whose_autopay_began_on_its_due_date() =>
        GivenABill(autopay: false)
            .On("2020-01-22", "05:00")
            .WhenAutopayGoesOn()
            .WhenABillIsSkipped("jan")
            .On("2020-01-24", "05:00")
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-01-24")
            .On("2020-01-29", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-02-21", Assess, "2020-02-01");

    [Fact]
    public void R42_A_retry_that_autopay_off_ended_restarts_nothing() =>
        GivenABill()
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenFinanceHalts()
            .On("2020-02-05")
            .WhenEvaluated()
            .WhenAutopayGoesOff()
            .ThenPenalty("jan", "2020-02-06", Assess, "2020-01-30");

    [Fact]
    public void R42_Nor_does_a_debit_that_autopay_off_ended_on_its_day_when_the_bill_is_asked_for_weeks_later() =>
        GivenABill()
            .On("2020-01-22", "05:00")
            .WhenAutopayGoesOff()
            .On("2020-02-03", "05:00")
            .WhenAutopayGoesOn()
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-02-03")
            .On("2020-02-07", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-02-10", Assess, "2020-01-30");
}
