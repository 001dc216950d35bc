using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Clearing never charges; approving does (I25, F48, N26).</summary>
public sealed class ReleaseApprovalTests
{
    [Fact]
    public void A_clear_alone_sends_nothing() =>
        Cleared()
            .ThenDebit(1, Scheduled, "No hold is left: waits for an approved release")
            .WhenTheRunComes("2020-02-21")
            .ThenDebits(Scheduled);

    [Fact]
    public void With_the_safeguard_off_a_clear_sends() =>
        GivenAnAccount(releases: false)
            .WhenABillIsImported("jan", 5000)
            .WhenFinanceHolds("jan")
            .WhenTheRunComes("2020-02-20")
            .WhenFinanceClears()
            .ThenDebits(Charging);

    [Fact]
    public void What_no_hold_held_needs_no_release() =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted)
            .TheBankSaysYes()
            .ThenDebits(Collected);

    [Fact]
    public void An_approved_release_sends_what_its_plan_has() =>
        Cleared()
            .WhenTwoPeopleRelease()
            .ThenDebits(Charging)
            .ThenAsked(1, 5000)
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .TheBankSaysYes()
            .ThenDebits(Collected);

    [Fact]
    public void A_payment_after_the_approval_lowers_the_debit_and_it_goes() =>
        Future()
            .WhenTwoPeopleRelease()
            .ThenDebits(Scheduled)
            .WhenAPaymentIsPosted("p1", 2000)
            .WhenTheRunComes("2020-03-18")
            .ThenAsked(1, 3000);

    [Fact]
    public void A_payment_of_all_drops_the_debit() =>
        Future()
            .WhenTwoPeopleRelease()
            .WhenAPaymentIsPosted("p1", 5000)
            .WhenTheRunComes("2020-03-18")
            .ThenDebits(Satisfied);

    [Fact]
    [Trait("Layer", "L1")]
    public void F48_a_corrected_bill_stops_its_debit_as_drift() =>
        Future()
            .WhenTwoPeopleRelease()
            .WhenABillIsAdjusted("mar", 1)
            .WhenTheRunComes("2020-03-18")
            .ThenDebit(1, NeedsReview, "drift: 50.01 is open now, release R-1 was approved for 50.00");

    [Fact]
    public void Another_payment_method_stops_the_debit_as_drift() =>
        Future()
            .WhenTwoPeopleRelease()
            .WhenTheAccountsFileSays(now => now with { PaymentMethod = "pm_2" })
            .WhenTheRunComes("2020-03-18")
            .ThenDebit(1, NeedsReview, "drift: the payment method");

    [Fact]
    public void Another_mandate_stops_the_debit_as_drift() =>
        Future()
            .WhenTwoPeopleRelease()
            .WhenTheAccountsFileSays(now => now with { Mandate = "mandate_2" })
            .WhenTheRunComes("2020-03-18")
            .ThenDebit(1, NeedsReview, "drift: the payment method");

    [Fact]
    public void Nobody_waives_drift_alone_it_takes_another_plan() =>
        Future()
            .WhenTwoPeopleRelease()
            .WhenABillIsAdjusted("mar", 700)
            .WhenTheRunComes("2020-03-18")
            .ThenDebits(NeedsReview)
            .WhenAPersonApproves(1)
            .WhenEvaluated()
            .ThenDebits(Scheduled)
            .WhenTwoPeopleRelease("R-2")
            .ThenAsked(1, 5700);

    [Fact]
    public void Drift_between_plan_and_lock_is_seen_at_the_pre_charge_check()
    {
        var scenario = Cleared().WhenTwoPeopleRelease().ThenDebits(Charging).WhenABillIsAdjusted("jan", 1);

        Assert.Equal(
            "50.01 is open now, not 50.00",
            PreChargeCheck.WhyNotLock(scenario.Ledger, scenario.Debit(1).Living, scenario.Controls, scenario.Now.Today)
        );
        scenario.WhenThePreChargeCheckComes().WhenEvaluatedUnder().ThenDebits(NeedsReview);
    }

    [Fact]
    public void A_stopped_release_is_seen_before_the_confirm()
    {
        var scenario = Cleared().WhenTwoPeopleRelease().WhenThePreChargeCheckComes();
        Assert.Null(PreChargeCheck.WhyNotConfirm(scenario.Ledger, scenario.Debit(1), scenario.Controls));

        scenario.WhenTheReleaseIsStopped();

        Assert.Equal(
            "release R-1 was stopped",
            PreChargeCheck.WhyNotConfirm(scenario.Ledger, scenario.Debit(1), scenario.Controls)
        );
    }

    [Fact]
    public void What_was_stopped_before_it_was_sent_goes_under_another_release_only() =>
        Future()
            .WhenTwoPeopleRelease()
            .WhenTheReleaseIsStopped()
            .WhenTheRunComes("2020-03-18")
            .ThenDebits(Scheduled)
            .WhenTwoPeopleRelease("R-2")
            .ThenAsked(1, 5000);

    [Fact]
    public void A_cycle_that_is_opened_again_stops_its_release()
    {
        var opened = Future().WhenTwoPeopleRelease().WhenFinanceReopens().ThenDebits(Deferred);
        Assert.False(opened.Controls.IsLive("R-1"));
        opened.WhenFinanceClears().WhenTheRunComes("2020-03-18").ThenDebits(Scheduled);
    }

    [Fact]
    public void What_is_held_again_and_cleared_or_withdrawn_does_not_go_under_the_release_of_before()
    {
        HeldAgain().WhenFinanceClears().WhenEvaluatedUnder().WhenTheRunComes("2020-03-18").ThenDebits(Scheduled);
        HeldAgain()
            .WhenFinanceWithdraws("again")
            .WhenEvaluatedUnder()
            .WhenTheRunComes("2020-03-18")
            .ThenDebits(Scheduled);

        static AccountScenario HeldAgain() =>
            Future().WhenTwoPeopleRelease().WhenFinanceHolds("mar", "again").ThenDebits(Deferred);
    }

    [Fact]
    public void A_second_click_on_clear_stops_nothing() =>
        Future().WhenTwoPeopleRelease().WhenFinanceClears().WhenTheRunComes("2020-03-18").ThenAsked(1, 5000);

    [Fact]
    public void A_hold_that_is_withdrawn_waits_for_a_release_too() =>
        Held()
            .WhenFinanceWithdraws("outage")
            .WhenTheRunComes("2020-02-21")
            .ThenDebits(Scheduled)
            .WhenTwoPeopleRelease()
            .ThenDebits(Charging);

    [Fact]
    public void A_suspension_on_top_of_a_hold_lets_nothing_slip_through() =>
        Held()
            .WhenAPersonSuspends()
            .WhenFinanceClears()
            .ThenDebits(Deferred)
            .WhenAPersonLiftsTheSuspension()
            .WhenTheRunComes("2020-02-21")
            .ThenDebits(Scheduled)
            .WhenTwoPeopleRelease()
            .ThenDebits(Charging);

    [Fact]
    public void A_bill_that_joins_after_the_approval_is_drift() =>
        Future()
            .WhenTwoPeopleRelease()
            .WhenABillIsImported("other", 100, due: "2020-03-18")
            .WhenTheRunComes("2020-03-18")
            .ThenDebits(NeedsReview);

    [Fact]
    public void A_retry_of_what_was_released_asks_nobody_again() =>
        Cleared()
            .WhenTwoPeopleRelease()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .TheBankSaysNo("R01")
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-03-05")
            .ThenAsked(1, 5000, attempt: 2);

    [Fact]
    public void A_retry_goes_on_although_its_release_was_stopped_since() =>
        Cleared()
            .WhenTwoPeopleRelease()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .TheBankSaysNo("R01")
            .WhenTheReleaseIsStopped()
            .WhenTheRunComes("2020-03-05")
            .ThenAsked(1, 5000, attempt: 2);

    [Fact]
    public void What_was_merged_into_an_ordinary_debit_carries_its_need_of_a_release() =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5000)
            .WhenABillIsImported("feb", 3000)
            .WhenFinanceHolds("jan")
            .WhenFinanceMerges("jan")
            .WhenFinanceClears()
            .WhenTheRunComesFor("feb")
            .ThenDebits(Merged, Scheduled)
            .WhenTwoPeopleRelease()
            .ThenAsked(2, 8000);

    [Fact]
    public void A_remainder_that_was_carried_into_an_ordinary_debit_keeps_nobody_waiting() =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 40)
            .WhenABillIsImported("feb", 3000)
            .WhenFinanceHolds("jan")
            .WhenFinanceClears()
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 3040);

    [Fact]
    public void A_carried_remainder_that_is_the_whole_bill_again_waits_for_a_release() =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5000)
            .WhenABillIsImported("feb", 3000)
            .WhenFinanceHolds("jan")
            .WhenAPaymentIsPosted("p1", 4960)
            .WhenFinanceClears()
            .WhenTheRunComesFor("jan")
            .ThenDebits(Merged, Scheduled)
            .WhenAPaymentIsReversed("p1")
            .WhenTheRunComesFor("feb")
            .ThenDebits(Merged, Scheduled)
            .WhenTwoPeopleRelease()
            .ThenAsked(2, 8000);

    [Theory]
    [InlineData("2020-03-18", true)]
    [InlineData("2020-03-19", true)]
    [InlineData("2020-03-20", false)]
    public void What_a_halt_kept_a_banking_day_longer_than_its_own_is_not_let_go_any_more(string resumed, bool goes)
    {
        var scenario = Future().WhenTwoPeopleRelease().WhenFinanceHalts().WhenTheRunComes("2020-03-18");
        scenario.ThenDebits(Scheduled).On(resumed, "10:00").WhenFinanceResumes().WhenEvaluated();

        if (goes)
        {
            scenario.ThenAsked(1, 5000);
        }
        else
        {
            scenario
                .ThenDebit(1, Scheduled, "release R-1 let it go on 2020-02-20, and it did not leave in time")
                .WhenTwoPeopleRelease("R-2")
                .ThenAsked(1, 5000);
        }
    }

    [Fact]
    public void A_grant_that_lapsed_is_seen_at_the_pre_charge_check()
    {
        var scenario = Future().WhenTwoPeopleRelease().On("2020-03-18", "06:00").WhenEvaluated().ThenDebits(Charging);
        var attempt = scenario.Debit(1).Living;

        Assert.Null(PreChargeCheck.WhyNotLock(scenario.Ledger, attempt, scenario.Controls, Day("2020-03-19")));
        Assert.Equal(
            "release R-1 let it go on 2020-02-20, and it did not leave in time",
            PreChargeCheck.WhyNotLock(scenario.Ledger, attempt, scenario.Controls, Day("2020-03-20"))
        );
    }

    [Fact]
    public void I25_what_was_sent_after_its_release_had_let_it_go_is_found()
    {
        var scenario = Future()
            .WhenTwoPeopleRelease()
            .WhenTheRunComes("2020-03-18")
            .WhenThePreChargeCheckComes()
            .WhenConfirmed();

        Assert.Empty(WrongIn(scenario.Ledger));
        Assert.EndsWith(
            "on 2020-03-20, after release R-1 had let it go on 2020-02-20",
            Assert.Single(WrongIn(LockedLate(scenario.Ledger))),
            StringComparison.Ordinal
        );

        IEnumerable<string> WrongIn(AccountLedger ledger) =>
            LedgerInvariants.All.Single(it => it.Id == "I25").Check(ledger, scenario.Context(), () => { });

        static AccountLedger LockedLate(AccountLedger ledger)
        {
            var debit = ledger.Debits.Single();
            var late = debit.Attempted with { LockedOn = Day("2020-03-20") };
            return ledger with { Debits = [debit with { Attempts = [late] }] };
        }
    }

    [Fact]
    public void What_waits_for_a_release_costs_no_look_until_something_changes()
    {
        Assert.Null(Cleared().Context().NextEvaluation);
        var paid = Cleared().WhenAPaymentIsPosted("p1", 5000);
        Assert.Equal(paid.Now.Utc, paid.Context().NextEvaluation);
    }

    [Fact]
    public void What_is_granted_is_looked_at_on_its_day() =>
        Assert.Equal(At("2020-03-18", "06:00").Utc, Future().WhenTwoPeopleRelease().Context().NextEvaluation);

    [Fact]
    public void N26_a_grant_for_a_debit_that_is_held_again_lets_nothing_go() =>
        Held().WhenEvaluatedWithAForgedGrant().ThenDebits(Deferred);

    [Fact]
    public void A_grant_of_a_release_that_nobody_approved_lets_nothing_go() =>
        Cleared().WhenEvaluatedWithAForgedGrant().ThenNothingHappened().ThenDebits(Scheduled);

    private static AccountScenario Held(string bill = "jan") =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported(bill, 5000)
            .WhenFinanceDeclaresAHold("outage", "2020-01-22", "2020-03-18")
            .ThenDebits(Deferred);

    // Its due date is past.
    private static AccountScenario Cleared() => Held().On("2020-02-20", "10:00").WhenFinanceClears();

    // Its due date is to come.
    private static AccountScenario Future() => Held("mar").On("2020-02-20", "10:00").WhenFinanceClears();
}
