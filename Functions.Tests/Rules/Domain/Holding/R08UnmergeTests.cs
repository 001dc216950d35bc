using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R8: withdrawing a merge un-merges what its parent has not begun to charge.</summary>
public sealed class R08UnmergeTests
{
    private static AccountScenario GivenBills(params string[] bills) =>
        bills.Aggregate(GivenAnAccount(), (account, bill) => account.WhenABillIsImported(bill, 5_000));

    private static AccountScenario GivenAMerge() =>
        GivenBills("jan", "feb").WhenFinanceMerges("jan").ThenMergedInto(1, 2);

    [Fact]
    public void R08_Withdrawing_gives_part_and_parent_their_own_lines_back()
    {
        var account = GivenAMerge()
            .WhenFinanceWithdraws("late-bills")
            .ThenDebits(Scheduled, Scheduled)
            .ThenLines(1, "jan")
            .ThenLines(2, "feb");
        Assert.Null(account.Debit(1).MergedInto);
        Assert.Empty(account.Debit(1).Lines.Single().Trail);
    }

    [Fact]
    public void R08_An_un_merged_part_whose_day_is_past_goes_out_now() =>
        GivenAMerge()
            .WhenTheRunComesFor("jan")
            .On("2020-02-03")
            .WhenFinanceWithdraws("late-bills")
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Submitted, Scheduled)
            .ThenAsked(1, 5_000);

    [Fact]
    public void R08_An_un_merged_part_that_is_held_is_deferred() =>
        GivenBills("jan", "feb")
            .WhenFinanceHolds("jan")
            .WhenFinanceMerges("jan")
            .WhenFinanceWithdraws("late-bills")
            .ThenDebits(Deferred, Scheduled)
            .ThenHeldBy(1, "outage");

    [Fact]
    public void R08_An_un_merged_part_may_fold_by_another_deferral() =>
        GivenBills("jan", "feb")
            .WhenFinanceMerges("jan", "first")
            .WhenFinanceMerges("jan", "second")
            .ThenMergedInto(1, 2)
            .WhenFinanceWithdraws("first")
            .WhenFinanceWithdraws("second")
            .ThenDebits(Scheduled, Scheduled)
            .ThenLines(1, "jan")
            .ThenLines(2, "feb");

    [Fact]
    public void R08_Withdrawing_the_last_link_of_a_chain_restores_the_middle_with_what_it_carried() =>
        GivenBills("jan", "feb", "mar")
            .WhenFinanceMerges("jan", "first")
            .WhenFinanceMerges("feb", "second")
            .WhenFinanceWithdraws("second")
            .ThenMergedInto(1, 2)
            .ThenLines(2, "jan", "feb")
            .ThenLines(3, "mar");

    [Fact]
    public void R08_Withdrawing_the_first_link_of_a_chain_takes_only_its_own_part_out() =>
        GivenBills("jan", "feb", "mar")
            .WhenFinanceMerges("jan", "first")
            .WhenFinanceMerges("feb", "second")
            .WhenFinanceWithdraws("first")
            .ThenDebit(1, Scheduled)
            .ThenMergedInto(2, 3)
            .ThenLines(1, "jan")
            .ThenLines(3, "feb", "mar");

    [Fact]
    public void R08_Withdrawing_both_links_restores_all_three() =>
        GivenBills("jan", "feb", "mar")
            .WhenFinanceMerges("jan", "first")
            .WhenFinanceMerges("feb", "second")
            .WhenFinanceWithdraws("first")
            .WhenFinanceWithdraws("second")
            .ThenDebits(Scheduled, Scheduled, Scheduled)
            .ThenLines(1, "jan")
            .ThenLines(2, "feb")
            .ThenLines(3, "mar");

    [Fact]
    public void R08_What_was_carried_before_it_folded_stays_carried() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 40)
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsImported("mar", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenFinanceMerges("feb")
            .WhenFinanceWithdraws("late-bills")
            .ThenMergedInto(1, 2)
            .ThenLines(2, "jan", "feb")
            .ThenLines(3, "mar");

    [Fact]
    public void R08_A_parent_in_review_has_not_begun_to_charge() =>
        GivenAnAccount(cap: 9_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .ThenDebits(Merged, NeedsReview)
            .WhenFinanceWithdraws("late-bills")
            .ThenLines(1, "jan")
            .ThenLines(2, "feb")
            .ThenDebit(2, NeedsReview);

    [Fact]
    public void R08_A_parent_in_review_that_keeps_no_line_is_cancelled() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .WhenABillIsSkipped("feb")
            .ThenDebits(Merged, NeedsReview)
            .WhenFinanceWithdraws("late-bills")
            .ThenDebit(2, Cancelled, "skipped")
            .ThenLines(1, "jan");

    [Fact]
    public void R08_What_the_parent_has_begun_to_charge_stays_merged() =>
        GivenAMerge()
            .WhenTheRunComesFor("feb")
            .WhenFinanceWithdraws("late-bills")
            .ThenDebits(Merged, Submitted)
            .ThenLines(2, "jan", "feb")
            .TheBankSaysYes()
            .ThenDebits(Merged, Collected)
            .ThenBill("jan", open: 0, collected: 5_000);

    [Fact]
    public void R08_A_parent_that_waits_for_its_retry_has_begun_to_charge() =>
        GivenAMerge()
            .WhenTheRunComesFor("feb")
            .On("2020-02-25", "05:00")
            .TheBankSaysNo("R01")
            .WhenFinanceWithdraws("late-bills")
            .ThenDebits(Merged, RetryScheduled)
            .ThenLines(2, "jan", "feb")
            .WhenTheRunComes("2020-03-03")
            .ThenAsked(2, 10_000, attempt: 2);

    [Fact]
    public void R08_A_parent_that_comes_back_before_it_was_sent_lets_its_parts_go() =>
        GivenAMerge()
            .On(Due["feb"])
            .WhenEvaluated()
            .ThenDebits(Merged, Charging)
            .WhenFinanceHalts()
            .WhenFinanceWithdraws("late-bills")
            .ThenDebits(Merged, Charging)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Scheduled, Scheduled)
            .ThenLines(1, "jan")
            .ThenLines(2, "feb");

    [Fact]
    public void R08_A_line_skipped_inside_the_parent_does_not_come_back() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenABillIsImported("feb", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsSkipped("jan-2")
            .WhenFinanceWithdraws("late-bills")
            .ThenLines(1, "jan")
            .ThenLines(2, "feb");

    [Fact]
    public void R08_A_reopened_bill_is_not_un_merged_out_of_a_cancelled_parent() =>
        GivenAMerge()
            .WhenAutopayGoesOff()
            .ThenDebits(Merged, Cancelled)
            .WhenFinanceWithdraws("late-bills")
            .ThenDebits(Merged, Cancelled);
}
