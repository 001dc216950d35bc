using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R22: skip this one.</summary>
public sealed class R22SkipTests
{
    [Fact]
    public void R22_A_skipped_bills_line_leaves_its_debit_and_a_debit_without_lines_is_cancelled() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsSkipped("jan")
            .ThenDebit(1, Cancelled, "skipped")
            .ThenBill("jan", open: 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Cancelled);

    [Fact]
    public void R22_The_other_lines_stay() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenABillIsSkipped("jan")
            .ThenLines(1, "jan-2")
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 700);

    [Fact]
    public void R22_Inside_a_parent_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsSkipped("jan")
            .ThenDebits(Merged, Scheduled)
            .ThenLines(2, "feb")
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_000);

    [Fact]
    public void R22_The_parents_own_line_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsSkipped("feb")
            .ThenLines(2, "jan")
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 5_000);

    [Fact]
    public void R22_In_a_scheduled_retry_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R01")
            .WhenABillIsSkipped("jan")
            .ThenDebits(Cancelled);

    [Fact]
    public void R22_In_a_held_debit_and_in_review_too()
    {
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenABillIsSkipped("jan")
            .ThenDebits(Cancelled);
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsSkipped("jan")
            .ThenDebit(1, Cancelled, "skipped");
    }

    [Fact]
    public void R22_A_planned_attempt_is_not_in_flight_yet() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenABillIsSkipped("jan")
            .WhenThePreChargeCheckComes()
            .ThenDebit(1, Cancelled, "skipped");

    [Fact]
    public void R22_Locked_it_is_refused_and_says_so() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .ThenRefused("in flight", it => it.WhenABillIsSkipped("jan"))
            .WhenConfirmed()
            .ThenRefused("cannot be skipped", it => it.WhenABillIsSkipped("jan"))
            .ThenDebits(Submitted);

    [Fact]
    public void R22_It_does_not_come_back_by_itself() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsSkipped("jan")
            .WhenABillIsAdjusted("jan", 100)
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .WhenAPaymentIsPosted("p", 500)
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Cancelled);

    [Fact]
    public void R22_Unless_finance_re_arms_it() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsSkipped("jan")
            .WhenABillIsRearmed("jan")
            .ThenDebits(Cancelled, Scheduled)
            .ThenDue(2, Due["jan"])
            .WhenTheRunComesFor("jan")
            .ThenAsked(2, 5_000);

    [Fact]
    public void R22_A_re_armed_bill_is_held_or_merged_like_any_other() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsSkipped("jan")
            .WhenABillIsRearmed("jan")
            .ThenDebits(Merged, Scheduled, Merged)
            .ThenMergedInto(3, 2)
            .ThenLines(2, "jan", "feb");

    [Fact]
    public void R22_A_re_armed_bill_that_was_paid_meanwhile_gets_no_debit() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsSkipped("jan")
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenABillIsRearmed("jan")
            .ThenDebits(Cancelled);

    [Fact]
    public void R22_Skipping_twice_or_re_arming_what_is_not_skipped_changes_nothing() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsRearmed("jan")
            .ThenNothingHappened()
            .WhenABillIsSkipped("jan")
            .WhenABillIsSkipped("jan")
            .ThenNothingHappened();

    [Fact]
    public void R22_A_bill_that_we_do_not_have_is_refused() =>
        GivenAnAccount()
            .ThenRefused("no bill jan", it => it.WhenABillIsSkipped("jan"))
            .ThenRefused("no bill jan", it => it.WhenABillIsRearmed("jan"));
}
