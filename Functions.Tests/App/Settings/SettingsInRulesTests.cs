using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Settings;

/// <summary>Each policy of the city at the rule that uses it, one step to either side of its own value.</summary>
public sealed class SettingsInRulesTests
{
    private static readonly Policies Own = OwnSettings.Read<Policies>();

    [Theory]
    [InlineData("09:29", Scheduled)]
    [InlineData("09:30", Charging)]
    public void A_debit_is_due_from_the_hour_of_the_run(string time, DebitState state) =>
        GivenAnAccount(policies: Own)
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"], time)
            .WhenEvaluated()
            .ThenDebits(state);

    // The first "no" comes on Tuesday, January 28: three banking days later is Friday.
    [Theory]
    [InlineData("2020-01-30", RetryScheduled)]
    [InlineData("2020-01-31", Submitted)]
    public void The_first_retry_goes_out_after_the_first_number_of_banking_days(string day, DebitState state) =>
        GivenANo(Own).WhenTheRunComes(day, "09:30").ThenDebits(state);

    // The second "no" comes on Wednesday, February 5: eight banking days later is Tuesday, February 18, after
    // Presidents' Day.
    [Theory]
    [InlineData("2020-02-14", RetryScheduled)]
    [InlineData("2020-02-18", Submitted)]
    public void The_second_retry_goes_out_after_the_second_number(string day, DebitState state) =>
        WhenTheRetryFails(GivenANo(Own with { MaxRetries = 2 })).WhenTheRunComes(day, "09:30").ThenDebits(state);

    [Fact]
    public void There_are_no_more_retries_than_the_most() =>
        WhenTheRetryFails(GivenANo(Own)).ThenDebit(1, Uncollected, "no retries left");

    // Submitted on January 22: the last day is February 24.
    [Theory]
    [InlineData("2020-02-24", Submitted)]
    [InlineData("2020-02-25", Uncollected)]
    public void A_retry_goes_out_within_the_days_after_the_first_submission(string day, DebitState state) =>
        GivenANo(Own)
            .WhenFinanceHalts()
            .On(day, "09:30")
            .WhenFinanceResumes()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(state);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void The_account_waits_for_a_person_after_so_many_returns_in_a_year(int returns, bool isSuspended)
    {
        var account = GivenAnAccount(policies: Own);
        foreach (var bill in new[] { "jan", "feb" }.Take(returns))
        {
            account.WhenABillIsImported(bill, 5_000).WhenTheRunComes(Due[bill], "09:30").TheBankSaysNo("R08");
        }

        Assert.Equal(isSuspended, account.Ledger.Suspension is not null);
    }

    // Imported on January 13.
    [Theory]
    [InlineData("2019-12-27", Charging)]
    [InlineData("2019-12-26", NeedsReview)]
    [InlineData("2020-04-12", Scheduled)]
    [InlineData("2020-04-13", NeedsReview)]
    public void A_due_date_further_away_than_the_days_before_or_after_waits_for_a_person(
        string due,
        DebitState state
    ) =>
        GivenAnAccount(policies: Own with { NoticeClock = NoticeClockMode.Off })
            .On("2020-01-13", "09:30")
            .WhenABillIsImported("odd", 5_000, due: due)
            .WhenEvaluated()
            .ThenDebits(state);

    // Off on January 21, a day before the due date.
    [Theory]
    [InlineData("2020-01-25", true)]
    [InlineData("2020-01-26", false)]
    public void An_off_is_undone_within_its_days(string on, bool comesBack) =>
        GivenAnAccount(policies: Own)
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-21", "12:00")
            .WhenAutopayGoesOff()
            .On(on, "12:00")
            .WhenAutopayGoesOn()
            .ThenDebits(comesBack ? [Cancelled, Scheduled] : [Cancelled]);

    [Theory]
    [InlineData(PreviousBalancePolicy.Review, NeedsReview, 1)]
    [InlineData(PreviousBalancePolicy.Warn, Submitted, 1)]
    [InlineData(PreviousBalancePolicy.Off, Submitted, 0)]
    public void A_bill_that_knows_of_other_money_does_what_the_policy_says(
        PreviousBalancePolicy policy,
        DebitState january,
        int warnings
    ) =>
        GivenAnAccount(policies: policy == PreviousBalancePolicy.Warn ? Own : Own with { PreviousBalance = policy })
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000, previous: 4_000)
            .WhenTheRunComes(Due["jan"], "09:30")
            .ThenDebit(1, january)
            .ThenWarned(warnings);

    [Theory]
    [InlineData(74, Merged)]
    [InlineData(75, Submitted)]
    public void Less_than_the_smallest_charge_is_carried_into_the_next_debit(long cents, DebitState state) =>
        GivenAnAccount(policies: Own)
            .WhenABillIsImported("jan", cents)
            .WhenABillIsImported("feb", 5_000)
            .WhenTheRunComes(Due["jan"], "09:30")
            .ThenDebit(1, state);

    // Merged on January 13 without a next bill.
    [Theory]
    [InlineData("2020-02-03", false)]
    [InlineData("2020-02-04", true)]
    public void A_debit_without_a_next_bill_is_listed_after_its_days(string day, bool isListed)
    {
        var account = GivenAnAccount(policies: Own).WhenABillIsImported("jan", 5_000).WhenFinanceMerges("jan");

        account.WhenTheRunComes(day, "09:30").ThenDebits(Deferred);

        Assert.Equal(isListed, account.Ledger.Worklist().Any());
    }

    private static AccountScenario GivenANo(Policies policies) =>
        GivenAnAccount(policies: policies)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComes(Due["jan"], "09:30")
            .On("2020-01-28", "10:00")
            .TheBankSaysNo("R01")
            .ThenDebits(RetryScheduled);

    private static AccountScenario WhenTheRetryFails(AccountScenario account) =>
        account.WhenTheRunComes("2020-01-31", "09:30").On("2020-02-05", "10:00").TheBankSaysNo("R01");
}
