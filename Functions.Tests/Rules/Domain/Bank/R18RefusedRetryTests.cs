using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R18: when the amount is no longer the same, the retry is refused.</summary>
public sealed class R18RefusedRetryTests
{
    private static AccountScenario GivenARetry(long? cap = null) =>
        GivenAnAccount(cap: cap)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebits(RetryScheduled);

    [Fact]
    public void R18_Money_before_the_retry_ends_it_at_that_moment_and_the_rest_is_a_new_debit_on_the_retry_date() =>
        GivenARetry()
            .On("2020-01-30", "10:00")
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenDebits(Superseded, Scheduled)
            .ThenDue(2, "2020-02-04")
            .ThenLines(2, "jan")
            .ThenDebit(1, Superseded, "retry refused: 30.00 is open, the bank was asked for 50.00")
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(Superseded, Scheduled)
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(2, 3_000);

    [Fact]
    public void R18_When_nothing_is_left_there_is_no_new_debit() =>
        GivenARetry().WhenAPaymentIsPosted("p", 5_000).ThenDebits(Superseded);

    [Fact]
    public void R18_Attempts_retries_and_days_start_afresh()
    {
        var account = GivenARetry()
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebit(2, RetryScheduled, "retry 1 on 2020-02-18");
        Assert.Equal(1, Assert.Single(account.Debit(2).Attempts).Number);
        account
            .WhenTheRunComes("2020-02-18")
            .On("2020-02-24", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebit(2, RetryScheduled, "retry 2 on 2020-03-09");
    }

    [Fact]
    public void R18_A_held_retry_is_refused_too_and_the_new_debit_is_held() =>
        GivenARetry()
            .WhenFinanceHolds("jan")
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenDebits(Superseded, Deferred)
            .ThenHeldBy(2, "outage");

    [Fact]
    public void R18_A_retry_that_was_already_planned_is_refused_when_the_pre_charge_check_sends_it_back() =>
        GivenARetry()
            .On("2020-02-04")
            .WhenEvaluated()
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenDebits(Charging)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Superseded, Scheduled)
            .WhenEvaluated()
            .ThenAsked(2, 3_000);

    [Fact]
    public void R18_Money_for_another_bill_leaves_the_retry_alone() =>
        GivenARetry()
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsPosted("p", 6_000, "feb")
            .ThenDebits(RetryScheduled, Scheduled);

    [Fact]
    public void R18_An_adjustment_or_a_reversal_changes_the_amount_too()
    {
        GivenARetry()
            .WhenABillIsAdjusted("jan", 100)
            .ThenDebits(Superseded, Scheduled)
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(2, 5_100);
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Superseded, Scheduled)
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(2, 5_000);
    }

    [Fact]
    public void R18_Of_a_merged_debit_all_open_bills_are_in_the_new_one() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .On("2020-02-25", "05:00")
            .TheBankSaysNo("R01")
            .WhenAPaymentIsPosted("p", 5_500)
            .ThenDebits(Merged, Superseded, Scheduled)
            .ThenLines(3, "feb")
            .ThenDue(3, "2020-03-03");

    [Fact]
    public void R18_A_skip_in_a_retry_of_two_bills_leaves_a_new_debit_for_the_other() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenABillIsSkipped("jan-2")
            .ThenDebits(Superseded, Scheduled)
            .ThenLines(2, "jan")
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(2, 5_000);

    [Fact]
    public void R18_The_new_debit_waits_for_a_retry_date_that_is_past_like_any_other() =>
        GivenARetry()
            .WhenFinanceHolds("jan")
            .WhenTheRunComes("2020-02-10")
            .On("2020-02-11", "09:00")
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenDue(2, "2020-02-04")
            .WhenFinanceClears(1)
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Superseded, Submitted);

    [Fact]
    public void R18_The_new_debit_is_asked_for_its_cap_like_any_other() =>
        GivenARetry(cap: 5_000)
            .WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(1_000) })
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Superseded, NeedsReview);
}
