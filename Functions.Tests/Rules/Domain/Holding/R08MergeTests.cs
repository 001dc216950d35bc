using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R8: merges.</summary>
public sealed class R08MergeTests
{
    private static AccountScenario GivenBills(params string[] bills) =>
        bills.Aggregate(GivenAnAccount(), (account, bill) => account.WhenABillIsImported(bill, 5_000));

    [Fact]
    public void R08_A_covered_debit_folds_into_the_next_one_and_is_collected_with_it_once() =>
        GivenBills("jan", "feb")
            .WhenFinanceMerges("jan")
            .ThenMergedInto(1, 2)
            .ThenLines(2, "jan", "feb")
            .WhenTheRunComesFor("jan")
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 10_000)
            .TheBankSaysYes()
            .ThenDebits(Merged, Collected)
            .ThenBill("jan", open: 0, collected: 5_000)
            .ThenBill("feb", open: 0, collected: 5_000);

    [Fact]
    public void R08_One_covered_line_folds_the_whole_debit() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-3", 700, due: Due["jan"], cycle: 3)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceDeclaresAMerge("late-bills", Due["jan"], Due["jan"], 3)
            .ThenMergedInto(1, 2)
            .ThenLines(2, "jan", "jan-3", "feb");

    [Fact]
    public void R08_A_folded_line_no_longer_counts() =>
        GivenBills("jan", "feb", "mar")
            .WhenFinanceMerges("jan")
            .ThenDebits(Merged, Scheduled, Scheduled)
            .WhenEvaluated()
            .ThenNothingHappened()
            .ThenLines(2, "jan", "feb");

    [Fact]
    public void R08_The_target_is_the_earliest_unsent_debit_due_later() =>
        GivenBills("apr", "jan", "mar").WhenFinanceMerges("jan").ThenMergedInto(2, 3).ThenLines(3, "jan", "mar");

    [Fact]
    public void R08_Of_two_debits_of_one_day_the_older_one_is_the_target()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsImported("feb-2", 700, due: Due["feb"])
            .WhenFinanceHolds("feb");
        account
            .Do(new ExemptBill(new BillId("feb"), new DeferralId("outage"), On: true, "final bill", account.Now))
            .ThenDebits(Deferred, Scheduled)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .ThenMergedInto(3, 1);
    }

    [Fact]
    public void R08_A_debit_of_the_same_or_an_earlier_day_is_no_target() =>
        GivenBills("jan", "feb").WhenFinanceMerges("feb").ThenDebits(Scheduled, Deferred);

    [Fact]
    public void R08_A_debit_that_the_same_deferral_covers_is_no_target() =>
        GivenBills("jan", "feb", "mar")
            .WhenFinanceDeclaresAMerge("late-bills", Due["jan"], Due["feb"])
            .ThenMergedInto(1, 3)
            .ThenMergedInto(2, 3)
            .ThenLines(3, "jan", "feb", "mar");

    [Fact]
    public void R08_A_debit_covered_by_another_deferral_is_a_target_and_folds_on_with_what_it_carries() =>
        GivenBills("jan", "feb")
            .WhenFinanceMerges("jan", "first")
            .WhenFinanceMerges("feb", "second")
            .ThenDebits(Merged, Deferred)
            .WhenABillIsImported("mar", 5_000)
            .ThenMergedInto(1, 2)
            .ThenMergedInto(2, 3)
            .ThenLines(3, "jan", "feb", "mar")
            .ThenLines(2, "jan", "feb");

    [Fact]
    public void R08_A_held_debit_is_a_target_and_folding_happens_while_something_is_held() =>
        GivenBills("jan", "feb")
            .WhenFinanceHolds("jan")
            .WhenFinanceHolds("feb", "second")
            .WhenFinanceMerges("jan")
            .ThenDebits(Merged, Deferred)
            .ThenHeldBy(2, "outage", "second");

    [Fact]
    public void R08_The_parent_waits_while_any_of_its_lines_is_held() =>
        GivenBills("jan", "feb")
            .WhenFinanceHolds("jan")
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .ThenDebits(Merged, Deferred)
            .WhenFinanceClears(1)
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Merged, Submitted)
            .ThenAsked(2, 10_000);

    [Fact]
    public void R08_A_sent_or_reviewed_debit_is_no_target() =>
        GivenAnAccount(cap: 5_500)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceHolds("jan")
            .WhenTheRunComesFor("feb")
            .ThenDebits(Deferred, NeedsReview)
            .WhenFinanceMerges("jan")
            .ThenDebits(Deferred, NeedsReview);

    [Fact]
    public void R08_A_scheduled_retry_neither_folds_nor_is_a_target() =>
        GivenBills("jan", "feb")
            .WhenFinanceHolds("jan")
            .WhenTheRunComesFor("feb")
            .On("2020-02-25", "05:00")
            .TheBankSaysNo("R01")
            .WhenFinanceMerges("jan")
            .ThenDebits(Deferred, RetryScheduled)
            .WhenFinanceMerges("feb", "second")
            .WhenABillIsImported("mar", 5_000)
            .ThenMergedInto(1, 3)
            .ThenDebit(2, RetryScheduled);

    [Fact]
    public void R08_A_held_retry_neither_folds_nor_is_a_target() =>
        GivenBills("jan", "mar")
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenFinanceHolds("jan")
            .WhenFinanceMerges("jan")
            .ThenDebits(Deferred, Scheduled)
            .ThenLines(2, "mar");

    [Fact]
    public void R08_A_debit_born_of_a_refused_retry_neither_folds_nor_is_a_target() =>
        GivenBills("jan", "mar")
            .WhenABillIsImported("dec", 700, due: "2020-01-15", previous: 0)
            .WhenFinanceDeclaresAHold("old", "2020-01-15", "2020-01-15")
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenAPaymentIsPosted("p", 1_000, "jan")
            .ThenDebit(4, Scheduled)
            .WhenFinanceMerges("jan")
            .ThenDebit(4, Scheduled)
            .WhenFinanceDeclaresAMerge("older", "2020-01-15", "2020-01-15")
            .ThenMergedInto(3, 2)
            .ThenLines(4, "jan");

    [Fact]
    public void R08_Without_a_target_the_debit_is_deferred_and_folds_when_the_next_bill_comes() =>
        GivenBills("jan")
            .WhenFinanceMerges("jan")
            .ThenDebit(1, Deferred, "no next bill")
            .WhenTheRunComesFor("jan")
            .ThenDebits(Deferred)
            .WhenABillIsImported("feb", 5_000)
            .ThenMergedInto(1, 2);

    [Fact]
    public void R08_The_day_since_when_there_is_no_next_bill_is_kept() =>
        Assert.Equal(
            Day("2020-01-13"),
            GivenBills("jan")
                .WhenFinanceMerges("jan")
                .WhenTheRunComesFor("jan")
                .WhenTheRunComes("2020-03-02")
                .Debit(1)
                .DeferredOn
        );

    [Fact]
    public void R08_Another_merge_of_the_same_bill_does_not_begin_that_time_anew() =>
        Assert.Equal(
            Day("2020-01-13"),
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenFinanceMerges("jan")
                .On("2020-02-03")
                .WhenFinanceMerges("jan", "second")
                .Debit(1)
                .DeferredOn
        );

    [Fact]
    public void R08_Clear_never_ends_a_merge() =>
        GivenBills("jan")
            .WhenFinanceMerges("jan")
            .WhenFinanceClears(1)
            .ThenDebit(1, Deferred, "no next bill")
            .WhenABillIsImported("feb", 5_000)
            .WhenFinanceClears(1)
            .ThenMergedInto(1, 2);

    [Fact]
    public void R08_A_merge_withdrawn_before_it_found_a_target_lets_the_debit_go() =>
        GivenBills("jan")
            .WhenFinanceMerges("jan")
            .WhenFinanceWithdraws("late-bills")
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted);

    [Fact]
    public void R08_Carried_lines_fold_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 40)
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsImported("mar", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenMergedInto(1, 2)
            .WhenFinanceMerges("feb")
            .ThenMergedInto(2, 3)
            .ThenLines(3, "jan", "feb", "mar");

    [Fact]
    public void R08_A_merge_folds_a_released_debit_whose_day_is_past() =>
        GivenBills("jan", "feb")
            .WhenFinanceHolds("jan")
            .WhenTheRunComesFor("jan")
            .On("2020-02-03")
            .WhenFinanceMerges("jan")
            .ThenMergedInto(1, 2);
}
