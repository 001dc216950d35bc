using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R17: retries. Submitted Wed Jan 22, refused Tue Jan 28; Feb 17 is a holiday.</summary>
public sealed class R17RetryTests
{
    private static AccountScenario GivenANo(Policies? policies = null, string code = "R01") =>
        GivenAnAccount(policies: policies)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo(code);

    [Theory]
    [InlineData("R01")]
    [InlineData("R09")]
    public void R17_Insufficient_and_uncollected_funds_are_retried(string code) =>
        GivenANo(code: code).ThenDebit(1, RetryScheduled, "retry 1 on 2020-02-04");

    [Fact]
    public void R17_The_first_retry_goes_out_five_banking_days_after_the_first_no() =>
        GivenANo()
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-02-04", "05:59")
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Submitted);

    [Fact]
    public void R17_The_second_retry_goes_out_ten_banking_days_after_the_second_no() =>
        GivenANo()
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebit(1, RetryScheduled, "retry 2 on 2020-02-25")
            .WhenTheRunComes("2020-02-24")
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-02-25")
            .ThenDebits(Submitted);

    [Fact]
    public void R17_After_two_retries_it_ends_uncollected() =>
        GivenANo()
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-25")
            .On("2020-03-02", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebit(1, Uncollected, "no retries left");

    [Fact]
    public void R17_It_is_the_same_debit_the_same_amount_and_the_next_attempt() =>
        GivenANo()
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Submitted)
            .ThenAsked(1, 5_000, attempt: 2)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, collected: 5_000);

    [Fact]
    public void R17_At_most_max_retries() => GivenANo(new Policies { MaxRetries = 0 }).ThenDebits(Uncollected);

    [Theory]
    [InlineData(13, RetryScheduled)]
    [InlineData(12, Uncollected)]
    public void R17_A_retry_later_than_max_retry_days_after_the_first_submission_is_none(int days, DebitState state) =>
        GivenANo(new Policies { MaxRetryDays = days }).ThenDebits(state);

    [Fact]
    public void R17_The_days_are_counted_from_the_first_submission_not_the_last() =>
        GivenANo(new Policies { MaxRetryDays = 33 })
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebit(1, Uncollected, "33 days");

    [Fact]
    public void R17_The_spacing_is_a_setting() =>
        GivenANo(new Policies { RetryAfterBankingDays = [1, 3] })
            .WhenTheRunComes("2020-01-29")
            .ThenDebits(Submitted)
            .On("2020-02-04", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-06")
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-02-07")
            .ThenDebits(Submitted);

    [Fact]
    public void R17_Retries_obey_a_hold() =>
        GivenANo()
            .WhenFinanceHolds("jan")
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Deferred)
            .On("2020-02-10", "09:00")
            .WhenFinanceClears(1)
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Submitted)
            .ThenAsked(1, 5_000, attempt: 2);

    [Fact]
    public void R17_A_held_retry_whose_days_are_over_ends_uncollected() =>
        GivenANo()
            .WhenFinanceHolds("jan")
            .WhenTheRunComes("2020-03-02")
            .ThenDebits(Deferred)
            .WhenTheRunComes("2020-03-03")
            .ThenDebit(1, Uncollected, "40 days");

    [Fact]
    public void R17_On_the_last_day_it_may_still_go_out() =>
        GivenANo()
            .WhenFinanceHolds("jan")
            .On("2020-03-02", "09:00")
            .WhenFinanceClears(1)
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Submitted);

    [Fact]
    public void R17_Retries_obey_a_halt() =>
        GivenANo()
            .WhenFinanceHalts()
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(RetryScheduled)
            .On("2020-02-05", "09:00")
            .WhenFinanceResumes()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Submitted);

    [Fact]
    public void R17_Retries_obey_a_skip() => GivenANo().WhenABillIsSkipped("jan").ThenDebit(1, Cancelled, "skipped");

    [Fact]
    public void R17_Retries_obey_autopay() => GivenANo().WhenAutopayGoesOff().ThenDebits(Cancelled);

    [Fact]
    public void R17_Retries_obey_a_suspension() =>
        GivenANo()
            .WhenAPersonSuspends()
            .ThenDebit(1, Deferred, "suspended")
            .WhenAPersonLiftsTheSuspension()
            .ThenDebits(RetryScheduled);

    [Fact]
    public void R17_A_retry_that_the_pre_charge_check_refuses_stays_a_retry() =>
        GivenANo()
            .On("2020-02-04")
            .WhenEvaluated()
            .ThenDebits(Charging)
            .WhenFinanceHalts()
            .WhenThePreChargeCheckComes()
            .ThenDebits(RetryScheduled)
            .On("2020-02-05")
            .WhenFinanceResumes()
            .ThenAsked(1, 5_000, attempt: 3);
}
