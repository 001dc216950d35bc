using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R14: credit belongs to the account.</summary>
public sealed class R14CreditTests
{
    [Fact]
    public void R14_Credit_pays_although_autopay_is_off() =>
        GivenAnAccount(autopay: false)
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenABillIsImported("jan", 5_000)
            .ThenBill("jan", open: 3_000, paid: 2_000);

    [Fact]
    public void R14_It_pays_at_every_bill_import() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 6_000)
            .WhenABillIsImported("jan", 5_000)
            .ThenCredit(1_000)
            .WhenABillIsImported("feb", 6_000)
            .ThenBill("feb", open: 5_000, paid: 1_000)
            .ThenCredit(0);

    [Fact]
    public void R14_It_pays_at_every_payment_oldest_first() =>
        GivenAnAccount()
            .WhenABillIsImported("feb", 6_000, previous: 0)
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_500)
            .ThenBill("jan", open: 0, paid: 5_000)
            .ThenBill("feb", open: 5_500, paid: 500);

    [Fact]
    public void R14_It_pays_at_every_adjustment() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 6_000)
            .ThenCredit(1_000)
            .WhenABillIsAdjusted("jan", 700)
            .ThenBill("jan", open: 0, paid: 5_700)
            .ThenCredit(300);

    [Fact]
    public void R14_On_a_bank_no_it_pays_before_the_retry_is_decided() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenCredit(2_000)
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .ThenBill("jan", open: 3_000, paid: 2_000)
            .ThenCredit(0)
            .ThenDebits(Superseded, Scheduled)
            .ThenDue(2, "2020-02-04");

    [Fact]
    public void R14_It_pays_no_bill_in_flight() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPaymentIsPosted("p", 2_000)
            .ThenBill("jan", open: 5_000)
            .ThenCredit(2_000);

    [Fact]
    public void R14_Oldest_money_is_used_first() =>
        Assert.Equal(
            ["p"],
            GivenAnAccount()
                .WhenAPaymentIsPosted("p", 600)
                .WhenAPaymentIsPosted("q", 600)
                .WhenABillIsImported("jan", 500)
                .Ledger.Funds.Where(funds => funds.Applied.Count > 0)
                .Select(funds => funds.Id.Value)
        );

    [Theory]
    [InlineData("2020-01-08", "1000")]
    [InlineData("2020-01-07", "999")]
    public void R14_Of_one_due_date_the_earlier_bill_date_is_paid_first_and_then_the_earlier_arrival_never_the_smaller_id(
        string billDateOf999,
        string paid
    ) =>
        GivenAnAccount()
            .WhenABillIsImported("1000", 500, due: "2020-01-22", billDate: "2020-01-08")
            .WhenABillIsImported("999", 501, due: "2020-01-22", billDate: billDateOf999)
            .WhenAPaymentIsPosted("p", 500)
            .ThenBill(paid, open: paid == "999" ? 1 : 0, paid: 500);

    [Fact]
    public void R14_It_pays_skipped_bills_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsSkipped("jan")
            .WhenAPaymentIsPosted("p", 1_000)
            .ThenBill("jan", open: 4_000, paid: 1_000);
}
