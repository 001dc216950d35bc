using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R28: which debit took what came in twice.</summary>
public sealed class R28WhichDebitTests
{
    // January, 50.00, is collected; February, 60.00, is with the bank when the money comes in.
    private static AccountScenario Paid(long cents, string? bill = null) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("feb")
            .WhenAPaymentIsPosted("p", cents, bill, received: "2020-01-20");

    private static int? DebitOf(AccountScenario account) => account.Ledger.PaidTwice().Single().Debit?.Sequence;

    [Fact]
    public void R28_Of_money_for_no_bill_the_first_debit_that_still_has_it_is_named()
    {
        var account = Paid(8_000);
        Assert.Equal(1, DebitOf(account));
        account.MoneyComesBack(1, 5_000, endsMandate: false).ThenBill("jan", open: 0, paid: 5_000);
        Assert.Equal((2, 3_000), (DebitOf(account), account.Ledger.PaidTwice().Single().Cents.Cents));
    }

    [Fact]
    public void R28_Of_money_for_a_bill_the_last_debit_of_that_bill_is()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan", 1_000)
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-01-23")
            .TheBankSaysYes()
            .WhenAPaymentIsPosted("p", 6_000, "jan");
        Assert.Equal((2, 6_000), (DebitOf(account), account.Ledger.PaidTwice().Single().Cents.Cents));
    }

    [Fact]
    public void R28_Of_a_bill_in_parts_all_that_was_collected_came_in_twice()
    {
        var account = GivenAnAccount(cap: 7_000, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .WhenTheRunComes("2020-03-18")
            .TheBankSaysYes()
            .WhenAPaymentIsPosted("p", 6_001, "feb");
        Assert.Equal(6_001, account.Ledger.PaidTwice().Single().Cents.Cents);
    }
}
