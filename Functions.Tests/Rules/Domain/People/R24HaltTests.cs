using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R24: halt and resume.</summary>
public sealed class R24HaltTests
{
    [Fact]
    public void R24_While_halted_nothing_is_charged() =>
        GivenAnAccount()
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Scheduled);

    [Fact]
    public void R24_Nothing_is_satisfied() =>
        GivenAnAccount()
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Scheduled)
            .WhenFinanceResumes()
            .ThenDebits(Satisfied);

    [Fact]
    public void R24_Nothing_is_carried() =>
        GivenAnAccount()
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 20)
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Scheduled, Scheduled)
            .WhenFinanceResumes()
            .ThenMergedInto(1, 2);

    [Fact]
    public void R24_Nothing_is_reviewed() =>
        GivenAnAccount(cap: 4_000)
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Scheduled)
            .WhenFinanceResumes()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R24_Nothing_is_reviewed_by_the_balances_file_either_but_after_the_resume() =>
        GivenAnAccount()
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheBalancesFileSays("jan", 0)
            .ThenDebits(Scheduled)
            .ThenWarned(1)
            .WhenTheRunComesFor("jan")
            .WhenFinanceResumes()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R24_Holding_and_releasing_go_on() =>
        GivenAnAccount()
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .ThenDebits(Deferred)
            .WhenFinanceClears(1)
            .ThenDebits(Scheduled);

    [Fact]
    public void R24_Merging_and_un_merging_go_on() =>
        GivenAnAccount()
            .WhenFinanceHalts()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .ThenMergedInto(1, 2)
            .WhenFinanceWithdraws("late-bills")
            .ThenDebits(Scheduled, Scheduled);

    [Fact]
    public void R24_Nothing_passes_the_pre_charge_check_any_more() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenFinanceHalts()
            .ThenDebits(Charging)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Scheduled);

    [Fact]
    public void R24_What_is_locked_but_not_confirmed_is_cancelled_and_goes_back() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenFinanceHalts()
            .WhenConfirmed()
            .ThenDebits(Scheduled)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R24_What_was_submitted_goes_on_to_its_answer() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenFinanceHalts()
            .TheBankSaysYes()
            .ThenDebits(Collected);

    [Fact]
    public void R24_What_is_due_at_the_resume_leaves_that_banking_day() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-22", "05:30")
            .WhenFinanceHalts()
            .WhenTheRunComesFor("jan")
            .On("2020-01-23", "09:00")
            .WhenFinanceResumes()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Submitted);

    [Fact]
    public void R24_Or_the_next_banking_day() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHalts()
            .On("2020-02-15", "09:00")
            .WhenFinanceResumes()
            .ThenDebits(Scheduled)
            .WhenTheRunComes("2020-02-17")
            .ThenDebits(Scheduled)
            .WhenTheRunComes("2020-02-18")
            .ThenDebits(Submitted);

    [Fact]
    public void R24_What_is_not_due_at_the_resume_waits_for_its_day() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHalts()
            .On("2020-01-15")
            .WhenFinanceResumes()
            .ThenDebits(Scheduled);

    [Fact]
    public void R24_Halting_or_resuming_twice_is_one_change() =>
        Assert.Equal(
            2,
            GivenAnAccount()
                .WhenFinanceHalts()
                .WhenFinanceHalts()
                .WhenFinanceResumes()
                .WhenFinanceResumes()
                .Controls.Version
        );
}
