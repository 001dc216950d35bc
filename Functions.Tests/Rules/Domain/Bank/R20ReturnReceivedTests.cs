using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R20: what comes back after it was collected.</summary>
public sealed class R20ReturnReceivedTests
{
    private static AccountScenario GivenCollected(params (string Bill, long Cents)[] bills) =>
        bills
            .Aggregate(
                GivenAnAccount(),
                (account, bill) => account.WhenABillIsImported(bill.Bill, bill.Cents, due: Due["jan"])
            )
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysYes()
            .ThenDebits(Collected);

    [Fact]
    public void R20_The_bill_reopens_and_the_debit_stays_collected_with_its_amount() =>
        GivenCollected(("jan", 5_000))
            .MoneyComesBack(1, 5_000)
            .ThenDebits(Collected)
            .ThenAsked(1, 5_000)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R20_A_reopened_bill_is_blocked_until_finance_says_otherwise()
    {
        var account = GivenCollected(("jan", 5_000))
            .MoneyComesBack(1, 5_000, endsMandate: false)
            .WhenTheRunComes("2020-02-03")
            .ThenDebits(Collected);
        Assert.Contains("came back", account.Bill("jan").Blocked?.Reason, StringComparison.OrdinalIgnoreCase);
        account
            .WhenABillIsRearmed("jan")
            .ThenDebits(Collected, Scheduled)
            .ThenDue(2, Due["jan"])
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(2, 5_000);
    }

    [Fact]
    public void R20_Each_bill_keeps_its_own_due_date_and_protections() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .MoneyComesBack(2, 11_000, endsMandate: false)
            .WhenFinanceHolds("jan")
            .WhenFinanceWithdraws("late-bills")
            .WhenABillIsRearmed("jan")
            .WhenABillIsRearmed("feb")
            .ThenDebits(Merged, Collected, Deferred, Scheduled)
            .ThenDue(3, Due["jan"])
            .ThenDue(4, Due["feb"])
            .ThenHeldBy(3, "outage");

    [Fact]
    public void R20_An_ach_dispute_also_suspends_the_account() =>
        Assert.Equal(
            SuspensionKind.PaymentMethod,
            GivenCollected(("jan", 5_000)).MoneyComesBack(1, 5_000, endsMandate: true).Ledger.Suspension!.Kind
        );

    [Fact]
    public void R20_A_lost_card_dispute_does_not() =>
        Assert.Null(GivenCollected(("jan", 5_000)).MoneyComesBack(1, 5_000, endsMandate: false).Ledger.Suspension);

    [Fact]
    public void R20_A_card_dispute_that_is_not_lost_reopens_nothing() =>
        GivenCollected(("jan", 5_000)).MoneyComesBack(1, 0, endsMandate: false).ThenNothingHappened();

    [Fact]
    public void R20_The_same_comeback_again_changes_nothing() =>
        GivenCollected(("jan", 5_000))
            .MoneyComesBack(1, 5_000)
            .TheProviderRepeats(1)
            .ThenNothingHappened()
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R20_A_partial_comeback_reopens_as_much_and_no_more() =>
        GivenCollected(("a", 3_000), ("b", 2_000))
            .MoneyComesBack(1, 2_500)
            .ThenBill("b", open: 2_000)
            .ThenBill("a", open: 500, collected: 2_500)
            .MoneyComesBack(1, 5_000)
            .ThenBill("a", open: 3_000)
            .ThenBill("b", open: 2_000);

    [Fact]
    public void R20_A_comeback_above_the_amount_reopens_no_more_than_was_collected() =>
        GivenCollected(("jan", 5_000)).MoneyComesBack(1, 5_500).ThenBill("jan", open: 5_000);

    [Fact]
    public void R20_A_bill_that_a_partial_comeback_does_not_reach_is_not_blocked()
    {
        var account = GivenCollected(("a", 3_000), ("b", 2_000))
            .WhenABillIsAdjusted("a", 400)
            .WhenABillIsRearmed("a")
            .ThenDebits(Collected, Scheduled)
            .MoneyComesBack(1, 2_000, endsMandate: false);
        Assert.Null(account.Bill("a").Blocked);
        account.WhenTheRunComes("2020-01-29").ThenAsked(2, 400);
    }

    [Fact]
    public void R20_A_blocked_bill_leaves_a_debit_that_waits_for_the_rest_of_it() =>
        GivenCollected(("jan", 5_000))
            .WhenABillIsAdjusted("jan", 400)
            .WhenABillIsRearmed("jan")
            .ThenDebits(Collected, Scheduled)
            .MoneyComesBack(1, 5_000, endsMandate: false)
            .ThenDebits(Collected, Cancelled)
            .WhenTheRunComes("2020-01-29")
            .ThenDebits(Collected, Cancelled)
            .ThenBill("jan", open: 5_400);

