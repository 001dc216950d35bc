using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R19: a "no" that ends the debit, and what it does to the account.</summary>
public sealed class R19UncollectedTests
{
    private static AccountScenario GivenANo(string code) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo(code);

    private static AccountScenario GivenRetriesUsedUp(string code) =>
        GivenAnAccount(policies: new Policies { MaxRetries = 0 })
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo(code);

    [Theory]
    [InlineData("R02", SuspensionKind.PaymentMethod)]
    [InlineData("R03", SuspensionKind.PaymentMethod)]
    [InlineData("R04", SuspensionKind.PaymentMethod)]
    [InlineData("R16", SuspensionKind.PaymentMethod)]
    [InlineData("R20", SuspensionKind.PaymentMethod)]
    [InlineData("R05", SuspensionKind.Frozen)]
    [InlineData("R07", SuspensionKind.Frozen)]
    [InlineData("R10", SuspensionKind.Frozen)]
    [InlineData("R29", SuspensionKind.Frozen)]
    public void R19_Some_codes_suspend_and_some_freeze_the_account(string code, SuspensionKind kind) =>
        Assert.Equal(kind, GivenANo(code).ThenDebit(1, Uncollected, code).Ledger.Suspension!.Kind);

    [Theory]
    [InlineData("R08")]
    [InlineData("R11")]
    [InlineData("card_declined")]
    public void R19_Others_end_that_debit_only(string code) =>
        Assert.Null(GivenANo(code).ThenDebit(1, Uncollected, code).Ledger.Suspension);

    [Theory]
    [InlineData("R01")]
    [InlineData("R09")]
    public void R19_Retries_used_up_do_not_suspend(string code) =>
        Assert.Null(GivenRetriesUsedUp(code).ThenDebits(Uncollected).Ledger.Suspension);

    [Theory]
    [InlineData("R01")]
    [InlineData("R02")]
    [InlineData("R08")]
    [InlineData("R10")]
    public void R19_Its_bills_are_on_finances_list_and_never_swept_into_a_later_debit(string code)
    {
        var account = GivenRetriesUsedUp(code)
            .WhenAPersonLiftsTheSuspension()
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsAdjusted("jan", 100)
            .WhenFinanceMerges("jan");
        Assert.NotNull(account.Bill("jan").Blocked);
        account.ThenDebits(Uncollected, Scheduled).WhenTheRunComesFor("feb").ThenAsked(2, 6_000);
    }

    [Fact]
    public void R19_Not_even_switching_autopay_off_and_on_sweeps_them() =>
        GivenANo("R08")
            .WhenABillIsImported("feb", 6_000)
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .ThenDebits(Uncollected, Cancelled, Scheduled)
            .ThenLines(3, "feb");

    [Fact]
    public void R19_A_person_sends_them_anew() =>
        GivenANo("R11")
            .WhenABillIsRearmed("jan")
            .ThenDebits(Uncollected, Scheduled)
            .ThenDue(2, Due["jan"])
            .WhenTheRunComes("2020-01-29")
            .ThenAsked(2, 5_000);

    [Fact]
    public void R19_A_merged_debit_puts_every_open_bill_on_the_list()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .TheBankSaysNo("R08");
        account.ThenDebits(Merged, Uncollected);
        Assert.All(account.Ledger.Bills, bill => Assert.NotNull(bill.Blocked));
    }

    [Fact]
    public void R19_Credit_still_pays_them() =>
        GivenANo("R08").WhenAPaymentIsPosted("p", 1_000).ThenBill("jan", open: 4_000, paid: 1_000);

    [Fact]
    public void R19_A_bill_that_credit_pays_in_full_is_not_blocked()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPaymentIsPosted("p", 700)
            .TheBankSaysNo("R08");
        Assert.Null(account.ThenBill("jan-2", open: 0, paid: 700).Bill("jan-2").Blocked);
        Assert.NotNull(account.ThenBill("jan", open: 5_000).Bill("jan").Blocked);
    }

    [Fact]
    public void R19_A_new_payment_method_lifts_a_suspension_that_the_old_one_caused() =>
        GivenANo("R02")
            .WhenABillIsImported("feb", 6_000)
            .ThenDebit(2, Deferred, "account suspended")
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" })
            .ThenDebit(2, Scheduled);

    [Fact]
    public void R19_Other_news_of_the_accounts_file_lifts_nothing() =>
        Assert.NotNull(
            GivenANo("R02").WhenTheAccountsFileSays(it => it with { Email = "new@example.com" }).Ledger.Suspension
        );

    [Fact]
    public void R19_A_freeze_only_a_person_lifts() =>
        GivenANo("R10")
            .WhenABillIsImported("feb", 6_000)
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" })
            .ThenDebit(2, Deferred)
            .WhenAPersonLiftsTheSuspension()
            .ThenDebit(2, Scheduled);

    [Fact]
    public void R19_A_persons_suspension_is_lifted_by_a_person_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPersonSuspends()
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" })
            .ThenDebits(Deferred);

    [Fact]
    public void R19_A_later_freeze_hardens_a_suspension_and_is_not_softened_by_one()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("other", 700, due: "2020-01-23")
            .WhenTheRunComesFor("jan")
            .WhenTheRunComes("2020-01-23");
        account
            .TheProviderSays(account.Debit(1).LastAttempt!, IntentStatus.Dead, "R02")
            .TheProviderSays(account.Debit(2).LastAttempt!, IntentStatus.Dead, "R10");
        Assert.Equal(SuspensionKind.Frozen, account.Ledger.Suspension!.Kind);

        account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("other", 700, due: "2020-01-23")
            .WhenTheRunComesFor("jan")
            .WhenTheRunComes("2020-01-23");
        account
            .TheProviderSays(account.Debit(1).LastAttempt!, IntentStatus.Dead, "R10")
            .TheProviderSays(account.Debit(2).LastAttempt!, IntentStatus.Dead, "R02");
        Assert.Equal(SuspensionKind.Frozen, account.Ledger.Suspension!.Kind);
    }

    [Fact]
    public void R19_The_old_payment_methods_no_does_not_suspend_the_new_one() =>
        Assert.Null(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" })
                .TheBankSaysNo("R02")
                .ThenDebits(Uncollected)
                .Ledger.Suspension
        );

    [Fact]
    public void R19_A_suspended_accounts_unsent_debits_new_ones_included_are_deferred() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPersonSuspends()
            .ThenDebit(1, Deferred, "account suspended")
            .WhenABillIsImported("feb", 6_000)
            .ThenDebit(2, Deferred, "account suspended")
            .WhenTheRunComesFor("feb")
            .ThenDebits(Deferred, Deferred);

    [Fact]
    public void R19_Merges_still_fold() =>
        GivenAnAccount()
            .WhenAPersonSuspends()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .ThenMergedInto(1, 2)
            .ThenDebit(2, Deferred, "account suspended");

    [Fact]
    public void R19_Lifting_a_suspension_releases_no_hold() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenAPersonSuspends()
            .WhenAPersonLiftsTheSuspension()
            .ThenDebits(Deferred)
            .WhenFinanceClears(1)
            .ThenDebits(Scheduled);

    [Fact]
    public void R19_A_suspension_before_the_pre_charge_check_sends_the_debit_back() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenAPersonSuspends()
            .WhenThePreChargeCheckComes()
            .ThenDebit(1, Deferred, "account suspended");
}
