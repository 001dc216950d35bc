using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R29, R31: what taking new numbers, or moving a bill, does to the money of the account.</summary>
public sealed class R31TakingTests
{
    private static AccountScenario ComesAgain(AccountScenario account, string bill, long cents, string? due = null) =>
        account.Do(
            new ImportBill(account.NewBill(bill, cents, due ?? Due[bill]), account.Now) { Source = "second export" }
        );

    private static AccountScenario Takes(AccountScenario account, string id, CorrectedItem item = CorrectedItem.Bill) =>
        account.Do(new TakeCorrection(item, id, "asked the billing office", account.Now));

    private static AccountScenario IsTaken(AccountScenario account, string bill, long cents, string? due = null) =>
        Takes(ComesAgain(account, bill, cents, due), bill);

    // The bill is the other account's, a person says.
    private static AccountScenario IsMoved(AccountScenario account, string bill) =>
        Takes(
            account.Do(
                new NoteConflict(account.Bill(bill), null, new AccountId("10-0002"), account.Now) { Source = "export" }
            ),
            bill
        );

    private static AccountScenario PaymentComesAgain(AccountScenario account, string id, Func<Funds, Funds> change) =>
        account.Do(
            new PostBackPayment(
                change(account.Ledger.Funds.First(funds => funds.Id.Value == id)) with
                {
                    Applied = [],
                    Reversed = default,
                    Refunded = default,
                },
                account.Now
            )
            {
                Source = "second export",
            }
        );

    [Fact]
    public void R31_Of_two_bills_that_came_again_the_one_that_is_named_is_decided()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenABillIsImported("feb", 6_000);
        account = Takes(ComesAgain(ComesAgain(account, "jan", 4_000), "feb", 5_500), "feb");

