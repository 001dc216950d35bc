using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R15: before and after the pre-charge check.</summary>
public sealed class R15InFlightTests
{
    [Fact]
    public void R15_Before_the_lock_a_payment_reduces_the_bill_and_the_attempt_is_dead()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenBill("jan", open: 3_000, paid: 2_000)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Scheduled);
        Assert.Equal(AttemptPhase.Abandoned, account.Debit(1).LastAttempt!.Phase);
        account.WhenEvaluated().ThenAsked(1, 3_000, attempt: 2);
    }

    [Fact]
    public void R15_Paid_in_full_before_the_lock_it_is_satisfied() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Scheduled)
            .WhenEvaluated()
            .ThenDebits(Satisfied);

    [Fact]
    public void R15_From_the_lock_on_a_payment_does_not_reduce_it() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenBill("jan", open: 5_000)
            .ThenCredit(2_000)
            .WhenConfirmed()
            .ThenDebits(Submitted)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, collected: 5_000)
            .ThenCredit(2_000);

    [Fact]
    public void R15_All_bills_of_the_debit_are_in_flight()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb");
        Assert.Equal([new Money(5_000), new Money(6_000)], account.Ledger.Bills.Select(bill => bill.InFlight));
    }

    [Theory]
    [InlineData(IntentStatus.Succeeded)]
    [InlineData(IntentStatus.Dead)]
    [InlineData(IntentStatus.RequiresAction)]
    [InlineData(IntentStatus.Cancelled)]
    public void R15_The_banks_final_answer_ends_the_flight(IntentStatus status) =>
        Assert.Equal(
            Money.Zero,
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .TheBankSays(status, "R01")
                .Bill("jan")
                .InFlight
        );

    [Theory]
    [InlineData(IntentStatus.Untouched)]
    [InlineData(IntentStatus.Processing)]
    [InlineData(IntentStatus.Unknown)]
    public void R15_Anything_else_leaves_it_in_flight(IntentStatus status) =>
        Assert.Equal(
            new Money(5_000),
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .TheBankSays(status)
                .ThenDebits(Submitted)
                .Bill("jan")
                .InFlight
        );

    [Fact]
    public void R15_A_cancelled_intent_ends_the_flight_of_what_was_not_sent() =>
        Assert.Equal(
            Money.Zero,
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .On(Due["jan"])
                .WhenEvaluated()
                .WhenThePreChargeCheckComes()
                .TheBankSays(IntentStatus.Cancelled)
                .ThenDebits(Scheduled)
                .Bill("jan")
                .InFlight
        );

    [Fact]
    public void R15_What_was_paid_in_flight_pays_the_bill_when_the_provider_cancels_the_intent() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenAPaymentIsPosted("p", 5_000)
            .ThenCredit(5_000)
            .TheBankSays(IntentStatus.Cancelled)
            .ThenBill("jan", open: 0, paid: 5_000);

    [Fact]
    public void R15_And_when_the_customer_must_act() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPaymentIsPosted("p", 5_000)
            .TheBankSays(IntentStatus.RequiresAction)
            .ThenBill("jan", open: 0, paid: 5_000);

    [Fact]
    public void R15_When_it_is_collected_it_pays_what_was_opened_meanwhile() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsAdjusted("jan", 500)
            .WhenAPaymentIsPosted("p", 500)
            .ThenCredit(500)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, paid: 500, collected: 5_000);
}
