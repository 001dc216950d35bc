using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R35: due dates far from arrival, and money from the future.</summary>
public sealed class R35FarDueDatesTests
{
    // Imported on January 13, a Monday, at 08:00.
    [Theory]
    [InlineData("2020-01-03", Charging)]
    [InlineData("2020-01-02", NeedsReview)]
    [InlineData("2019-01-22", NeedsReview)]
    [InlineData("2020-05-12", Scheduled)]
    [InlineData("2020-05-13", NeedsReview)]
    public void R35_A_bill_that_arrives_long_after_or_before_its_due_date_waits_for_a_person(
        string due,
        DebitState state
    ) =>
        GivenAnAccount()
            .WhenABillIsImported("odd", 5_000, due: due)
            .WhenEvaluated()
            .ThenDebit(
                1,
                state,
                state == NeedsReview ? $"due date far from arrival: due {due}, arrived 2020-01-13" : ""
            );

    [Fact]
    public void R35_A_person_approves_it_or_cancels_it()
    {
        GivenAnAccount()
            .WhenABillIsImported("odd", 5_000, due: "2019-12-25")
            .WhenAPersonApproves(1)
            .WhenEvaluated()
            .ThenDebits(Charging)
            .ThenAsked(1, 5_000);
        Assert.NotNull(
            GivenAnAccount()
                .WhenABillIsImported("odd", 5_000, due: "2019-12-25")
                .WhenAPersonCancels(1)
                .ThenDebits(Cancelled)
                .Bill("odd")
                .Blocked
        );
    }

    [Fact]
    public void R35_A_deferral_in_force_explains_it() =>
        GivenAnAccount()
            .WhenFinanceDeclaresAHold("outage", "2019-12-01", "2020-01-31")
            .WhenABillIsImported("late", 5_000, due: "2019-12-25")
            .ThenDebits(Deferred);

    [Fact]
    public void R35_A_hold_that_is_cleared_does_not() =>
        GivenAnAccount()
            .WhenFinanceDeclaresAHold("outage", "2019-12-01", "2020-01-31")
            .WhenFinanceClears(1)
            .WhenABillIsImported("late", 5_000, due: "2019-12-25")
            .ThenDebits(NeedsReview);

    [Fact]
    public void R35_While_halted_nothing_is_reviewed_and_afterwards_it_is() =>
        GivenAnAccount()
            .WhenFinanceHalts()
            .WhenABillIsImported("odd", 5_000, due: "2019-12-25")
            .ThenDebits(Scheduled)
            .WhenFinanceResumes()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R35_Autopay_that_goes_off_and_on_forgets_nothing() =>
        GivenAnAccount()
            .WhenABillIsImported("odd", 5_000, due: "2019-12-25")
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .WhenEvaluated()
            .ThenDebits(Cancelled, NeedsReview);

    [Fact]
    public void R35_A_bill_that_credit_pays_needs_nobody() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenABillIsImported("odd", 5_000, due: "2019-12-25")
            .WhenEvaluated()
            .ThenDebits(Satisfied);

    [Theory]
    [InlineData(19, Charging)]
    [InlineData(18, NeedsReview)]
    public void R35_The_days_are_a_setting(int days, DebitState state) =>
        GivenAnAccount(policies: new Policies { MaxDaysAfterDueDate = days })
            .WhenABillIsImported("odd", 5_000, due: "2019-12-25")
            .WhenEvaluated()
            .ThenDebits(state);

    [Fact]
    public void R35_A_payment_that_is_received_tomorrow_is_refused() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .ThenRefused("after today", it => it.WhenAPaymentIsPosted("p", 5_000, received: "2020-01-14"));
}