        account.ThenBill("jan", open: 5_000).ThenBill("feb", open: 5_500);
        Assert.Equal("jan", Assert.Single(account.Ledger.Corrections).Id);
    }

    [Fact]
    public void R31_Other_balances_that_come_twice_are_one_warning()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000);
        var row = account.NewBill("jan", 5_000, previous: 700);
        account.Do(new ImportBill(row, account.Now) { Source = "second" }).ThenWarned(1);
        account.Do(new ImportBill(row, account.Now) { Source = "third" }).ThenWarned(1);
    }

    [Fact]
    public void R31_Lower_numbers_of_a_bill_that_nothing_collects_open_nothing()
    {
        var account = GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-23", "12:00")
            .WhenAutopayGoesOn();

        Assert.Null(IsTaken(account, "jan", 4_000).ThenDebits().Bill("jan").Blocked);
    }

    [Fact]
    public void R31_Higher_numbers_after_the_due_date_wait_for_finance()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan").TheBankSaysYes();

        Assert.Contains(
            "opened again after its due date",
            IsTaken(account.On("2020-01-28"), "jan", 6_000)
                .ThenBill("jan", 1_000, 0, 5_000)
                .Bill("jan")
                .Blocked?.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void R31_R35_A_new_due_date_far_away_waits_for_a_person() =>
        Assert.Equal(
            ReviewCheck.DueDate,
            Assert
                .Single(
                    IsTaken(GivenAnAccount().WhenABillIsImported("jan", 5_000), "jan", 5_000, due: "2020-06-10")
                        .Bill("jan")
                        .Flags
                )
                .Check
        );

    [Fact]
    public void R31_What_was_paid_and_is_no_longer_asked_for_pays_the_next_bill() =>
        IsTaken(
                GivenAnAccount()
                    .WhenABillIsImported("jan", 5_000)
                    .WhenABillIsImported("feb", 6_000)
                    .WhenAPaymentIsPosted("p", 5_000, "jan"),
                "jan",
                4_000
            )
            .ThenBill("feb", open: 5_000, paid: 1_000);

    [Fact]
    public void R31_A_credit_bill_that_gives_less_takes_back_what_is_left_of_it() =>
        Assert.Equal(
            2_000,
            IsTaken(GivenAnAccount().WhenABillIsImported("jan", -3_500), "jan", -2_000)
                .ThenCredit(2_000)
                .Ledger.CreditedBy(new BillId("jan"))
                .Cents
        );

    [Fact]
    public void R29_A_credit_bill_that_is_moved_takes_its_credit_with_it()
    {
        var account = IsMoved(GivenAnAccount().WhenABillIsImported("jan", -3_500), "jan").ThenCredit(0);
        Assert.Equal(0, account.Ledger.CreditedBy(new BillId("jan")).Cents);
    }

    [Fact]
    public void R29_What_paid_a_bill_that_is_moved_pays_the_next_one() =>
        IsMoved(
                GivenAnAccount()
                    .WhenABillIsImported("jan", 5_000)
                    .WhenABillIsImported("feb", 6_000)
                    .WhenAPaymentIsPosted("p", 5_000, "jan"),
                "jan"
            )
            .ThenBill("jan", open: 0)
            .ThenBill("feb", open: 1_000, paid: 5_000);

    [Fact]
    public void R29_A_bill_that_is_moved_back_is_collected_again_with_the_numbers_of_its_row() =>
        IsMoved(GivenAnAccount().WhenABillIsImported("jan", 5_000), "jan")
            .ThenDebits(Scheduled)
            .WhenTheRunComes("2020-01-14")
            .WhenABillIsImported("jan", 6_000)
            .ThenBill("jan", open: 6_000)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 6_000);

    [Fact]
    public void R29_After_its_due_date_it_waits_for_finance()
    {
        var account = IsMoved(GivenAnAccount().WhenABillIsImported("jan", 5_000), "jan")
            .WhenTheRunComesFor("jan")
            .ThenDebits(Satisfied)
            .WhenABillIsImported("jan", 5_000);
        Assert.NotNull(account.ThenBill("jan", open: 5_000).Bill("jan").Blocked);
    }

    [Fact]
    public void R29_A_credit_bill_that_is_moved_back_brings_its_credit() =>
        IsMoved(GivenAnAccount().WhenABillIsImported("jan", -3_500), "jan")
            .ThenCredit(0)
            .WhenABillIsImported("jan", -3_000)
            .ThenCredit(3_000);

    [Fact]
    public void R29_And_is_paid_by_the_credit_that_its_moving_left() =>
        IsMoved(GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenAPaymentIsPosted("p", 5_000), "jan")
            .ThenCredit(5_000)
            .WhenABillIsImported("jan", 6_000)
            .ThenBill("jan", open: 1_000, paid: 5_000)
            .ThenCredit(0);

    [Fact]
    public void R31_The_same_payment_in_another_drawer_is_another_version() =>
        Assert.Single(
            PaymentComesAgain(
                PaymentComesAgain(GivenAnAccount().WhenAPaymentIsPosted("p", 700), "p", it => it with { Drawer = "A" }),
                "p",
                it => it with { Drawer = "B" }
            ).Ledger.Corrections,
            correction => correction.Payment!.Drawer == "B"
        );

    [Fact]
    public void R31_A_payment_that_bounced_is_posted_anew_with_the_numbers_that_are_taken() =>
        Takes(
                PaymentComesAgain(
                    GivenAnAccount().WhenAPaymentIsPosted("p", 700).WhenAPaymentIsReversed("p"),
                    "p",
                    it => it with { Amount = new Money(900) }
                ),
                "p",
                CorrectedItem.Payment
            )
            .ThenCredit(900);

    [Fact]
    public void R31_A_payment_that_was_given_back_in_part_is_not_replaced_in_silence()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .Refunded("r1", 2_000);

        PaymentComesAgain(account, "p", it => it with { Amount = new Money(6_000) })
            .ThenRefused("given back", it => Takes(it, "p", CorrectedItem.Payment));
    }

    [Fact]
    public void R31_What_another_check_keeps_in_review_waits_on_when_the_correction_is_decided()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheBalancesFileSays("jan", 100);
        account = ComesAgain(account, "jan", 4_000);
        Assert.Equal([ReviewCheck.Balance, ReviewCheck.Correction], account.Debit(1).Reviews);

        account.Do(new KeepStored(CorrectedItem.Bill, "jan", "the first was right", account.Now));

        account.ThenDebit(1, NeedsReview, "the billing system has 1.00");
        Assert.Equal([ReviewCheck.Balance], account.Debit(1).Reviews);
    }
}
