using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R27: what was never sent is decided anew.</summary>
public sealed class R27NeverSentTests
{
    // January, 50.00: locked on Jan 22, and its confirm was never sent.
    private static AccountScenario GivenLocked() =>
        GivenAnAccount(cap: 9_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .ThenDebits(Charging, Scheduled);

    private static AccountScenario GivenOnlyJanuaryLocked(string day = "2020-01-22") =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(day)
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .ThenDebits(Charging);

    [Fact]
    public void R27_When_nothing_has_changed_it_goes_on_under_its_key() =>
        GivenLocked()
            .On("2020-01-22", "09:00")
            .WhenRecovered()
            .ThenDebits(Charging, Scheduled)
            .WhenConfirmed()
            .ThenDebits(Submitted, Scheduled)
            .ThenAsked(1, 5_000);

    public static TheoryData<string, DebitState> Changes =>
        new()
        {
            { "hold", Deferred },
            { "halt", Scheduled },
            { "autopay off", Cancelled },
            { "suspended", Deferred },
            { "merged", Merged },
            { "lower cap", NeedsReview },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public void R27_What_speaks_against_it_takes_it_back(string change, DebitState ends)
    {
        var account = Change(GivenLocked(), change).WhenRecovered().WhenEvaluated().ThenDebit(1, ends);
        Assert.Equal(
            (AttemptPhase.Abandoned, 0),
            (account.Debit(1).LastAttempt!.Phase, account.Bill("jan").InFlight.Cents)
        );
        Assert.StartsWith("never confirmed: ", account.Debit(1).LastAttempt!.Code, StringComparison.Ordinal);
    }

    private static AccountScenario Change(AccountScenario account, string change) =>
        change switch
        {
            "hold" => account.WhenFinanceHolds("jan"),
            "halt" => account.WhenFinanceHalts(),
            "autopay off" => account.WhenAutopayGoesOff(),
            "suspended" => account.WhenAPersonSuspends(),
            "merged" => account.WhenFinanceMerges("jan"),
            _ => account.WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(4_999) }),
        };

    [Theory]
    [InlineData(2_000, 3_000)]
    [InlineData(1, 4_999)]
    public void R27_A_payment_that_came_in_pays_the_bill_and_the_rest_is_a_new_attempt(long paid, long asked) =>
        GivenOnlyJanuaryLocked()
            .WhenAPaymentIsPosted("p", paid)
            .ThenCredit(paid)
            .WhenRecovered()
            .ThenCredit(0)
            .ThenBill("jan", open: asked, paid: paid)
            .WhenEvaluated()
            .ThenAsked(1, asked, attempt: 2);

    [Fact]
    public void R27_Paid_in_full_nothing_is_sent() =>
        GivenOnlyJanuaryLocked()
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenRecovered()
            .WhenEvaluated()
            .ThenDebits(Satisfied)
            .ThenCredit(0);

    // It may have been meant for what is about to be debited.
    [Fact]
    public void R27_A_payment_for_another_bill_of_the_account_takes_it_back_too() =>
        GivenLocked()
            .WhenAPaymentIsPosted("p", 6_000, "feb")
            .WhenRecovered()
            .WhenEvaluated()
            .ThenAsked(1, 5_000, attempt: 2);

    [Fact]
    public void R27_A_payment_that_came_before_it_was_locked_does_not() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenRecovered()
            .WhenConfirmed()
            .ThenAsked(1, 4_000);

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public void R27_So_does_an_adjustment(long cents) =>
        GivenLocked()
            .WhenABillIsAdjusted("jan", cents)
            .WhenRecovered()
            .WhenEvaluated()
            .ThenAsked(1, 5_000 + cents, attempt: 2);

