using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>How an account was charged is known for two years after autopay ended, and no longer (D320).</summary>
public sealed class ExpiredAuthorisationTests
{
    private const string LastDay = "2022-01-14";
    private const string DayAfter = "2022-01-15";

    // Off on January 14, 2020: 731 days later is January 14, 2022.
    private static AccountScenario GivenAnEnd(Policies? policies = null) =>
        GivenAnAccount(policies: policies)
            .WhenTheAccountsFileSays(it => it with { Mandate = "mandate_1", Email = "kim@city.example" })
            .On("2020-01-14", "12:00")
            .WhenAutopayGoesOff();

    [Fact]
    public void On_the_last_day_everything_is_known_and_a_day_later_only_whose_account_it_was()
    {
        var account = GivenAnEnd().On(LastDay).WhenOldAuthorisationsGo().ThenNothingHappened();
        Assert.True(account.Ledger.KnowsMeans);

        account.On(DayAfter).WhenOldAuthorisationsGo();

        var left = account.Ledger.Enrolment!;
        Assert.Equal(("cus_1", "", null, null), (left.Customer, left.PaymentMethod, left.Mandate, left.Email));
        Assert.Null(account.Ledger.LastMeans);
        Assert.Equal("cus_1", account.Ledger.Payer);
        account.WhenOldAuthorisationsGo().ThenNothingHappened();
    }

    [Fact]
    public void A_city_may_keep_them_for_longer() =>
        GivenAnEnd(new Policies { KeepAuthorisationsDays = 800 })
            .On("2022-03-24")
            .WhenOldAuthorisationsGo()
            .ThenNothingHappened()
            .On("2022-03-25")
            .WhenOldAuthorisationsGo()
            .ThenForgotten();

    [Fact]
    public void While_autopay_is_on_nothing_is_old() =>
        GivenAnAccount().On("2030-01-15").WhenOldAuthorisationsGo().ThenNothingHappened();

    [Fact]
    public void Who_never_had_autopay_on_has_no_authorisation_that_could_end() =>
        GivenAnAccount(autopay: false).On("2030-01-15").WhenOldAuthorisationsGo().ThenNothingHappened();

    [Fact]
    public void The_method_of_an_account_whose_file_named_none_since_is_forgotten_too() =>
        GivenAnEnd()
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "", Mandate = null })
            .On(DayAfter)
            .WhenOldAuthorisationsGo()
            .ThenForgotten();

    [Fact]
    public void A_debit_that_is_still_with_the_bank_keeps_it()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAutopayGoesOff()
            .On("2023-01-15")
            .WhenOldAuthorisationsGo()
            .ThenDebits(Submitted);

        Assert.True(account.Ledger.KnowsMeans);
    }

    [Fact]
    public void A_file_that_still_says_off_brings_nothing_back_and_one_that_says_on_is_a_new_authorisation()
    {
        var account = GivenAnEnd().On(DayAfter).WhenOldAuthorisationsGo();

        account.WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_1", Email = "kim@city.example" });
        Assert.False(account.Ledger.KnowsMeans);

        account.WhenTheAccountsFileSays(it => it with { Autopay = true, PaymentMethod = "pm_2" });
        Assert.Equal((true, "pm_2"), (account.Ledger.AutopayIsOn, account.Ledger.Enrolment!.PaymentMethod));
    }
}

file static class Steps
{
    extension(AccountScenario account)
    {
        public AccountScenario WhenOldAuthorisationsGo() => account.Do(new ExpireAuthorisation(account.Now));

        public AccountScenario ThenNothingHappened()
        {
            Assert.DoesNotContain(account.LastEvents, happened => happened is AuthorisationExpired);
            return account;
        }

        public AccountScenario ThenForgotten()
        {
            Assert.False(account.Ledger.KnowsMeans);
            return account;
        }
    }
}
