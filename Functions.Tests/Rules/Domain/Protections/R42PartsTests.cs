using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R45: the billing system knows a bill, and nothing of its parts.</summary>
public sealed class R42PartsTests
{
    // January (50.00) is merged into February (60.01), due Feb 19: 55.01 go, and 55.00 of February on Mar 18.
    private static AccountScenario GivenParts() =>
        GivenAnAccount(cap: 7_000, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb");

    [Fact]
    public void R42_An_answer_is_of_the_whole_bill_to_the_cent()
    {
        var answer = GivenParts().TheBankSaysYes().Penalty("feb", "2020-03-10");
        Assert.Equal((CityHolds, "feb", 5_500), (answer.Verdict, answer.Bill.Id.Value, answer.Open.Cents));
        Assert.Equal([501], answer.Payments.Select(money => money.Amount.Cents));
    }

    [Fact]
    public void R42_Of_a_bill_whose_parts_are_all_open_the_answer_has_the_cents_of_all() =>
        Assert.Equal(
            6_001,
            GivenParts().On("2020-02-25", "05:00").TheBankSaysNo("R08").Penalty("feb", "2020-03-10").Open.Cents
        );

    [Fact]
    public void R42_Money_for_several_parts_is_one_payment_of_the_bill()
    {
        var account = GivenParts()
            .On("2020-02-25", "05:00")
            .TheBankSaysNo("R08")
            .WhenAPaymentIsPosted("p", 6_001, "feb", received: "2020-02-24");
        var answer = account.Penalty("feb", "2020-06-01");
        Assert.Equal((PaidInTime, 0), (answer.Verdict, answer.Open.Cents));
        Assert.Equal(("p", 6_001), (answer.Payments.Single().Id, answer.Payments.Single().Amount.Cents));
        Assert.StartsWith("60.01 was received", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void R42_Every_part_that_was_paid_in_time_makes_the_bill_paid_in_time()
    {
        var account = GivenParts().TheBankSaysYes().WhenTheRunComes("2020-03-18").TheBankSaysYes();
        var answer = account.Penalty("feb", "2020-04-01");
        Assert.Equal((PaidInTime, 6_001), (answer.Verdict, answer.InTime.Cents));
        Assert.Equal([501, 5_500], answer.Payments.Select(money => money.Amount.Cents));
    }

    [Fact]
    public void R43_The_overdue_bill_is_named_once_with_all_that_is_open_of_it()
    {
        var account = GivenParts().On("2020-02-25", "05:00").TheBankSaysNo("R02");
        var answer = account.Disconnect("2020-06-01");
        Assert.Equal([("jan", 5_000), ("feb", 6_001)], answer.Overdue.Select(it => (it.Bill.Id.Value, it.Open.Cents)));
        Assert.Equal(11_001, answer.OverdueCents.Cents);
    }

    [Fact]
    public void R43_What_the_city_does_with_a_part_it_does_with_the_bill()
    {
        var account = GivenParts().On("2020-02-25", "05:00").TheBankSaysNo("R08");
        var february = account.Disconnect("2020-03-17").Overdue.Single(it => it.Bill.Id == new BillId("feb"));
        Assert.Equal(CityActionKind.Scheduled, february.City?.Kind);
        Assert.False(february.Lets(Day("2020-03-17")));
    }
}
