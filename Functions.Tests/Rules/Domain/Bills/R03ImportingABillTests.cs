using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R3: importing a bill.</summary>
public sealed class R03ImportingABillTests
{
    [Fact]
    public void R03_A_bill_gets_a_debit_on_its_due_date() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .ThenDebits(Scheduled)
            .ThenDue(1, "2020-01-22")
            .ThenLines(1, "jan")
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R03_The_order_is_balance_check_opening_credit_debit() =>
        Assert.Equal(
            [nameof(BalanceDiffered), nameof(BillOpened), nameof(FundsApplied), nameof(DebitScheduled)],
            GivenAnAccount()
                .WhenAPaymentIsPosted("p", 1_000)
                .WhenABillIsImported("jan", 5_000, previous: 700)
                .LastEvents.Select(happened => happened.GetType().Name)
        );

    [Fact]
    public void R03_Credit_pays_the_bill_before_its_debit_is_scheduled() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 1_200)
            .WhenABillIsImported("jan", 5_000)
            .ThenBill("jan", open: 3_800, paid: 1_200)
            .ThenCredit(0)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 3_800);

    [Fact]
    public void R03_A_bill_that_credit_pays_in_full_still_has_its_debit() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenABillIsImported("jan", 5_000)
            .ThenDebits(Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Satisfied);

    [Fact]
    public void R03_A_second_bill_with_the_same_due_date_joins_the_unsent_debit() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .ThenDebits(Scheduled)
            .ThenLines(1, "jan", "jan-2");

    [Fact]
    public void R03_It_also_joins_a_deferred_debit() =>
        GivenAnAccount()
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["jan"], 1)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], cycle: 3)
            .ThenDebits(Deferred)
            .ThenLines(1, "jan", "jan-2");

    [Fact]
    public void R03_It_does_not_join_a_debit_that_was_sent_or_is_in_review()
    {
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .ThenDebits(Submitted, Scheduled);
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .ThenDebits(NeedsReview, Scheduled);
    }

    // A retry asks for the same amount again, or it is none (R17).
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void R03_It_does_not_join_a_scheduled_retry_of_the_same_day_held_or_not(bool held)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01");
        account = held ? account.WhenFinanceHolds("jan").ThenDebits(Deferred) : account.ThenDebits(RetryScheduled);

        account.WhenABillIsImported("jan-2", 700, due: Due["jan"]).ThenLines(1, "jan").ThenLines(2, "jan-2");

        account.On("2020-02-04");
        account = held ? account.WhenFinanceClears(1) : account;
        account
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Submitted, Submitted)
            .ThenAsked(1, 5_000, attempt: 2)
            .ThenAsked(2, 700);
    }

    [Fact]
    public void R03_Nor_what_is_left_of_a_refused_retry() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenAPaymentIsPosted("p", 1_000)
            .ThenDebits(Superseded, Scheduled)
            .ThenDue(2, "2020-02-04")
            .WhenABillIsImported("jan-2", 700, due: "2020-02-04")
            .ThenLines(2, "jan")
            .ThenLines(3, "jan-2");

    [Fact]
    public void R03_Another_due_date_is_another_debit() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .ThenDebits(Scheduled, Scheduled)
            .ThenDue(2, Due["feb"]);

    [Fact]
    public void R03_No_debit_while_autopay_is_off_but_the_bill_opens_and_takes_credit() =>
        GivenAnAccount(autopay: false)
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenABillIsImported("jan", 5_000)
            .ThenDebits()
            .ThenBill("jan", open: 4_000, paid: 1_000);

    [Fact]
    public void R03_The_same_bill_again_changes_nothing()
    {
        var account = GivenAnAccount();
        var bill = account.NewBill("jan", 5_000);
        account
            .Do(new ImportBill(bill, account.Now))
            .WhenAPaymentIsPosted("p", 5_000)
            .Do(new ImportBill(bill, account.Now))
            .ThenNothingHappened();
    }

    [Fact]
    public void R03_The_same_bill_with_other_content_is_refused() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .ThenRefused("known with other content", it => it.WhenABillIsImported("jan", 5_001));

    [Fact]
    public void R03_A_bill_of_an_account_that_is_not_enrolled_is_refused()
    {
        var account = GivenAnAccount();
        var stranger = AccountLedger.Open(new AccountId("99"));
        Assert.Throws<RefusedException>(() =>
            LedgerDecider.Decide(new ImportBill(account.NewBill("jan", 1), account.Now), stranger, account.Controls)
        );
    }
}
