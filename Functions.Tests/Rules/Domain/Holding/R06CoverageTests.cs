using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R6: what a deferral covers.</summary>
public sealed class R06CoverageTests
{
    [Theory]
    [InlineData("2020-01-21", Scheduled)]
    [InlineData("2020-01-22", Deferred)]
    [InlineData("2020-02-05", Deferred)]
    [InlineData("2020-02-06", Scheduled)]
    public void R06_The_window_is_over_the_bills_due_date_and_includes_its_ends(string due, DebitState state) =>
        GivenAnAccount()
            .WhenABillIsImported("bill", 5_000, due)
            .WhenFinanceDeclaresAHold("outage", "2020-01-22", "2020-02-05")
            .ThenDebits(state);

    [Fact]
    public void R06_A_deferral_covers_only_its_cycles() =>
        GivenAnAccount(cycle: 3)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["jan"], 1, 2)
            .ThenDebits(Scheduled);

    [Fact]
    public void R06_It_is_the_bills_cycle_that_counts_when_the_account_moves_to_another_one() =>
        GivenAnAccount(cycle: 1)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheAccountsFileSays(it => it with { Cycle = new CycleNumber(3) })
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["jan"], 1)
            .ThenDebits(Deferred)
            .WhenABillIsImported("jan-3", 700, due: Due["jan"], cycle: 3)
            .ThenHeldBy(1, "outage");

    [Fact]
    public void R06_It_is_the_bills_due_date_that_counts_inside_a_parent() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenFinanceHolds("jan")
            .ThenDebits(Merged, Deferred)
            .ThenHeldBy(2, "outage");

    [Fact]
    public void R06_It_covers_from_its_declaration_bills_that_come_later_included() =>
        GivenAnAccount().WhenFinanceHolds("jan").WhenABillIsImported("jan", 5_000).ThenDebits(Deferred);

    [Fact]
    public void R06_It_covers_until_it_is_withdrawn() =>
        GivenAnAccount()
            .WhenFinanceHolds("jan")
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceWithdraws("outage")
            .ThenDebits(Scheduled)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .ThenDebits(Scheduled);

    [Fact]
    public void R06_Coverage_is_per_deferral_and_cycle()
    {
        var account = GivenAnAccount(cycle: 1)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-3", 700, due: Due["jan"], cycle: 3);
        account
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["jan"], 1, 3)
            .WhenFinanceClears(1)
            .ThenDebits(Deferred);
        account.WhenFinanceClears(3).ThenDebits(Scheduled);
    }

    [Fact]
    public void R06_A_deferral_needs_a_cycle_a_window_and_a_name_of_its_own() =>
        GivenAnAccount()
            .WhenFinanceHolds("jan")
            .ThenRefused("already declared", it => it.WhenFinanceHolds("feb"))
            .ThenRefused("window", it => it.WhenFinanceDeclaresAHold("other", "2020-02-05", "2020-02-04"))
            .ThenRefused("no deferral", it => it.WhenFinanceWithdraws("unknown"));

    [Fact]
    public void R06_Withdrawing_twice_changes_nothing() =>
        Assert.Equal(
            2,
            GivenAnAccount()
                .WhenFinanceHolds("jan")
                .WhenFinanceWithdraws("outage")
                .WhenFinanceWithdraws("outage")
                .Controls.Version
        );
}
