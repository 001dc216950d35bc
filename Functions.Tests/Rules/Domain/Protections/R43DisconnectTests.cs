using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.DisconnectVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R43: when service may end. The bill is due on Jan 22; 14 days are the default.</summary>
public sealed class R43DisconnectTests
{
    private static AccountScenario GivenABill(bool autopay = false) =>
        GivenAnAccount(autopay: autopay).WhenABillIsImported("jan", 5_000);

    [Fact]
    public void R43_Service_may_end_when_the_days_are_over_and_not_before() =>
        GivenABill()
            .ThenDisconnect("2020-01-22", NothingOverdue)
            .ThenDisconnect("2020-01-23", NotYet, "2020-02-06")
            .ThenDisconnect("2020-02-05", NotYet, "2020-02-06")
            .ThenDisconnect("2020-02-06", May, "2020-02-06");

    [Fact]
    public void R43_The_city_sets_the_days() =>
        GivenAnAccount(autopay: false, policies: new Policies { DisconnectAfterDays = 30 })
            .WhenABillIsImported("jan", 5_000)
            .ThenDisconnect("2020-02-21", NotYet, "2020-02-22");

    [Fact]
    public void R43_Nobody_who_owes_nothing_is_disconnected() =>
        GivenABill().WhenAPaymentIsPosted("p", 5_000, "jan").ThenDisconnect("2020-03-01", NothingOverdue);

    [Fact]
    public void R43_On_a_named_date_nobody_is_disconnected_and_the_clock_restarts_after_it()
    {
        var account = GivenABill()
            .Shielded("s", ["2020-01-29", "2020-02-05", "2020-02-12"])
            .ThenDisconnect("2020-02-12", Shielded, "2020-02-27")
            .ThenDisconnect("2020-02-13", NotYet, "2020-02-27")
            .ThenDisconnect("2020-02-26", NotYet, "2020-02-27")
            .ThenDisconnect("2020-02-27", May, "2020-02-27");
        Assert.Equal(14, Assert.Single(account.Disconnect("2020-02-26").Overdue).DaysOverdue(Day("2020-02-26")));
    }

    [Fact]
    public void R43_A_date_before_the_due_date_restarts_nothing() =>
        GivenABill().Shielded("s", ["2020-01-15"]).ThenDisconnect("2020-02-06", May, "2020-02-06");

    [Fact]
    public void R43_A_shield_of_another_cycle_is_no_shield() =>
        GivenABill().Shielded("s", ["2020-02-06"], 2, 3).ThenDisconnect("2020-02-06", May, "2020-02-06");

    [Fact]
    public void R43_The_cycle_of_the_account_and_the_cycle_of_its_bill_are_both_shielded()
    {
        var moved = GivenABill().WhenTheAccountsFileSays(it => it with { Cycle = new CycleNumber(3) });
        moved.Shielded("bill", ["2020-02-06"], 1).Shielded("account", ["2020-02-07"], 3);
        moved.ThenDisconnect("2020-02-06", Shielded, "2020-02-22").ThenDisconnect("2020-02-07", Shielded, "2020-02-22");
    }

    [Fact]
    public void R43_A_withdrawn_shield_keeps_the_dates_that_are_past() =>
        GivenABill()
            .Shielded("s", ["2020-01-29", "2020-02-12"])
            .On("2020-02-03")
            .Change(new ShieldWithdrawn("s"))
            .ThenDisconnect("2020-01-29", Shielded, "2020-02-13")
            .ThenDisconnect("2020-02-12", NotYet, "2020-02-13")
            .ThenDisconnect("2020-02-13", May, "2020-02-13");

    [Fact]
    public void R43_Overlapping_shields_are_all_named_and_one_that_is_left_is_enough()
    {
        var account = GivenABill().Shielded("s", ["2020-02-12"]).Shielded("t", ["2020-02-12"], 1);
        Assert.Equal(["s", "t"], account.Disconnect("2020-02-12").Shields.Select(shield => shield.Id));
        account.Change(new ShieldWithdrawn("s")).ThenDisconnect("2020-02-12", Shielded, "2020-02-27");
    }

    [Fact]
    public void R43_A_held_bill_ends_nobodys_service_and_then_its_days_count_from_the_debit() =>
        GivenABill(autopay: true)
            .On("2020-01-21")
            .WhenFinanceHolds("jan")
            .ThenDisconnect("2020-03-20", CityHolds)
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .WhenTheRunComes("2020-02-20")
            .ThenDisconnect("2020-02-25", CityHolds)
            .On("2020-02-26", "05:00")
            .TheBankSaysNo("R02")
            .ThenDisconnect("2020-03-05", NotYet, "2020-03-06")
            .ThenDisconnect("2020-03-06", May, "2020-03-06");

    [Fact]
    public void R43_While_a_retry_waits_nobodys_service_ends() =>
        GivenABill(autopay: true)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .ThenDisconnect("2020-03-20", CityHolds);

    [Fact]
    public void R43_A_bill_that_is_the_customers_own_is_not_excused_by_another_that_is_held() =>
        GivenABill()
            .WhenABillIsImported("jan-3", 700, due: Due["jan"], cycle: 3)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["jan"], 3)
            .ThenDisconnect("2020-02-06", May, "2020-02-06");
}
