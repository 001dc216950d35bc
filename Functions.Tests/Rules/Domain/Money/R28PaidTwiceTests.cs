using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R28: paid twice is a fact of the bill, whenever the money comes in.</summary>
public sealed class R28PaidTwiceTests
{
    // January, 50.00, submitted on Jan 22.
    private static AccountScenario GivenInFlight() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");

    private static AccountScenario GivenCollected() => GivenInFlight().On("2020-01-28", "05:00").TheBankSaysYes();

    private static void ThenPaidTwice(AccountScenario account, params (string Payment, long Cents)[] listed) =>
        Assert.Equal(listed, account.Ledger.PaidTwice().Select(twice => (twice.Payment.Id.Value, twice.Cents.Cents)));

    [Theory]
    [InlineData("2020-01-22")]
    [InlineData("2020-01-28")]
    [InlineData("2020-03-02")]
    public void R28_It_does_not_matter_when_the_payment_comes_in(string posted)
    {
        var account = posted == "2020-01-22" ? GivenInFlight() : GivenCollected().On(posted);
        account.WhenAPaymentIsPosted("p", 5_000, "jan", received: "2020-01-21").ThenCredit(5_000);
        ThenPaidTwice(account, ("p", 5_000));
        Assert.Equal(account.Debit(1).Id, account.Ledger.PaidTwice().Single().Debit);
    }

    [Theory]
    [InlineData(2_000, 2_000)]
    [InlineData(9_000, 5_000)]
    public void R28_The_smaller_of_the_payment_and_the_debit_is_listed(long paid, long listed) =>
        ThenPaidTwice(GivenCollected().WhenAPaymentIsPosted("p", paid, "jan"), ("p", listed));

    [Fact]
    public void R28_Of_a_debit_of_several_bills_only_the_named_one_counts() =>
        ThenPaidTwice(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenABillIsImported("jan-2", 700, due: Due["jan"])
                .WhenTheRunComesFor("jan")
                .WhenAPaymentIsPosted("p", 5_000, "jan-2"),
            ("p", 700)
        );

    // Received a day before the debit, on its day, and a day after it.
    [Theory]
    [InlineData("2020-01-21", true)]
    [InlineData("2020-01-22", true)]
    [InlineData("2020-01-23", false)]
    public void R28_A_payment_that_names_no_bill_is_held_against_every_debit_since_it_was_received(
        string received,
        bool isTwice
    )
    {
        var account = GivenCollected().On("2020-02-03").WhenAPaymentIsPosted("p", 3_000, received: received);
        ThenPaidTwice(account, isTwice ? [("p", 3_000)] : []);
    }

    [Fact]
    public void R28_One_that_names_a_bill_counts_also_when_it_was_received_after_the_debit() =>
        ThenPaidTwice(
            GivenCollected().On("2020-02-03").WhenAPaymentIsPosted("p", 5_000, "jan", received: "2020-02-01"),
            ("p", 5_000)
        );

    [Fact]
    public void R28_It_is_listed_until_it_pays_another_bill() =>
        ThenPaidTwice(
            GivenCollected()
                .On("2020-02-03")
                .WhenAPaymentIsPosted("p", 5_000, "jan")
                .WhenABillIsImported("feb", 4_000)
                .ThenBill("feb", open: 0, paid: 4_000),
            ("p", 1_000)
        );

    [Fact]
    public void R28_Or_is_refunded() =>
        ThenPaidTwice(
            GivenCollected().On("2020-02-03").WhenAPaymentIsPosted("p", 5_000, "jan").Refunded("r", 2_000),
            ("p", 3_000)
        );

    [Fact]
    public void R28_Or_is_kept_by_finances_word()
    {
        var account = GivenCollected().On("2020-02-03").WhenAPaymentIsPosted("p", 5_000, "jan");
        ThenPaidTwice(
            account.Do(new KeepCredit(new PaymentId("p"), "the customer wants it so", account.Now)).ThenCredit(5_000)
        );
        account.Do(new KeepCredit(new PaymentId("p"), "again", account.Now)).ThenNothingHappened();
    }

    [Fact]
    public void R28_Of_two_payments_the_one_that_is_named_is_kept()
    {
        var account = GivenCollected()
            .On("2020-02-03")
            .WhenAPaymentIsPosted("p", 1_000, "jan")
            .WhenAPaymentIsPosted("q", 2_000, "jan");
        ThenPaidTwice(account.Do(new KeepCredit(new PaymentId("q"), "as agreed", account.Now)), ("p", 1_000));
        account.ThenRefused("no payment", it => it.Do(new KeepCredit(new PaymentId("r"), "as agreed", it.Now)));
    }

