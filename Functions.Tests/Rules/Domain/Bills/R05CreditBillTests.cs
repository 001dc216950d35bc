using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R5: bills and adjustments below zero become credit of the account.</summary>
public sealed class R05CreditBillTests
{
    [Fact]
    public void R05_A_credit_bill_is_no_debit_but_credit_under_its_id()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", -3_500)
            .ThenDebits()
            .ThenCredit(3_500)
            .ThenBill("jan", open: 0, paid: -3_500);
        var credit = Assert.Single(account.Ledger.Funds);
        Assert.Equal(
            (FundsSource.BilledCredit, "jan", new Money(3_500)),
            (credit.Source, credit.NamedBill!.Value.Value, credit.Amount)
        );
    }

    [Fact]
    public void R05_Its_credit_pays_what_is_open_and_what_comes_next() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 2_000)
            .WhenABillIsImported("feb", -3_500)
            .ThenBill("jan", open: 0, paid: 2_000)
            .ThenCredit(1_500)
            .WhenABillIsImported("mar", 4_000)
            .ThenBill("mar", open: 2_500, paid: 1_500)
            .WhenTheRunComesFor("mar")
            .ThenAsked(2, 2_500);

    [Fact]
    public void R05_It_pays_although_autopay_is_off() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 2_000)
            .WhenABillIsImported("feb", -500)
            .ThenBill("jan", open: 1_500, paid: 500);

    [Fact]
    public void R05_An_adjustment_below_zero_gives_back_what_was_collected_and_the_rest_is_credit()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 4_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan", -6_500)
            .ThenBill("jan", open: 0, paid: -2_500)
            .ThenCredit(6_500);
        Assert.Equal(
            [(FundsSource.OverCollected, 4_000L), (FundsSource.BilledCredit, 2_500L)],
            account.Ledger.Funds.Select(funds => (funds.Source, funds.Amount.Cents))
        );
    }

    [Fact]
    public void R05_So_does_one_of_a_bill_that_was_paid_elsewhere() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 4_000)
            .WhenAPaymentIsPosted("p", 4_000)
            .WhenABillIsAdjusted("jan", -6_500)
            .ThenBill("jan", open: 0, paid: -2_500)
            .ThenCredit(6_500);

    [Fact]
    public void R05_One_below_zero_in_flight_is_credit_at_once_and_what_is_collected_follows() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 4_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsAdjusted("jan", -6_500)
            .ThenCredit(2_500)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, paid: -2_500)
            .ThenCredit(6_500);

    [Fact]
    public void R05_One_below_zero_in_flight_and_a_no_of_the_bank_leave_the_credit_alone() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 4_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsAdjusted("jan", -6_500)
            .TheBankSaysNo("R01")
            .ThenDebits(Superseded)
            .ThenBill("jan", open: 0, paid: -2_500)
            .ThenCredit(2_500);

    [Fact]
    public void R05_One_upwards_in_flight_takes_back_no_credit_until_the_bank_has_answered() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 4_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsAdjusted("jan", -6_500)
            .WhenABillIsAdjusted("jan", 1_000)
            .ThenCredit(2_500)
            .TheBankSaysNo("R08")
            .ThenBill("jan", open: 0, paid: -1_500)
            .ThenCredit(1_500);

    [Fact]
    public void R05_Adjusted_upwards_again_it_takes_back_what_is_left_of_its_credit_first() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", -3_500)
            .WhenABillIsAdjusted("jan", 1_000)
            .ThenCredit(2_500)
            .ThenBill("jan", open: 0, paid: -2_500)
            .ThenDebits()
            .WhenABillIsAdjusted("jan", 3_000)
            .ThenCredit(0)
            .ThenBill("jan", open: 500)
            .ThenDebits(Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 500);

    [Fact]
    public void R05_What_it_took_back_it_never_gave()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", -3_500).WhenABillIsAdjusted("jan", 1_000);
        Assert.Equal(2_500, account.Ledger.CreditedBy(new BillId("jan")).Cents);
        Assert.Equal(0, account.WhenABillIsAdjusted("jan", 3_000).Ledger.CreditedBy(new BillId("jan")).Cents);
    }

    [Fact]
    public void R05_It_takes_back_its_own_credit_and_no_other()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", -3_500)
            .WhenABillIsImported("feb", -2_000)
            .WhenABillIsAdjusted("jan", -500)
            .WhenAPaymentIsPosted("p", 100, "jan")
            .WhenABillIsAdjusted("jan", 600);
        Assert.Equal(
            [("credit-jan-1", 3_400L), ("credit-feb-1", 2_000L), ("credit-jan-2", 0L), ("p", 100L)],
            account.Ledger.Funds.Select(funds => (funds.Id.Value, funds.Left.Cents))
        );
    }

    [Fact]
    public void R05_Credit_that_paid_another_bill_stays_there() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", -3_500)
            .WhenABillIsImported("feb", 3_000)
            .WhenABillIsAdjusted("jan", 1_000)
            .ThenBill("feb", open: 0, paid: 3_000)
            .ThenBill("jan", open: 500, paid: -3_000)
            .ThenCredit(0);

    [Fact]
    public void R05_A_credit_bill_is_a_bill_that_can_be_adjusted_further_down() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", -3_500)
            .WhenABillIsAdjusted("jan", -1_000)
            .ThenCredit(4_500)
            .ThenBill("jan", open: 0, paid: -4_500);

    [Fact]
    public void R05_A_payment_that_has_the_number_of_a_credit_bill_is_a_payment() =>
        GivenAnAccount().WhenABillIsImported("jan", -3_500).WhenAPaymentIsPosted("jan", 1_000).ThenCredit(4_500);

    [Fact]
    public void R04_The_credit_that_it_gave_is_known_to_our_books() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", -3_500)
            .WhenABillIsImported("feb", 6_000, previous: -3_500)
            .ThenWarned(0)
            .WhenABillIsImported("mar", 500, previous: 2_500)
            .ThenWarned(0);
}
