using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R11: how much.</summary>
public sealed class R11HowMuchTests
{
    [Fact]
    public void R11_The_amount_is_what_is_open_on_the_lines_not_what_was_printed() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenAPaymentIsPosted("p", 1_300)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 4_400);

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void R11_The_amount_is_checked_again_at_the_pre_charge_check(long adjustment) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .ThenAsked(1, 5_000)
            .WhenABillIsAdjusted("jan", adjustment)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Scheduled)
            .WhenEvaluated()
            .ThenAsked(1, 5_000 + adjustment, attempt: 2);

    [Fact]
    public void R11_The_same_sum_over_other_lines_is_another_amount() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenABillIsAdjusted("jan", -100)
            .WhenABillIsAdjusted("jan-2", 100)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Scheduled);

    [Fact]
    public void R11_Nothing_open_is_satisfied() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .ThenDebits(Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenDebit(1, Satisfied, "nothing is left");

    [Fact]
    public void R11_A_bill_of_nothing_is_satisfied_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 0)
            .ThenDebits(Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Satisfied);

    [Theory]
    [InlineData(50, Submitted)]
    [InlineData(49, Merged)]
    [InlineData(1, Merged)]
    public void R11_Under_fifty_cents_the_lines_are_carried_into_the_next_debit(long cents, DebitState state) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", cents)
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("jan")
            .ThenDebit(1, state);

    [Fact]
    public void R11_Carried_cents_are_collected_with_the_next_debit()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsPosted("p", 4_960)
            .WhenTheRunComesFor("jan")
            .ThenMergedInto(1, 2)
            .ThenDebit(1, Merged, "carried")
            .ThenLines(2, "jan", "feb");
        account
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_040)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, paid: 4_960, collected: 40);
    }

    [Fact]
    public void R11_A_remainder_of_two_bills_is_carried_whole()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 15, due: Due["jan"])
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsPosted("p", 4_980, "jan")
            .WhenTheRunComesFor("jan")
            .ThenMergedInto(1, 2)
            .ThenLines(2, "jan", "jan-2", "feb");
        account
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_035)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, paid: 4_980, collected: 20)
            .ThenBill("jan-2", open: 0, collected: 15);
    }

    [Fact]
    public void R11_It_is_the_debit_that_must_reach_fifty_cents_not_each_line() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 30)
            .WhenABillIsImported("jan-2", 31, due: Due["jan"])
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 61);

    [Fact]
    public void R11_The_target_is_the_earliest_unsent_debit_due_later() =>
        GivenAnAccount()
            .WhenABillIsImported("mar", 5_000, previous: 0)
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsImported("jan", 20)
            .WhenTheRunComesFor("jan")
            .ThenMergedInto(3, 2);

    [Fact]
    public void R11_A_deferred_debit_is_a_target_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 20)
            .WhenABillIsImported("feb", 5_000)
            .WhenFinanceHolds("feb")
            .WhenTheRunComesFor("jan")
            .ThenMergedInto(1, 2);

    [Fact]
    public void R11_Without_a_later_debit_it_stays_scheduled_and_is_looked_at_again() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 20)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Scheduled)
            .WhenTheRunComes("2020-01-23")
            .ThenDebits(Scheduled)
            .WhenABillIsImported("feb", 5_000)
            .WhenTheRunComes("2020-02-05")
            .ThenMergedInto(1, 2);

    [Fact]
    public void R11_A_remainder_that_grows_goes_out_by_itself() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 20)
            .WhenTheRunComesFor("jan")
            .WhenABillIsAdjusted("jan", 30)
            .WhenTheRunComes("2020-01-23")
            .ThenAsked(1, 50);

    [Fact]
    public void R11_A_carried_line_stays_with_its_parent_when_a_merge_is_withdrawn() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 20)
            .WhenABillIsImported("feb", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenFinanceMerges("mar")
            .WhenFinanceWithdraws("late-bills")
            .ThenMergedInto(1, 2)
            .ThenLines(2, "jan", "feb");

    [Fact]
    public void R11_A_satisfied_line_inside_a_debit_is_not_asked_for()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenAPaymentIsPosted("p", 700, "jan-2")
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000);
        Assert.Equal("jan", Assert.Single(account.Debit(1).LastAttempt!.Lines).Bill.Value);
    }
}