    [Fact]
    public void R20_A_blocked_bill_is_not_collected_by_a_debit_that_comes_back_from_flight() =>
        GivenCollected(("jan", 5_000))
            .WhenABillIsAdjusted("jan", 400)
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-01-29")
            .ThenDebits(Collected, Submitted)
            .MoneyComesBack(1, 5_000, endsMandate: false)
            .ThenDebits(Collected, Submitted)
            .On("2020-02-04", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-18")
            .ThenDebits(Collected, Cancelled);

    [Fact]
    public void R20_Money_and_credit_still_pay_a_blocked_bill() =>
        GivenCollected(("jan", 5_000))
            .WhenAPaymentIsPosted("p", 1_000)
            .MoneyComesBack(1, 5_000)
            .ThenBill("jan", open: 4_000, paid: 1_000)
            .WhenAPaymentIsPosted("q", 4_000)
            .ThenBill("jan", open: 0, paid: 5_000);

    [Fact]
    public void R20_Credit_that_was_collected_comes_back_first_and_what_it_paid_reopens() =>
        GivenCollected(("jan", 5_000))
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsAdjusted("jan", -1_200)
            .ThenBill("feb", open: 4_800, paid: 1_200)
            .MoneyComesBack(1, 5_000)
            .ThenBill("jan", open: 3_800)
            .ThenBill("feb", open: 6_000)
            .ThenCredit(0);

    [Fact]
    public void R20_Of_a_bill_that_two_debits_collected_and_an_adjustment_lowered_no_cent_goes_below_zero() =>
        GivenCollected(("jan", 5_000))
            .WhenABillIsAdjusted("jan", 3_000)
            .WhenABillIsRearmed("jan")
            .WhenTheRunComes("2020-01-29")
            .On("2020-02-04", "05:00")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan", -5_000)
            .ThenBill("jan", open: 0, collected: 3_000)
            .ThenCredit(5_000)
            .MoneyComesBack(1, 5_000)
            .ThenCredit(0)
            .ThenBill("jan", open: 0, paid: 3_000)
            .MoneyComesBack(2, 3_000)
            .ThenBill("jan", open: 3_000)
            .ThenCredit(0);

    [Fact]
    public void R20_A_debit_that_the_bank_refused_has_nothing_to_come_back() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R08")
            .MoneyComesBack(1, 5_000)
            .ThenNothingHappened();

    [Fact]
    public void R20_A_late_comeback_of_an_archived_debit_reopens_its_bill() =>
        GivenCollected(("jan", 5_000))
            .On("2021-07-01")
            .WhenEvaluated()
            .ThenDebits()
            .MoneyComesBack(1, 5_000)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R20_The_receipt_of_a_late_comeback_names_the_intent_although_its_debit_is_archived()
    {
        var scenario = GivenCollected(("jan", 5_000))
            .On("2021-07-01")
            .WhenEvaluated()
            .ThenDebits()
            .MoneyComesBack(1, 5_000);
        var debit = scenario.Debit(1);
        scenario.ThenReceipts(
            new Receipt(
                ReceiptKind.Returned,
                new DateOnly(2021, 7, 1),
                new BillId("jan"),
                debit.Id,
                new Money(-5_000),
                debit.LastAttempt!.IntentId!,
                "dispute"
            )
        );
    }

    [Fact]
    public void R20_A_smaller_sum_later_gives_nothing_back() =>
        GivenCollected(("jan", 5_000))
            .MoneyComesBack(1, 3_000)
            .MoneyComesBack(1, 1_000)
            .ThenNothingHappened()
            .ThenBill("jan", open: 3_000, collected: 2_000);

    [Fact]
    public void R20_A_late_comeback_after_a_refund_is_recorded_once_however_often_the_provider_says_it()
    {
        var account = GivenCollected(("jan", 5_000))
            .Refunded("r1", 1_000)
            .RefundIs(1, RefundState.Paid)
            .On("2021-07-01")
            .WhenEvaluated()
            .ThenDebits()
            .MoneyComesBack(1, 5_000);
        Assert.Equal(
            new LateReturn(account.Debit(1).Id, new Money(4_000)) { Lost = new Money(1_000) },
            Assert.Single(account.Ledger.LateReturns)
        );
        account.TheProviderRepeats(1).ThenNothingHappened().ThenBill("jan", open: 5_000);
    }

    [Fact]
    public void R20_What_was_returned_beyond_a_refund_cannot_be_given_back_again() =>
        GivenCollected(("jan", 5_000))
            .Refunded("r1", 1_000)
            .MoneyComesBack(1, 5_000)
            .ThenRefused("0.00 of it is left", it => it.Refunded("r2", 1));

    [Fact]
    public void R20_What_comes_back_of_two_bills_is_told_of_each()
    {
        var account = GivenCollected(("a", 3_000), ("b", 2_000)).MoneyComesBack(1, 4_000);
        Assert.Equal(
            [-2_000, -2_000],
            account.LastEvents.SelectMany(it => Receipts.Of(it, account.Ledger)).Select(it => it.Amount.Cents)
        );
    }

    [Fact]
    public void R20_Yes_and_back_again_in_one_reading_are_both_recorded() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYesAndTakesBack(5_000)
            .ThenDebits(Collected)
            .ThenBill("jan", open: 5_000);
}
