using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>
/// R5: cents that become open again on a bill without a live line, before its due date's run and after it.
/// </summary>
public sealed class R05ReopenedTests
{
    // Skipped and re-armed, so that January has no live line before its due date.
    private static AccountScenario GivenAPaidBillWithoutADebit() =>
        GivenAnAccount()
            .WhenAutopayGoesOff()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenAutopayGoesOn()
            .ThenDebits();

    private static AccountScenario GivenASatisfiedBill() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Satisfied);

    [Theory]
    [InlineData("2020-01-22", "05:59", true)]
    [InlineData("2020-01-22", "06:00", false)]
    public void R05_They_get_a_debit_on_the_bills_own_due_date_until_that_days_run(
        string day,
        string time,
        bool scheduled
    )
    {
        var account = GivenAPaidBillWithoutADebit()
            .On(day, time)
            .WhenAPaymentIsReversed("p")
            .ThenDebits(scheduled ? [Scheduled] : []);
        Assert.Equal(
            scheduled ? null : "opened again after its due date: Payment p reversed: bounced",
            account.Bill("jan").Blocked?.Reason
        );
    }

    [Fact]
    public void R05_The_run_of_a_due_date_on_a_holiday_is_the_next_banking_days() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("jan", 5_000, due: "2020-01-20")
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenAutopayGoesOn()
            .On("2020-01-21", "05:59")
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Scheduled)
            .WhenTheRunComes("2020-01-21")
            .ThenAsked(1, 5_000);

    [Fact]
    public void R05_A_reopened_bill_joins_the_unsent_debit_of_its_due_date() =>
        GivenAPaidBillWithoutADebit()
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], previous: 0)
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Scheduled)
            .ThenLines(1, "jan", "jan-2");

    [Fact]
    public void R05_After_the_run_nothing_is_debited_until_finance_re_arms_the_bill() =>
        GivenASatisfiedBill()
            .On("2020-02-03")
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Satisfied)
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Satisfied)
            .WhenABillIsRearmed("jan")
            .ThenDebits(Satisfied, Scheduled)
            .ThenDue(2, Due["jan"])
            .WhenTheRunComes("2020-02-05")
            .ThenAsked(2, 5_000);

    [Fact]
    public void R05_So_is_a_collected_bill_that_is_adjusted_upwards_and_only_the_difference_is_open()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2020-02-03")
            .WhenABillIsAdjusted("jan", 700)
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Collected)
            .ThenBill("jan", open: 700, collected: 5_000);
        Assert.Equal("opened again after its due date: Adjusted: misread meter", account.Bill("jan").Blocked?.Reason);
    }

    [Fact]
    public void R05_Money_and_credit_still_pay_it() =>
        GivenASatisfiedBill()
            .On("2020-02-03")
            .WhenAPaymentIsReversed("p")
            .WhenAPaymentIsPosted("q", 5_000)
            .ThenBill("jan", open: 0, paid: 5_000);

    [Fact]
    public void R05_A_live_line_follows_by_itself_however_late_it_is() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenAPaymentIsPosted("p", 5_000)
            .On("2020-02-03")
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Deferred)
            .WhenFinanceClears(1)
            .ThenDebits(Charging)
            .ThenAsked(1, 5_000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void R05_What_opens_while_the_debit_is_in_flight_waits_for_finance_when_it_is_collected(bool byReversal)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 3_000);
        account = byReversal
            ? account.Do(new ReversePayment(new PaymentId("p"), "bounced", account.Now) { Source = "reversals-1" })
            : account.Do(
                new AdjustBill("a", new BillId("jan"), new Money(2_000), "misread", account.Now)
                {
                    Source = "adjustments-1",
                }
            );
        account
            .ThenDebits(Submitted)
            .TheBankSaysYes()
            .ThenDebits(Collected)
            .ThenBill("jan", open: 2_000, paid: byReversal ? 0 : 2_000, collected: 3_000);
        Assert.Equal(byReversal ? "reversals-1" : "adjustments-1", account.Ledger.Worklist().Single().Import);
    }

    [Fact]
    public void R05_The_import_that_opened_it_stays_named_when_another_one_lowers_it()
    {
        AccountScenario Adjusts(AccountScenario account, long cents, string import) =>
            account.Do(
                new AdjustBill(import, new BillId("jan"), new Money(cents), "misread", account.Now) { Source = import }
            );
        var account = Adjusts(
            Adjusts(GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan"), 2_000, "first"),
            -500,
            "second"
        );
        Assert.Equal("first", account.TheBankSaysYes().Ledger.Worklist().Single().Import);
    }

    [Fact]
    public void R05_What_a_disputed_debits_credit_had_paid_waits_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsAdjusted("jan", -5_000)
            .ThenBill("feb", open: 1_000, paid: 5_000)
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenTheRunComesFor("feb")
            .ThenDebits(Collected, Satisfied)
            .On("2020-02-20")
            .MoneyComesBack(1, 5_000)
            .ThenDebits(Collected, Satisfied)
            .ThenBill("feb", open: 5_000, paid: 1_000);

    [Fact]
    public void R05_Finance_re_arms_every_bill_of_one_import_at_once_and_no_other()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"], previous: 5_000)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenAPaymentIsPosted("q", 700, "jan-2")
            .WhenTheRunComesFor("jan")
            .ThenDebits(Satisfied)
            .On("2020-02-03");
        account
            .Do(new ReversePayment(new PaymentId("p"), "bounced", account.Now) { Source = "one" })
            .Do(new ReversePayment(new PaymentId("q"), "bounced", account.Now) { Source = "two" });
        Assert.Equal(
            [("jan", "one"), ("jan-2", "two")],
            account.Ledger.Worklist().Select(listed => (listed.Bill.Id.Value, listed.Import))
        );

        account
            .Do(new RearmBillsOfImport("one", "the file is right", account.Now))
            .ThenDebits(Satisfied, Scheduled)
            .ThenLines(2, "jan")
            .Do(new RearmBillsOfImport("one", "the file is right", account.Now))
            .ThenNothingHappened();
    }

    [Fact]
    public void R05_A_bill_that_finance_skipped_is_not_blocked() =>
        GivenASatisfiedBill()
            .WhenABillIsSkipped("jan")
            .On("2020-02-03")
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Satisfied)
            .ThenBill("jan", open: 5_000);
}
