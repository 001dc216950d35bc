using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R29, R31: what was decided once is not asked again, and what else waits goes on waiting.</summary>
public sealed class R31DecidedTests
{
    private static readonly AccountId Other = new("10-0002");

    private static AccountScenario GivenJanuary() => GivenAnAccount().WhenABillIsImported("jan", 5_000);

    private static AccountScenario Comes(
        AccountScenario account,
        long cents,
        string bill = "jan",
        string? due = null,
        long previous = 0
    ) =>
        account.Do(
            new ImportBill(account.NewBill(bill, cents, due ?? "2020-01-22", previous), account.Now)
            {
                Source = "second",
            }
        );

    private static AccountScenario Keeps(AccountScenario account, string bill = "jan") =>
        account.Do(new KeepStored(CorrectedItem.Bill, bill, "asked", account.Now));

    private static AccountScenario Takes(
        AccountScenario account,
        string id = "jan",
        CorrectedItem item = CorrectedItem.Bill
    ) => account.Do(new TakeCorrection(item, id, "asked", account.Now));

    private static Funds Payment(AccountScenario account, long cents, string id = "p") =>
        new()
        {
            Id = new PaymentId(id),
            Source = FundsSource.BackPayment,
            Amount = new Money(cents),
            Channel = "cash",
            ReceivedOn = account.Now.Today,
            PostedOn = account.Now.Today,
        };

    private static AccountScenario PaymentIsOfAnotherToo(AccountScenario account, long cents) =>
        account.Do(new NoteConflict(null, Payment(account, cents), Other, account.Now) { Source = "export" });

    [Fact]
    public void R31_What_waits_for_a_word_or_was_decided_against_asks_nobody_again()
    {
        var account = Comes(GivenJanuary(), 4_000).ThenDebit(1, NeedsReview);
        Comes(account, 4_000).ThenNothingHappened();
        Comes(Keeps(account), 4_000).ThenNothingHappened().ThenDebit(1, Scheduled);
    }

    [Fact]
    public void R31_The_old_numbers_that_come_after_the_new_ones_were_taken_ask_nobody_either()
    {
        var account = Takes(Comes(GivenJanuary(), 4_000)).ThenBill("jan", open: 4_000);
        Comes(account, 5_000).ThenNothingHappened().ThenBill("jan", open: 4_000);
    }

    [Fact]
    public void R31_Another_previous_balance_alone_asks_nobody()
    {
        var account = Comes(GivenJanuary(), 5_000, previous: 700).ThenWarned(1).ThenDebit(1, Scheduled);
        Assert.Empty(account.Ledger.Corrections);
    }

    [Fact]
    public void R29_Taking_one_of_two_that_wait_closes_the_other()
    {
        var account = Comes(GivenJanuary(), 4_000);
        account.Do(new NoteConflict(account.Bill("jan"), null, Other, account.Now) { Source = "export" });
        Assert.Equal(2, account.Ledger.Corrections.Count);
        Assert.Empty(Takes(account).Ledger.Corrections);
    }

    [Fact]
    public void R31_A_debit_of_two_bills_waits_until_both_are_decided()
    {
        var account = GivenJanuary().WhenABillIsImported("jan-2", 700, Due["jan"]);
        account = Comes(Comes(account, 4_000), 600, "jan-2").ThenDebit(1, NeedsReview);
        Keeps(account).ThenDebit(1, NeedsReview, "bill jan-2 came again");
        Keeps(account, "jan-2").ThenDebit(1, Scheduled);
    }

    [Fact]
    public void R25_A_yes_to_a_debit_of_which_a_file_says_something_else_is_for_that_amount_alone()
    {
        var account = Comes(GivenJanuary(), 4_000).WhenAPersonApproves(1).ThenDebit(1, Scheduled);
        account.WhenABillIsAdjusted("jan", -100).WhenTheRunComesFor("jan").ThenDebit(1, NeedsReview, "came again");
    }

    [Fact]
    public void R31_What_waits_for_another_reason_hears_nothing_of_it()
    {
        var account = GivenJanuary().WhenTheBalancesFileSays("jan", 100).WhenABillIsImported("feb", 6_000);
        Keeps(Comes(account, 5_500, "feb", Due["feb"]), "feb").ThenDebit(1, NeedsReview);
        Assert.Empty(account.LastEvents.OfType<DebitSentToReview>());
    }

    [Fact]
    public void R29_A_payment_that_another_account_has_is_posted_where_a_person_moves_it() =>
        Takes(PaymentIsOfAnotherToo(GivenAnAccount().WhenAPaymentIsPosted("q", 100), 900), "p", CorrectedItem.Payment)
            .ThenCredit(1_000);

    [Fact]
    public void R29_One_that_was_reversed_here_is_posted_anew_with_the_numbers_of_the_row()
    {
        var account = GivenAnAccount().WhenAPaymentIsPosted("p", 700).WhenAPaymentIsReversed("p");
        Takes(PaymentIsOfAnotherToo(account, 900), "p", CorrectedItem.Payment).ThenCredit(900);
        Assert.Empty(account.LastEvents.OfType<FundsReversed>());
    }

    [Fact]
    public void R29_What_a_credit_bill_that_moves_had_paid_here_is_owed_again()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("credit", -3_500, "2020-02-05")
            .WhenABillIsImported("jan", 5_000, previous: 0)
            .ThenBill("jan", open: 1_500, paid: 3_500);
        account.Do(new NoteConflict(account.Bill("credit"), null, Other, account.Now) { Source = "export" });
        Takes(account, "credit");
        Assert.Equal(5_000, account.Ledger.UnsentDebits().Sum(account.Ledger.OpenOn).Cents);
    }
}
