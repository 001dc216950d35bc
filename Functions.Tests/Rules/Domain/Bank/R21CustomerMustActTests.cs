using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R21: the customer must act.</summary>
public sealed class R21CustomerMustActTests
{
    [Fact]
    public void R21_The_debit_ends_declined_and_the_account_is_suspended()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSays(IntentStatus.RequiresAction)
            .ThenDebit(1, Declined, "customer must act");
        Assert.Equal(SuspensionKind.PaymentMethod, account.Ledger.Suspension!.Kind);
    }

    [Fact]
    public void R21_Also_when_the_confirm_itself_says_so() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .TheBankSays(IntentStatus.RequiresAction)
            .ThenDebits(Declined);

    [Fact]
    public void R21_Nothing_charges_days_later_unattended() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSays(IntentStatus.RequiresAction)
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" })
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(Declined)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R21_A_late_yes_does_not_change_it() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSays(IntentStatus.RequiresAction)
            .TheProviderRepeats(1)
            .ThenNothingHappened();

    [Fact]
    public void R21_A_new_payment_method_and_finances_word_send_it_anew() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSays(IntentStatus.RequiresAction)
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" })
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(Declined, Submitted);
}
