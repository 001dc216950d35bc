using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What closed long ago leaves the ledger row: 1,100 days after its due date or its posting.</summary>
public sealed class ArchivingTests
{
    private static void ThenKept(AccountScenario account, string[] bills, string[] payments)
    {
        Assert.Equal(bills, account.Ledger.Bills.Select(bill => bill.Id.Value));
        Assert.Equal(payments, account.Ledger.Funds.Select(funds => funds.Id.Value));
    }

    [Fact]
    public void A_collected_bill_and_a_bounced_payment_stay_for_1100_days()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenAPaymentIsReversed("p")
            .On("2021-07-01")
            .WhenEvaluated()
            .ThenDebits();

        ThenKept(account.On("2023-01-26").WhenEvaluated(), ["jan"], ["p"]);
        ThenKept(account.On("2023-01-27").WhenEvaluated(), [], []);
    }

    [Fact]
    public void Six_debits_that_closed_120_days_ago_leave_together_and_fewer_wait_for_others()
    {
        var account = GivenAnAccount();
        for (var number = 1; number <= 6; number++)
        {
            account.WhenABillIsImported($"b{number}", 5_000, due: $"2020-0{number}-22");
            account.WhenTheRunComes($"2020-0{number}-22").TheBankSaysYes();
        }

        Assert.Empty(account.On("2020-10-19").WhenEvaluated().Archived);
        account.On("2020-10-21").WhenEvaluated().ThenDebits();
        Assert.Equal(6, Assert.Single(account.LastEvents.OfType<ItemsArchived>()).Debits.Count);
        Assert.Equal(6, account.Ledger.Bills.Count);
    }

    [Fact]
    public void A_debit_that_waits_for_others_leaves_after_another_year()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan").TheBankSaysYes();

        Assert.Empty(account.On("2021-05-21").WhenEvaluated().Archived);
        Assert.Single(account.On("2021-05-22").WhenEvaluated().Archived);
    }

    // Fifty leave at once, of 52: a part before the debit that it is in.
    [Fact]
    public void What_was_merged_leaves_before_its_parent()
    {
        var account = GivenAnAccount().WhenABillIsImported("b0", 999, due: "2020-03-31");
        for (var number = 1; number <= 49; number++)
        {
            account.WhenABillIsImported($"b{number}", 1_000 + number, due: "2020-01-22", cycle: number + 1);
            account.WhenABillIsSkipped($"b{number}");
        }

        account
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsImported("mar", 7_000)
            .WhenFinanceMerges("feb")
            .ThenMergedInto(51, 52)
            .WhenAutopayGoesOff()
            .On("2020-09-15")
            .WhenEvaluated();
        Assert.Equal(50, account.Archived.Count);
        Assert.Contains(account.Archived, debit => debit.State == Merged);
    }

    [Fact]
    public void What_was_said_of_a_bill_leaves_with_it()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000, previous: 100)
            .WhenABillIsImported("feb", 6_000, previous: 100)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .ThenWarned(2);

        ThenKept(account.On("2023-03-01").WhenEvaluated(), ["feb"], []);
        Assert.Equal("feb", Assert.Single(account.Ledger.Warnings).Bill.Value);
    }

    [Fact]
    public void An_open_bill_is_never_too_old()
    {
        var account = GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000);

        ThenKept(account.On("2025-01-06").WhenEvaluated().ThenBill("jan", open: 5_000), ["jan"], []);
    }

    [Fact]
    public void Credit_that_nobody_used_is_never_too_old()
    {
        var account = GivenAnAccount().WhenAPaymentIsPosted("p", 700);

        ThenKept(account.On("2025-01-06").WhenEvaluated().ThenCredit(700), [], ["p"]);
    }

    [Fact]
    public void A_payment_stays_with_the_youngest_bill_that_it_paid()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("may", 6_000)
            .WhenAPaymentIsPosted("p", 11_000);

        ThenKept(account.On("2023-03-01").WhenEvaluated(), ["jan", "may"], ["p"]);
        ThenKept(account.On("2023-06-01").WhenEvaluated(), [], []);
    }

    [Fact]
    public void Bills_and_payments_that_hang_together_stay_until_the_last_of_them_is_old()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsImported("may", 5_000)
            .WhenAPaymentIsPosted("p", 7_000)
            .WhenAPaymentIsPosted("q", 8_000)
            .ThenBill("feb", open: 0, paid: 5_000);

        ThenKept(account.On("2023-03-01").WhenEvaluated(), ["jan", "feb", "may"], ["p", "q"]);
        ThenKept(account.On("2023-06-01").WhenEvaluated(), [], []);
    }

    [Fact]
    public void A_bill_stays_for_as_long_as_a_debit_that_names_it()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenAPaymentIsPosted("p", 1_000)
            .Refunded("r1", 1_000)
            .RefundIs(1, RefundState.Sent);

        ThenKept(account.On("2023-08-01").WhenEvaluated().ThenDebits(Collected), ["jan"], []);
        ThenKept(account.RefundIs(1, RefundState.Paid).On("2023-10-01").WhenEvaluated().ThenDebits(), [], []);
    }

    [Fact]
    public void A_refund_that_the_bank_does_not_take_after_all_finds_its_debit_for_sixty_days()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .Refunded("r1", 1_000)
            .RefundIs(1, RefundState.Sent)
            .On("2021-08-01")
            .WhenEvaluated()
            .RefundIs(1, RefundState.Paid);

        account.On("2021-09-30").WhenEvaluated().ThenDebits(Collected);
        account.On("2021-10-01").WhenEvaluated().ThenDebits();
    }

    [Fact]
    public void What_was_collected_too_much_is_counted_as_collected_when_it_has_left()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan", -1_000)
            .WhenABillIsImported("feb", 1_000)
            .On("2021-07-01")
            .WhenEvaluated();

        ThenKept(account.On("2023-06-01").WhenEvaluated(), [], []);
        Assert.Equal(5_000, account.Ledger.ArchivedCollected.Cents);
    }

    [Fact]
    public void What_comes_back_of_a_bill_that_has_left_is_no_more_counted_as_collected()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2021-07-01")
            .WhenEvaluated();

        ThenKept(account.On("2023-06-01").WhenEvaluated(), [], []);
        account.MoneyComesBack(1, 3_000).TheProviderRepeats(1);

        Assert.Equal(2_000, account.Ledger.ArchivedCollected.Cents);
        Assert.Equal(3_000, Assert.Single(account.Ledger.LateReturns).Total.Cents);
    }
}
