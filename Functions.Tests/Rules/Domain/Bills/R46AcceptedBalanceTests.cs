using Autopay.Imports;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R46: what a bill prints as previous balance and our books lack, accepted once by a person.</summary>
public sealed class R46AcceptedBalanceTests
{
    // Due Jan 22, with 7.00 from before our books began.
    private static AccountScenario GivenABillWithAnOldDebt() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000, previous: 700);

    private static AccountScenario Accepts(AccountScenario account, long cents, string bill = "jan") =>
        account.Do(new AcceptPreviousBalance(new BillId(bill), new Money(cents), "It is from 2019", account.Now));

    private static AccountScenario ThenCollects(AccountScenario account, long cents)
    {
        Assert.Equal(cents, account.Ledger.OpenOn(account.ThenDebit(1, Scheduled).Ledger.Debits[0]).Cents);
        return account;
    }

    [Fact]
    public void R46_It_is_a_line_of_its_own_beside_the_bill_that_prints_it()
    {
        var account = ThenCollects(Accepts(GivenABillWithAnOldDebt(), 700), 5_700)
            .ThenLines(1, "jan", "jan:previous")
            .ThenBill("jan:previous", open: 700);
        Assert.Empty(account.Ledger.Worklist());
    }

    [Fact]
    public void R46_Until_then_nothing_of_it_is_collected() =>
        ThenCollects(GivenABillWithAnOldDebt(), 5_000).ThenWarned(1);

    [Fact]
    public void R46_A_part_can_be_accepted_and_the_same_again_changes_nothing()
    {
        var account = ThenCollects(Accepts(GivenABillWithAnOldDebt(), 300), 5_300);
        Accepts(account, 300).ThenNothingHappened();
        account.ThenRefused("accepted once", it => Accepts(it, 400));
    }

    [Theory]
    [InlineData(701)]
    [InlineData(0)]
    [InlineData(-700)]
    public void R46_Never_more_than_our_books_lack(long cents) =>
        GivenABillWithAnOldDebt().ThenRefused("Our books lack 7.00", it => Accepts(it, cents));

    [Fact]
    public void R46_A_bill_that_prints_less_than_our_books_have_brings_nothing_to_accept()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000, previous: 4_000);
        account.ThenRefused("lack nothing", it => Accepts(it, 100, "feb"));
        account.ThenRefused("has no bill mar", it => Accepts(it, 100, "mar"));
    }

    [Fact]
    public void R46_Once_the_bills_own_run_has_begun_the_next_bill_brings_it() =>
        GivenABillWithAnOldDebt()
            .WhenTheRunComesFor("jan")
            .ThenRefused("accepted with the next bill", it => Accepts(it, 700));

    [Fact]
    public void R46_The_next_bill_that_prints_it_again_is_consistent() =>
        Accepts(GivenABillWithAnOldDebt(), 700).WhenABillIsImported("feb", 6_000, previous: 5_700).ThenWarned(0);

    // The billing system may have printed its 3.00 with the payment or without it: the safe reading lacks less.
    [Fact]
    public void R46_A_payment_that_the_bill_may_know_counts_against_what_is_lacking()
    {
        var account = GivenAnAccount().WhenAPaymentIsPosted("p", 400).WhenABillIsImported("jan", 5_000, previous: 300);
        account.ThenRefused("lack 3.00", it => Accepts(it, 301));
        Accepts(account, 300).ThenBill("jan", open: 4_600, paid: 400).ThenBill("jan:previous", open: 300);
    }

    [Fact]
    public void R46_The_billing_system_hears_of_it_as_money_of_the_account()
    {
        var account = Accepts(GivenABillWithAnOldDebt(), 700).WhenTheRunComesFor("jan").TheBankSaysYes();
        Assert.Equal(
            [("jan", 5_000L), (null, 700L)],
            account
                .LastEvents.SelectMany(happened => Receipts.Of(happened, account.Ledger))
                .Select(receipt => (receipt.Bill?.Value, receipt.Amount.Cents))
        );
    }

    // January is with the bank while February prints 60.00: 10.00 are unknown to us, whatever becomes of January.
    [Fact]
    public void R46_What_our_books_had_when_the_bill_came_is_never_lacking_later()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsImported("feb", 6_000, previous: 6_000)
            .TheBankSaysYes();
        account.ThenRefused("lack 10.00", it => Accepts(it, 1_001, "feb"));
        Accepts(account, 1_000, "feb").ThenBill("feb:previous", open: 1_000);
    }

    [Fact]
    public void R46_Nor_is_what_the_bill_printed_less_than_our_books_had()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000, previous: 4_000)
            .WhenAPaymentIsPosted("p", 5_000, "jan");
        account.ThenRefused("lack nothing", it => Accepts(it, 100, "feb"));
    }

    [Fact]
    public void R14_Credit_pays_what_is_accepted_at_once() =>
        Accepts(GivenABillWithAnOldDebt().WhenAPaymentIsPosted("p", 5_400), 700)
            .ThenBill("jan:previous", open: 300, paid: 400)
            .ThenCredit(0);

    [Fact]
    public void R46_With_autopay_off_it_stands_in_the_books_and_nothing_is_collected() =>
        Assert.DoesNotContain(
            Accepts(GivenABillWithAnOldDebt().WhenAutopayGoesOff(), 700)
                .ThenBill("jan:previous", open: 700)
                .Ledger.Debits,
            debit => !debit.IsTerminal
        );

    [Fact]
    public void R46_A_late_bill_that_may_have_been_accepted_already_waits_for_a_person()
    {
        var account = GivenAnAccount()
            .WhenFinanceDeclaresAHold("h", "2020-01-22", "2020-01-22")
            .On("2020-02-06")
            .WhenABillIsImported("feb", 6_000, previous: 5_000);
        Accepts(account, 5_000, "feb").On("2020-02-10").WhenABillIsImported("jan", 5_000, previous: 0);
        account.WhenFinanceClears(1).WhenThePreChargeCheckComes().WhenConfirmed().WhenTheRunComes("2020-02-19");
        account.ThenDebit(2, NeedsReview, "accepted as feb:previous").ThenAsked(1, 11_000);
    }

    [Fact]
    public void R46_What_came_since_is_no_longer_lacking()
    {
        var account = GivenAnAccount().On("2020-02-06").WhenABillIsImported("feb", 6_000, previous: 5_000);
        account.WhenABillIsImported("jan", 5_000, previous: 0);
        account.ThenRefused("lack nothing", it => Accepts(it, 5_000, "feb"));
    }

    [Fact]
    public void R46_Two_bills_that_print_the_same_old_debt_are_accepted_once()
    {
        var account = GivenAnAccount()
            .On("2020-02-06")
            .WhenABillIsImported("feb", 6_000, previous: 5_000)
            .WhenABillIsImported("mar", 4_000, previous: 11_000);
        Accepts(account, 5_000, "feb");
        account.ThenRefused("lack nothing", it => Accepts(it, 5_000, "mar"));
    }

    [Fact]
    public void R46_A_bill_that_comes_again_with_less_before_it_stops_what_was_accepted()
    {
        var account = Accepts(GivenABillWithAnOldDebt(), 700);
        account.Do(
            new ImportBill(account.NewBill("jan", 5_000, "2020-01-22", previous: 0), account.Now) { Source = "second" }
        );
        account.ThenDebit(1, NeedsReview);
        Assert.Equal(ReviewCheck.Balance, Assert.Single(account.Bill("jan:previous").Flags).Check);
    }

    [Fact]
    public void R29_A_bill_with_an_accepted_balance_is_not_moved_without_it()
    {
        var account = Accepts(GivenABillWithAnOldDebt(), 700);
        account.Do(
            new NoteConflict(account.Bill("jan"), null, new AccountId("10-0002"), account.Now) { Source = "export" }
        );
        account.ThenRefused(
            "accepted as jan:previous",
            it => it.Do(new TakeCorrection(CorrectedItem.Bill, "jan", "asked", it.Now))
        );
    }

    [Fact]
    public void R46_No_file_may_bring_such_an_id()
    {
        const string File = """
            bill_id,account_id,cycle,bill_date,due_date,penalty_date,current_charges,previous_balance,total_due
            jan:previous,10-0001,1,2020-01-08,2020-01-22,2020-01-29,7.00,0.00,7.00

            """;
        var check = ImportReader.Read(ImportKind.Bills, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(File)));
        Assert.Contains(":previous", Assert.Single(check.Problems).Expected, StringComparison.Ordinal);
    }
}
