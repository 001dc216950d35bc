using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What goes back or comes back leaves the newest bill first, wherever it was.</summary>
public sealed class NewestFirstTests
{
    // February's bill came first, and its debit collected January's too.
    private static AccountScenario GivenTwoBillsCollected() =>
        GivenAnAccount()
            .WhenABillIsImported("feb", 2_000)
            .WhenABillIsImported("jan", 3_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .ThenDebits(Collected, Merged);

    // What was collected too much pays other bills by now.
    private static AccountScenario GivenCreditOfADebit(params (string Bill, string Due)[] pays) =>
        pays.Aggregate(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .TheBankSaysYes()
                .WhenABillIsAdjusted("jan", -3_000)
                .ThenCredit(3_000),
            (account, bill) =>
                account.WhenABillIsImported(bill.Bill, bill.Bill == "feb-water" ? 1_499 : 1_500, bill.Due)
        );

    [Fact]
    public void A_refund_takes_the_newest_bill_first_and_the_next_one_goes_on_where_it_stopped() =>
        GivenTwoBillsCollected()
            .Refunded("r1", 1_500)
            .ThenBill("feb", open: 1_500, collected: 500)
            .ThenBill("jan", open: 0, collected: 3_000)
            .Refunded("r2", 1_000)
            .ThenBill("feb", open: 2_000)
            .ThenBill("jan", open: 500, collected: 2_500);

    [Fact]
    public void What_comes_back_leaves_the_newest_bill_first() =>
        GivenTwoBillsCollected()
            .MoneyComesBack(1, 1_500)
            .ThenBill("feb", open: 1_500, collected: 500)
            .ThenBill("jan", open: 0, collected: 3_000);

    [Fact]
    public void What_comes_back_after_a_refund_goes_on_where_the_refund_stopped() =>
        GivenTwoBillsCollected()
            .Refunded("r1", 1_500)
            .MoneyComesBack(1, 1_000)
            .ThenBill("feb", open: 2_000)
            .ThenBill("jan", open: 500, collected: 2_500);

    [Fact]
    public void What_comes_back_again_after_a_refund_goes_on_after_both() =>
        GivenTwoBillsCollected()
            .Refunded("r1", 1_500)
            .MoneyComesBack(1, 1_000)
            .MoneyComesBack(1, 2_000)
            .ThenBill("feb", open: 2_000)
            .ThenBill("jan", open: 1_500, collected: 1_500);

    [Fact]
    public void A_refund_that_fails_puts_its_cents_back_on_the_bills_that_they_left() =>
        GivenTwoBillsCollected()
            .Refunded("r1", 2_500)
            .ThenBill("jan", open: 500, collected: 2_500)
            .RefundFails(1)
            .ThenBill("feb", open: 0, collected: 2_000)
            .ThenBill("jan", open: 0, collected: 3_000);

    [Fact]
    public void Money_that_paid_two_bills_and_is_partly_taken_back_leaves_the_newest_bill_first() =>
        GivenCreditOfADebit(("feb", Due["feb"]), ("mar", Due["mar"]))
            .ThenCredit(0)
            .MoneyComesBack(1, 2_000)
            .ThenBill("mar", open: 1_500)
            .ThenBill("feb", open: 500, paid: 1_000)
            .ThenBill("jan", open: 0, collected: 2_000);

    [Fact]
    public void Of_two_bills_due_on_one_day_the_one_that_arrived_last_is_the_newest() =>
        GivenCreditOfADebit(("feb", Due["feb"]), ("feb-water", Due["feb"]))
            .MoneyComesBack(1, 500)
            .ThenBill("feb-water", open: 499, paid: 1_000)
            .ThenBill("feb", open: 0, paid: 1_500);

    [Fact]
    public void A_bill_that_was_paid_notices_nothing_while_what_is_left_covers_what_comes_back() =>
        Assert.DoesNotContain(
            GivenCreditOfADebit(("feb", Due["feb"]))
                .MoneyComesBack(1, 1_000)
                .ThenCredit(500)
                .ThenBill("feb", open: 0, paid: 1_500)
                .LastEvents,
            happened => happened is FundsUnapplied
        );

    [Fact]
    public void What_is_left_of_money_is_taken_back_before_what_it_paid() =>
        GivenCreditOfADebit(("feb", Due["feb"]))
            .ThenCredit(1_500)
            .MoneyComesBack(1, 2_000)
            .ThenCredit(0)
            .ThenBill("feb", open: 500, paid: 1_000);
}
