using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Importing;

/// <summary>
/// New numbers for a bill that the bank has already (R31): the debit does not follow, and what is too much goes back.
/// </summary>
public sealed class R31InFlightTests
{
    [Fact]
    public void R31_A_lower_bill_that_is_in_flight_is_collected_as_it_was_and_the_difference_is_on_the_refund_list()
    {
        var account = GivenLowerNumbersInFlight().ThenAsked(1, 5_000).ThenBill("jan", open: 4_000);

        account.TheBankSaysYes().ThenBill("jan", open: 0, collected: 4_000).ThenCredit(1_000);

        Assert.Equal(1_000, Assert.Single(account.Ledger.RefundList()).Left.Cents);
    }

    [Fact]
    public void R31_A_lower_bill_whose_debit_is_returned_asks_for_the_new_numbers_only() =>
        GivenLowerNumbersInFlight().TheBankSaysNo("R08").ThenBill("jan", open: 4_000).ThenCredit(0);

    private static AccountScenario GivenLowerNumbersInFlight()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        return account
            .Do(new ImportBill(account.NewBill("jan", 4_000), account.Now) { Source = "bills-2" })
            .Do(new TakeCorrection(CorrectedItem.Bill, "jan", "the meter was read wrongly", account.Now));
    }
}
