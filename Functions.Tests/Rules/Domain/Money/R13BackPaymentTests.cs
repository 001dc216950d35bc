using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R13: back payments.</summary>
public sealed class R13BackPaymentTests
{
    [Fact]
    public void R13_A_payment_is_applied_once_by_its_id() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenAPaymentIsPosted("p", 1_000)
            .ThenNothingHappened()
            .ThenBill("jan", open: 4_000, paid: 1_000);

    [Fact]
    public void R13_The_same_id_with_other_content_is_refused() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 1_000)
            .ThenRefused("known with other content", it => it.WhenAPaymentIsPosted("p", 1_001));

    [Fact]
    public void R13_It_goes_to_the_bill_that_it_names_before_older_ones() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsPosted("p", 4_000, "feb")
            .ThenBill("jan", open: 5_000)
            .ThenBill("feb", open: 2_000, paid: 4_000);

    [Fact]
    public void R13_The_rest_pays_open_bills_oldest_first() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsPosted("p", 8_000, "feb")
            .ThenBill("feb", open: 0, paid: 6_000)
            .ThenBill("jan", open: 3_000, paid: 2_000)
            .ThenCredit(0);

    [Fact]
    public void R13_What_is_left_then_stays_the_accounts_credit() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 8_000, "jan")
            .ThenBill("jan", open: 0, paid: 5_000)
            .ThenCredit(3_000);

    [Fact]
    public void R13_A_named_bill_that_is_in_flight_is_not_paid_and_others_are() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("jan")
            .WhenAPaymentIsPosted("p", 1_000, "jan")
            .ThenBill("jan", open: 5_000)
            .ThenBill("feb", open: 5_000, paid: 1_000);

    [Fact]
    public void R13_A_named_bill_that_is_settled_lets_the_money_go_to_the_oldest_open_one() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsImported("mar", 7_000)
            .WhenAPaymentIsPosted("p", 7_000, "mar")
            .WhenAPaymentIsPosted("q", 500, "mar")
            .ThenBill("jan", open: 4_500, paid: 500);

    [Fact]
    public void R13_A_named_bill_that_we_do_not_have_makes_it_credit_and_not_an_error() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 1_000, "unknown")
            .ThenBill("jan", open: 4_000, paid: 1_000);

    [Fact]
    public void R13_A_skipped_bill_can_be_paid() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsSkipped("jan")
            .WhenAPaymentIsPosted("p", 5_000)
            .ThenBill("jan", open: 0, paid: 5_000);

    [Fact]
    public void R13_Received_and_posted_are_two_dates()
    {
        var payment = Assert.Single(
            GivenAnAccount().On("2020-02-17").WhenAPaymentIsPosted("p", 1_000, received: "2020-01-24").Ledger.Funds
        );
        Assert.Equal((Day("2020-01-24"), Day("2020-02-17")), (payment.ReceivedOn, payment.PostedOn));
    }

    [Fact]
    public void R13_Every_cent_of_a_payment_is_applied_or_left_or_reversed()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenAPaymentIsPosted("p", 8_000);
        Assert.Equal(new Money(3_000), Assert.Single(account.Ledger.Funds).Left);
        var reversed = Assert.Single(account.WhenAPaymentIsReversed("p").Ledger.Funds);
        Assert.Equal((Money.Zero, new Money(8_000)), (reversed.Left, reversed.Reversed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    public void R13_Only_money_that_came_in_is_posted(long cents) =>
        GivenAnAccount().ThenRefused("above zero", it => it.WhenAPaymentIsPosted("p", cents));
}
