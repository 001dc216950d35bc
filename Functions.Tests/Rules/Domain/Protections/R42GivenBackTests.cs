using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42: what was given back or returned, and the money that is left. Due Jan 22.</summary>
public sealed class R42GivenBackTests
{
    private static AccountScenario GivenABill(bool autopay = true) =>
        GivenAnAccount(autopay: autopay).WhenABillIsImported("jan", 5_000);

    // Sent on the penalty date, which is in time, and given back: the grace begins anew.
    [Fact]
    public void R42_What_was_sent_on_its_last_day_and_given_back_has_its_grace_anew() =>
        GivenABill(autopay: false)
            .On("2020-01-27")
            .WhenAutopayGoesOn()
            .On("2020-01-29", "05:00")
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-01-29")
            .TheBankSaysYes()
            .On("2020-02-10")
            .Refunded("r", 5_000)
            .RefundIs(1, RefundState.Paid)
            .WhenAutopayGoesOff()
            .WhenABillIsRearmed("jan")
            .ThenPenalty("jan", "2020-02-12", NotYet, "2020-02-18");

    // January (30.00) and water (20.00) are one debit; what is not given back comes back on Feb 10.
    [Theory]
    [InlineData(2_000, 3_000, "2020-01-30")]
    [InlineData(4_000, 1_000, "2020-02-11")]
    public void R42_Only_a_refund_of_the_bill_itself_begins_its_grace_anew(long refund, long returned, string earliest)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 3_000)
            .WhenABillIsImported("water", 2_000, Due["jan"])
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .On("2020-02-03")
            .Refunded("r", refund)
            .RefundIs(1, RefundState.Paid);
        account.On("2020-02-10").MoneyComesBack(1, returned, code: "R02").WhenAutopayGoesOff();
        account.WhenABillIsRearmed("jan").ThenPenalty("jan", "2020-02-20", Assess, earliest);
    }

    [Fact]
    public void R42_What_was_returned_of_a_debit_in_time_was_not_received_and_a_later_debit_is_late()
    {
        var account = GivenABill().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysYes();
        account.On("2020-02-10").MoneyComesBack(1, 1_000, endsMandate: false).WhenABillIsRearmed("jan");
        account.WhenTheRunComes("2020-02-24").TheBankSaysYes();
        Assert.Equal([4_000, 1_000], PaidBy(account));
    }

    [Fact]
    public void R42_What_is_no_longer_asked_for_is_missing_from_the_last_debit()
    {
        var account = GivenABill().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysYes();
        account.WhenABillIsAdjusted("jan", 1_000).WhenABillIsRearmed("jan").WhenTheRunComes("2020-02-24");
        Assert.Equal([5_000, 500], PaidBy(account.TheBankSaysYes().WhenABillIsAdjusted("jan", -500)));
    }

    private static IEnumerable<long> PaidBy(AccountScenario account) =>
        account.Penalty("jan", "2020-03-01").Payments.Select(money => money.Amount.Cents);
}
