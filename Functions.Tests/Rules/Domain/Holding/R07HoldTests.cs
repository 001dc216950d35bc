using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R7: holds.</summary>
public sealed class R07HoldTests
{
    private static AccountScenario GivenAHeldBill() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan").ThenDebits(Deferred);

    [Fact]
    public void R07_A_held_debit_is_not_charged_on_its_day() =>
        GivenAHeldBill().WhenTheRunComesFor("jan").ThenDebit(1, Deferred, "because of the outage");

    [Fact]
    public void R07_One_held_line_defers_the_whole_debit() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-3", 700, due: Due["jan"], cycle: 3)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["jan"], 3)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Deferred);

    [Fact]
    public void R07_The_debit_names_every_deferral_that_holds_it() =>
        GivenAHeldBill()
            .WhenFinanceHolds("jan", "second")
            .ThenHeldBy(1, "outage", "second")
            .WhenFinanceWithdraws("outage")
            .ThenHeldBy(1, "second")
            .ThenDebit(1, Deferred, "'second'");

    [Fact]
    public void R07_Clear_releases_the_holds_in_force_for_the_cycle() =>
        GivenAHeldBill().WhenFinanceClears(1).ThenDebits(Scheduled).ThenHeldBy(1);

    [Fact]
    public void R07_Clear_of_another_cycle_releases_nothing() =>
        GivenAHeldBill().WhenFinanceClears(2, 3, 4).ThenDebits(Deferred);

    [Fact]
    public void R07_Clear_releases_every_hold_of_the_cycle() =>
        GivenAHeldBill().WhenFinanceHolds("jan", "second").WhenFinanceClears(1).ThenDebits(Scheduled);

    [Fact]
    public void R07_A_hold_declared_later_starts_uncleared() =>
        GivenAHeldBill()
            .WhenFinanceClears(1)
            .WhenFinanceHolds("jan", "second")
            .ThenDebits(Deferred)
            .ThenHeldBy(1, "second");

    [Fact]
    public void R07_Clearing_is_remembered_for_bills_that_come_later() =>
        GivenAnAccount()
            .WhenFinanceHolds("jan")
            .WhenFinanceClears(1)
            .WhenABillIsImported("jan", 5_000)
            .ThenDebits(Scheduled);

    [Fact]
    public void R07_Reopen_un_clears_the_holds_and_unsent_debits_go_back() =>
        GivenAHeldBill()
            .WhenFinanceClears(1)
            .WhenFinanceReopens(1)
            .ThenDebits(Deferred)
            .ThenHeldBy(1, "outage")
            .WhenFinanceClears(1)
            .ThenDebits(Scheduled);

    [Fact]
    public void R07_Several_cycles_are_cleared_and_reopened_at_once_and_the_others_stay() =>
        GivenAnAccount()
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["mar"], 1, 2, 3)
            .WhenABillIsImported("jan", 5_000, cycle: 1)
            .WhenABillIsImported("feb", 6_000, cycle: 2)
            .WhenABillIsImported("mar", 7_000, cycle: 3)
            .ThenDebits(Deferred, Deferred, Deferred)
            .WhenFinanceClears(1, 2)
            .ThenDebits(Scheduled, Scheduled, Deferred)
            .WhenFinanceClears(3)
            .WhenFinanceReopens(1, 2)
            .ThenDebits(Deferred, Deferred, Scheduled)
            .WhenFinanceClears(1)
            .ThenDebits(Scheduled, Deferred, Scheduled);

    [Fact]
    public void R26_A_clear_of_several_cycles_that_waits_is_taken_back_for_each_that_is_reopened()
    {
        CycleNumber[] all = [new(1), new(2), new(3)];
        var account = GivenAHeldBill().Change(new BacklogClearing(all, new Dictionary<string, DateOnly>()));
        Assert.All(all, cycle => Assert.NotNull(account.Controls.BacklogOf(cycle).Clearing));

        account.WhenFinanceReopens(1, 2).ThenDebits(Deferred);

        Assert.Equal([true, true, false], all.Select(cycle => account.Controls.BacklogOf(cycle).Clearing is null));
    }

    [Fact]
    public void R07_Reopen_touches_no_debit_that_was_sent() =>
        GivenAHeldBill()
            .WhenFinanceClears(1)
            .WhenTheRunComesFor("jan")
            .WhenFinanceReopens(1)
            .ThenDebits(Submitted)
            .TheBankSaysYes()
            .ThenDebits(Collected);

    [Fact]
    public void R07_Withdrawing_a_hold_is_a_clear_and_reopen_does_not_bring_it_back() =>
        GivenAHeldBill()
            .WhenFinanceWithdraws("outage")
            .ThenDebits(Scheduled)
            .WhenFinanceReopens(1)
            .ThenDebits(Scheduled);

    [Fact]
    public void R07_A_released_debit_whose_day_is_past_goes_out_at_once() =>
        GivenAHeldBill()
            .WhenTheRunComesFor("jan")
            .WhenTheRunComes("2020-02-19")
            .On("2020-02-20", "10:00")
            .WhenFinanceClears(1)
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Submitted)
            .ThenAsked(1, 5_000);

    [Fact]
    public void R07_Passing_the_expected_day_releases_nothing() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .Change(
                new DeferralDeclared(
                    new DeferralId("outage"),
                    [new CycleNumber(1)],
                    Day(Due["jan"]),
                    Day(Due["jan"]),
                    DeferralAction.Hold,
                    Day("2020-02-01")
                )
            )
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(Deferred)
            .WhenTheRunComes("2020-03-03")
            .ThenDebits(Deferred);

    [Fact]
    public void R07_A_held_retry_is_deferred_and_becomes_a_retry_again() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenFinanceHolds("jan")
            .ThenDebits(Deferred)
            .WhenFinanceClears(1)
            .ThenDebits(RetryScheduled);

    [Fact]
    public void R07_A_reviewed_debit_that_is_approved_while_held_is_deferred() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenFinanceHolds("jan")
            .ThenDebits(NeedsReview)
            .WhenAPersonApproves(1)
            .ThenDebits(Deferred)
            .WhenFinanceClears(1)
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenDebits(Submitted);

    [Fact]
    public void R07_A_bill_that_joins_a_held_debit_counts_as_scheduled_and_deferred()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], cycle: 3)
            .ThenLines(1, "jan", "jan-2");
        Assert.Equal(BillMarks.Scheduled | BillMarks.Deferred, account.Bill("jan-2").Marks);
    }

    [Fact]
    public void R07_A_hold_that_ends_while_the_account_is_suspended_counts_as_a_release()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenAPersonSuspends()
            .WhenFinanceClears(1)
            .ThenDebits(Deferred);
        Assert.True(account.Bill("jan").Marks.HasFlag(BillMarks.Released));
    }
}
