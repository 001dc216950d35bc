using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R9: deferrals declared after the lock.</summary>
public sealed class R09LockedTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void R09_A_deferral_declared_later_does_not_touch_a_submitted_debit(bool hold)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000)
            .WhenTheRunComesFor("jan");
        _ = hold ? account.WhenFinanceHolds("jan") : account.WhenFinanceMerges("jan");
        account.ThenDebits(Submitted, Scheduled).ThenLines(2, "feb").TheBankSaysYes().ThenDebits(Collected, Scheduled);
    }

    [Fact]
    public void R09_When_it_comes_back_it_is_held_then() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenFinanceHolds("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebits(Deferred)
            .ThenHeldBy(1, "outage")
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Deferred);

    [Fact]
    public void R09_Locked_but_not_confirmed_it_is_not_changed_by_the_declaration_itself() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenFinanceHolds("jan")
            .ThenDebits(Charging)
            .ThenBill("jan", open: 5_000)
            .WhenConfirmed()
            .ThenDebits(Deferred);

    [Fact]
    public void R09_Planned_but_not_locked_the_pre_charge_check_sends_it_back() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .ThenDebits(Charging)
            .WhenFinanceHolds("jan")
            .ThenDebits(Charging)
            .WhenThePreChargeCheckComes()
            .ThenDebits(Deferred)
            .ThenHeldBy(1, "outage");

    [Fact]
    public void R09_A_merge_declared_before_the_lock_folds_what_the_pre_charge_check_sends_back() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenFinanceMerges("jan")
            .ThenDebits(Charging, Scheduled)
            .WhenThePreChargeCheckComes()
            .ThenMergedInto(1, 2);

    [Fact]
    public void R09_In_doubt_it_is_not_touched_either() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenTheConfirmIsLost()
            .WhenFinanceHolds("jan")
            .ThenDebits(Unknown)
            .TheBankSays(IntentStatus.Processing)
            .ThenDebits(Submitted);
}
