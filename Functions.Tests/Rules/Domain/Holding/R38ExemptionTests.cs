using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R38: one bill exempted from a deferral.</summary>
public sealed class R38ExemptionTests
{
    private static AccountScenario Exempt(AccountScenario account, string bill, string deferral, bool on = true) =>
        account.Do(new ExemptBill(new BillId(bill), new DeferralId(deferral), on, "final bill", account.Now));

    [Fact]
    public void R38_A_final_bill_in_a_merge_window_is_collected_on_its_due_date() =>
        Exempt(
                GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceMerges("jan").ThenDebits(Deferred),
                "jan",
                "late-bills"
            )
            .ThenDebits(Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000);

    [Fact]
    public void R38_A_held_bill_leaves_as_if_nothing_held_it() =>
        Exempt(GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan"), "jan", "outage")
            .ThenDebits(Scheduled)
            .ThenHeldBy(1)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted);

    [Fact]
    public void R38_Another_deferral_goes_on_holding_it() =>
        Exempt(
                GivenAnAccount()
                    .WhenABillIsImported("jan", 5_000)
                    .WhenFinanceHolds("jan")
                    .WhenFinanceHolds("jan", "second"),
                "jan",
                "outage"
            )
            .ThenDebits(Deferred)
            .ThenHeldBy(1, "second");

    [Fact]
    public void R38_A_bill_that_was_folded_already_gets_a_debit_of_its_own_due_date()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .ThenDebits(Merged, Scheduled);
        Exempt(account, "jan", "late-bills")
            .ThenDebits(Merged, Scheduled, Scheduled)
            .ThenLines(2, "feb")
            .ThenLines(3, "jan")
            .ThenDue(3, Due["jan"])
            .WhenTheRunComesFor("jan")
            .ThenAsked(3, 5_000)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_000);
    }

    [Fact]
    public void R38_The_other_bill_of_the_same_day_stays_deferred()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenFinanceHolds("jan")
            .ThenDebits(Deferred);
        Exempt(account, "jan", "outage")
            .ThenDebits(Deferred, Scheduled)
            .ThenLines(1, "jan-2")
            .ThenLines(2, "jan")
            .WhenTheRunComesFor("jan")
            .ThenDebits(Deferred, Submitted)
            .ThenAsked(2, 5_000);
    }

    [Fact]
    public void R38_A_bill_that_arrives_later_on_the_same_day_does_not_join_it() =>
        Exempt(GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan"), "jan", "outage")
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .ThenDebits(Scheduled, Deferred);

    [Fact]
    public void R38_A_retry_that_is_held_goes_out_on_its_day() =>
        Exempt(
                GivenAnAccount()
                    .WhenABillIsImported("jan", 5_000)
                    .WhenTheRunComesFor("jan")
                    .On("2020-01-28", "05:00")
                    .TheBankSaysNo("R01")
                    .WhenFinanceHolds("jan")
                    .ThenDebits(Deferred),
                "jan",
                "outage"
            )
            .ThenDebits(RetryScheduled)
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(1, 5_000, attempt: 2);

    [Fact]
    public void R38_It_is_taken_back_until_the_debit_is_sent()
    {
        var account = Exempt(
                GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan"),
                "jan",
                "outage"
            )
            .ThenDebits(Scheduled);
        Exempt(account, "jan", "outage", on: false)
            .ThenDebits(Deferred)
            .ThenHeldBy(1, "outage")
            .WhenTheRunComesFor("jan")
            .ThenDebits(Deferred);
    }

    [Fact]
    public void R38_Planned_but_not_locked_it_can_still_be_taken_back()
    {
        var account = Exempt(
                GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan"),
                "jan",
                "outage"
            )
            .On(Due["jan"])
            .WhenEvaluated()
            .ThenDebits(Charging);
        Exempt(account, "jan", "outage", on: false).WhenThePreChargeCheckComes().ThenDebits(Deferred);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void R38_Once_it_was_sent_it_cannot_be_taken_back(bool cameBack)
    {
        var account = Exempt(
                GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan"),
                "jan",
                "outage"
            )
            .WhenTheRunComesFor("jan");
        account = cameBack ? account.TheBankSaysNo("R01") : account;
        account.ThenRefused("cannot be taken back", it => Exempt(it, "jan", "outage", on: false));
    }

    [Fact]
    public void R38_The_other_bill_of_the_same_day_goes_on_waiting_for_its_next_bill()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenFinanceMerges("jan")
            .ThenDebits(Deferred);
        Exempt(account, "jan", "late-bills").ThenDebits(Deferred, Scheduled).ThenLines(1, "jan-2").ThenLines(2, "jan");
    }

    [Fact]
    public void R38_Beside_a_bill_that_nothing_holds_it_stays_in_the_common_debit()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], cycle: 3)
            .WhenFinanceHolds("jan")
            .ThenDebits(Deferred);
        Exempt(account, "jan", "outage").ThenDebits(Scheduled).ThenLines(1, "jan", "jan-2");
    }

    [Fact]
    public void R38_Beside_a_bill_whose_cycle_is_cleared_it_stays_in_the_common_debit()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], cycle: 3)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["jan"], 1, 3)
            .WhenFinanceClears(3)
            .ThenDebits(Deferred);
        Exempt(account, "jan", "outage").ThenDebits(Scheduled).ThenLines(1, "jan", "jan-2");
    }

    [Fact]
    public void R38_One_bill_of_a_held_retry_goes_out_on_the_day_of_the_retry_and_folds_nowhere()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenFinanceHolds("jan");
        Exempt(account, "jan", "outage")
            .ThenLines(3, "jan")
            .ThenDue(3, "2020-02-04")
            .WhenFinanceDeclaresAMerge("late-bills", Due["jan"], "2020-02-04")
            .ThenDebit(3, Scheduled)
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(3, 5_000);
    }

    [Fact]
    public void R38_What_was_sent_together_is_not_taken_back_one_by_one()
    {
        var account = Exempt(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenABillIsImported("jan-2", 700, due: Due["jan"], cycle: 3)
                .WhenFinanceHolds("jan"),
            "jan",
            "outage"
        );
        account
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_700)
            .ThenRefused("cannot be taken back", it => Exempt(it, "jan", "outage", on: false));
    }

    [Fact]
    public void R38_A_withdrawn_merge_un_merges_the_others() =>
        Exempt(
                GivenAnAccount()
                    .WhenABillIsImported("jan", 5_000)
                    .WhenABillIsImported("jan-2", 700, due: Due["jan"])
                    .WhenABillIsImported("feb", 6_000)
                    .WhenFinanceMerges("jan"),
                "jan",
                "late-bills"
            )
            .WhenFinanceWithdraws("late-bills")
            .ThenLines(1, "jan-2")
            .ThenLines(2, "feb")
            .ThenLines(3, "jan");

    [Fact]
    public void R38_Twice_is_once_and_what_is_not_there_is_refused()
    {
        var account = Exempt(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenABillIsImported("feb", 6_000)
                .WhenFinanceHolds("jan"),
            "jan",
            "outage"
        );
        Exempt(account, "jan", "outage").ThenNothingHappened();
        Exempt(account, "feb", "outage", on: false).ThenNothingHappened();
        account
            .ThenRefused("does not cover", it => Exempt(it, "feb", "outage"))
            .ThenRefused("no deferral", it => Exempt(it, "feb", "none"))
            .ThenRefused("no bill", it => Exempt(it, "mar", "outage"));
    }
}