    [Theory]
    [InlineData("pm_2", null)]
    [InlineData("pm_1", "mandate_2")]
    public void R27_So_does_another_payment_method_or_mandate(string method, string? mandate)
    {
        var account = GivenLocked()
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = method, Mandate = mandate })
            .WhenRecovered()
            .WhenEvaluated()
            .ThenAsked(1, 5_000, attempt: 2);
        Assert.Equal(
            (method, mandate),
            (account.Debit(1).LastAttempt!.PaymentMethod, account.Debit(1).LastAttempt!.Mandate)
        );
    }

    [Theory]
    [InlineData("2020-01-22", "2020-01-22", "23:59", null)]
    [InlineData("2020-01-22", "2020-01-23", "00:01", "its banking day is over")]
    [InlineData("2020-01-24", "2020-01-25", "07:00", "its banking day is over")]
    public void R27_It_goes_on_only_on_the_banking_day_on_which_it_was_locked(
        string locked,
        string found,
        string time,
        string? refusal
    )
    {
        var account = GivenOnlyJanuaryLocked(locked);
        Assert.Equal(
            refusal,
            PreChargeCheck.WhyNotLockAgain(
                account.Ledger,
                account.Debit(1).LastAttempt!,
                account.Controls,
                At(found, time)
            )
        );
    }

    [Fact]
    public void R27_A_retry_that_was_never_sent_stays_one() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .On("2020-02-04")
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenTheAccountsFileSays(it => it with { Mandate = "mandate_2" })
            .WhenRecovered()
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-02-04", "09:00")
            .ThenAsked(1, 5_000, attempt: 3);

    [Fact]
    public void R27_A_confirm_that_is_refused_because_of_the_method_suspends_and_counts_as_no_no()
    {
        var account = GivenLocked()
            .WhenTheConfirmIsRefused("no mandate", ofTheMethod: true)
            .ThenDebits(Deferred, Deferred);
        Assert.Equal(
            (SuspensionKind.PaymentMethod, "payment method cannot be used: no mandate"),
            (account.Ledger.Suspension!.Kind, account.Ledger.Suspension.Reason)
        );
        Assert.Equal(0, account.Debit(1).FailedAttempts);
    }

    [Theory]
    [InlineData("pm_2", null)]
    [InlineData("pm_1", "mandate_2")]
    public void R27_Another_method_or_mandate_lifts_that(string method, string? mandate) =>
        GivenLocked()
            .WhenTheConfirmIsRefused("no mandate", ofTheMethod: true)
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = method, Mandate = mandate })
            .ThenDebits(Scheduled, Scheduled)
            .WhenTheRunComes("2020-01-22", "09:00")
            .ThenAsked(1, 5_000, attempt: 2);

    [Fact]
    public void R27_A_method_that_was_replaced_meanwhile_does_not_suspend_the_new_one() =>
        Assert.Null(
            GivenLocked()
                .WhenTheAccountsFileSays(it => it with { Mandate = "mandate_2" })
                .WhenTheConfirmIsRefused("no mandate", ofTheMethod: true)
                .Ledger.Suspension
        );

    [Fact]
    public void R27_A_confirm_that_is_refused_for_another_reason_goes_to_a_person_and_is_tried_again_on_their_word() =>
        GivenLocked()
            .WhenTheConfirmIsRefused("charge_exceeds_transaction_limit", ofTheMethod: false)
            .WhenEvaluated()
            .ThenDebit(1, NeedsReview, "the provider refuses the charge: charge_exceeds_transaction_limit")
            .WhenAPersonApproves(1)
            .WhenTheRunComes("2020-01-22", "09:00")
            .ThenDebits(Submitted, Scheduled)
            .ThenAsked(1, 5_000, attempt: 2);

    [Fact]
    public void R27_So_does_a_retry_and_it_stays_a_retry() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .On("2020-02-04")
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenTheConfirmIsRefused("limit", ofTheMethod: false)
            .WhenEvaluated()
            .ThenDebits(NeedsReview)
            .WhenAPersonApproves(1)
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-02-04", "09:00")
            .ThenAsked(1, 5_000, attempt: 3);
}