    [Fact]
    public void R28_Or_is_reversed() =>
        ThenPaidTwice(GivenCollected().WhenAPaymentIsPosted("p", 5_000, "jan").WhenAPaymentIsReversed("p"));

    [Fact]
    public void R28_When_the_bank_says_no_after_all_nothing_was_paid_twice() =>
        ThenPaidTwice(
            GivenInFlight()
                .WhenAPaymentIsPosted("p", 5_000, "jan")
                .On("2020-01-28", "05:00")
                .TheBankSaysNo("R01")
                .ThenBill("jan", open: 0, paid: 5_000)
                .ThenDebits(Superseded)
        );

    [Fact]
    public void R28_Nor_is_what_is_left_of_a_payment_that_named_no_bill() =>
        ThenPaidTwice(
            GivenInFlight()
                .WhenAPaymentIsPosted("p", 7_000)
                .On("2020-01-28", "05:00")
                .TheBankSaysNo("R01")
                .ThenBill("jan", open: 0, paid: 5_000)
                .ThenCredit(2_000)
        );

    [Fact]
    public void R28_A_payment_that_names_no_bill_and_comes_while_the_bank_is_asked_is_held_against_that_debit()
    {
        var account = GivenInFlight().On("2020-01-24").WhenAPaymentIsPosted("p", 3_000);
        ThenPaidTwice(account, ("p", 3_000));
        Assert.Equal(account.Debit(1).Id, account.Ledger.PaidTwice().Single().Debit);
    }

    [Fact]
    public void R28_One_that_names_no_bill_is_held_against_all_bills_of_the_debit() =>
        ThenPaidTwice(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenABillIsImported("jan-2", 700, due: Due["jan"])
                .WhenTheRunComesFor("jan")
                .WhenAPaymentIsPosted("p", 9_000),
            ("p", 5_700)
        );

    [Theory]
    [InlineData("jan")]
    [InlineData(null)]
    public void R28_When_the_debit_comes_back_its_money_is_no_longer_there_twice(string? named) =>
        ThenPaidTwice(
            GivenCollected()
                .WhenAPaymentIsPosted("p", 7_000, named, received: "2020-01-21")
                .MoneyComesBack(1, 5_000)
                .ThenBill("jan", open: 0, paid: 5_000)
                .ThenCredit(2_000)
        );

    [Theory]
    [InlineData("jan")]
    [InlineData(null)]
    public void R28_It_stays_listed_when_the_debit_is_archived(string? named)
    {
        var account = GivenCollected()
            .WhenAPaymentIsPosted("p", 5_000, named, received: "2020-01-21")
            .On("2021-07-01")
            .WhenEvaluated();
        Assert.Single(account.Archived);
        ThenPaidTwice(account, ("p", 5_000));
    }

    [Fact]
    public void R28_What_comes_back_of_an_archived_debit_is_no_longer_there_twice()
    {
        var account = GivenCollected()
            .WhenAPaymentIsPosted("p", 7_000, received: "2020-01-21")
            .On("2021-07-01")
            .WhenEvaluated();
        Assert.Equal(account.Debit(1).Id, account.Ledger.PaidTwice().Single().Debit);
        ThenPaidTwice(account.MoneyComesBack(1, 5_000).ThenBill("jan", open: 0, paid: 5_000).ThenCredit(2_000));
    }

    [Fact]
    public void R28_A_payment_that_pays_what_is_open_is_paid_once() =>
        ThenPaidTwice(
            GivenInFlight()
                .WhenABillIsImported("feb", 6_000)
                .WhenAPaymentIsPosted("p", 6_000)
                .ThenBill("feb", open: 0, paid: 6_000)
        );

    [Fact]
    public void R28_Credit_of_an_overpayment_at_the_counter_is_no_second_payment() =>
        ThenPaidTwice(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenAPaymentIsPosted("p", 6_000, "jan")
                .WhenTheRunComesFor("jan")
                .ThenDebits(Satisfied)
                .ThenCredit(1_000)
        );

    [Fact]
    public void R28_An_adjustment_that_makes_a_part_payment_and_a_debit_too_much_together_lists_it() =>
        ThenPaidTwice(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenAPaymentIsPosted("p", 2_000, "jan")
                .WhenTheRunComesFor("jan")
                .TheBankSaysYes()
                .WhenABillIsAdjusted("jan", -1_500)
                .ThenCredit(1_500),
            ("p", 1_500)
        );

    [Fact]
    public void R28_The_account_waits_for_a_person() =>
        Assert.True(GivenCollected().On("2020-03-02").WhenAPaymentIsPosted("p", 5_000, "jan").Ledger.IsWatched);
}
