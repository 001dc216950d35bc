using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>When an account asks to be looked at again.</summary>
public sealed class NextEvaluationTests
{
    private static void AssertLooks(AccountScenario account, string day, string time = "06:00") =>
        Assert.Equal(At(day, time).Utc, account.Context().NextEvaluation);

    [Fact]
    public void A_scheduled_debit_at_the_run_of_its_day() =>
        AssertLooks(GivenAnAccount().WhenABillIsImported("jan", 5_000), "2020-01-22");

    [Fact]
    public void Rolled_forward_to_a_banking_day() =>
        AssertLooks(GivenAnAccount().WhenABillIsImported("bill", 5_000, due: "2020-01-18"), "2020-01-21");

    [Fact]
    public void The_earliest_of_several() =>
        AssertLooks(
            GivenAnAccount().WhenABillIsImported("feb", 5_000, previous: 0).WhenABillIsImported("jan", 5_000),
            "2020-01-22"
        );

    [Fact]
    public void Now_when_it_is_due() =>
        AssertLooks(
            GivenAnAccount().WhenABillIsImported("jan", 5_000).On("2020-01-23", "10:00").WhenAPaymentIsPosted("p", 1),
            "2020-01-23",
            "10:00"
        );

    [Fact]
    public void A_retry_at_the_run_of_its_day() =>
        AssertLooks(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .On("2020-01-28", "05:00")
                .TheBankSaysNo("R01"),
            "2020-02-04"
        );

    [Fact]
    public void A_held_retry_when_its_days_are_over() =>
        AssertLooks(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .On("2020-01-28", "05:00")
                .TheBankSaysNo("R01")
                .WhenFinanceHolds("jan"),
            "2020-03-03"
        );

    [Fact]
    public void A_planned_attempt_when_its_worker_had_its_time() =>
        AssertLooks(
            GivenAnAccount().WhenABillIsImported("jan", 5_000).On(Due["jan"]).WhenEvaluated(),
            "2020-01-22",
            "06:10"
        );

    [Fact]
    public void A_submitted_debit_on_the_fifth_banking_day_at_noon() =>
        AssertLooks(
            GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan"),
            "2020-01-29",
            "12:00"
        );

    [Fact]
    public void What_is_halted_or_too_small_on_the_next_banking_day()
    {
        AssertLooks(
            GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHalts().WhenTheRunComes("2020-01-24"),
            "2020-01-27"
        );
        AssertLooks(GivenAnAccount().WhenABillIsImported("jan", 20).WhenTheRunComes("2020-01-24"), "2020-01-27");
    }

    [Fact]
    public void On_a_day_without_banking_on_the_next_one() =>
        AssertLooks(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenFinanceHolds("jan")
                .On("2020-02-15", "10:00")
                .WhenFinanceClears(1),
            "2020-02-18"
        );

    [Fact]
    public void On_the_day_after_the_bank_should_have_answered_and_did_not() =>
        AssertLooks(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .On("2020-01-29", "10:00")
                .WhenAPaymentIsPosted("p", 1),
            "2020-01-30",
            "12:00"
        );

    [Fact]
    public void Now_when_a_remainder_has_a_later_debit_to_join() =>
        AssertLooks(
            GivenAnAccount()
                .WhenABillIsImported("jan", 20)
                .WhenABillIsImported("feb", 5_000)
                .On("2020-01-22", "10:00")
                .WhenTheBalancesFileSays("jan", 30),
            "2020-01-22",
            "10:00"
        );

    [Fact]
    public void At_a_whole_second_not_early_when_it_is_later_and_not_late_when_it_is_now()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        account.MoveTo(City.At(At("2020-01-23", "10:00").Utc.AddMilliseconds(400)));
        AssertLooks(account, "2020-01-23", "10:00");

        account.WhenEvaluated();
        Assert.Equal(At("2020-01-23", "10:10").Utc.AddSeconds(1), account.Context().NextEvaluation);
    }

    [Fact]
    public void Never_by_itself_what_waits_for_people_or_has_ended()
    {
        Assert.Null(
            GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan").Context().NextEvaluation
        );
        Assert.Null(
            GivenAnAccount(cap: 100)
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .Context()
                .NextEvaluation
        );
        Assert.Null(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .TheBankSaysYes()
                .Context()
                .NextEvaluation
        );
    }

    [Fact]
    public void Never_again_what_is_stopped_by_a_bug_of_ours()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).On(Due["jan"]).WhenEvaluated();
        Assert.Null(
            account
                .Do(new FlagAttempt(account.Debit(1).Id, 1, Stop: true, "idempotency error", account.Now))
                .Context()
                .NextEvaluation
        );
    }
}
