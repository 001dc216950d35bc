using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Refunds that cross with each other, with what comes back, and with what opens meanwhile.</summary>
public sealed class GivingBackTests
{
    [Fact]
    public void Of_two_refunds_the_one_that_fails_does_not_give_the_bill_free()
    {
        var account = GivenCollected(("jan", 5_000)).Refunded("r1", 1_000).Refunded("r2", 1_500).RefundFails(1);

        Assert.NotNull(account.Bill("jan").Blocked);
        account.WhenABillIsAdjusted("jan", 500).ThenDebits(Collected).ThenBill("jan", open: 2_000, collected: 3_500);
    }

    [Fact]
    public void The_same_holds_for_two_refunds_of_the_same_words()
    {
        var account = GivenCollected(("jan", 5_000)).Refunded("r1", 1_000).Refunded("r2", 1_000).RefundFails(2);

        Assert.NotNull(account.Bill("jan").Blocked);
    }

    [Fact]
    public void A_refund_that_fails_leaves_a_disputed_bill_blocked_and_reopens_what_was_lost()
    {
        var account = GivenCollected(("jan", 5_000))
            .Refunded("r1", 1_000)
            .MoneyComesBack(1, 5_000)
            .ThenBill("jan", open: 5_000);
        Assert.Equal((4_000, 1_000), (account.Debit(1).ReturnedCents.Cents, account.Debit(1).Lost.Cents));

        account.RefundFails(1).ThenBill("jan", open: 5_000);

        Assert.Equal((5_000, 0), (account.Debit(1).ReturnedCents.Cents, account.Debit(1).Lost.Cents));
        Assert.Contains("came back", account.Bill("jan").Blocked?.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_comes_back_after_it_was_given_back_is_told_to_the_billing_system_whole() =>
        GivenCollected(("jan", 5_000))
            .Refunded("r1", 1_000)
            .MoneyComesBack(1, 5_000)
            .ThenReceipts(Told("jan", -4_000), Told(null, -1_000));

    [Fact]
    public void Cents_that_opened_before_a_refund_that_fails_wait_for_finance_again()
    {
        var account = GivenCollected(("jan", 5_000))
            .WhenABillIsAdjusted("jan", 2_000)
            .WhenABillIsRearmed("jan")
            .ThenDebits(Collected, Scheduled)
            .Refunded("r1", 5_000)
            .WhenEvaluated()
            .ThenDebit(2, Cancelled)
            .RefundFails(1);

        account.ThenBill("jan", open: 2_000, collected: 5_000).ThenDebits(Collected, Cancelled);
        Assert.Equal("opened again after its due date: Its refund failed", account.Bill("jan").Blocked?.Reason);
    }

    [Fact]
    public void A_refund_that_fails_leaves_a_skip_alone() =>
        Assert.True(
            GivenCollected(("jan", 5_000))
                .Refunded("r1", 5_000)
                .WhenABillIsSkipped("jan")
                .RefundFails(1)
                .Bill("jan")
                .Skipped
        );

    [Fact]
    public void Credit_that_was_given_back_does_not_come_back_too_and_no_bill_goes_below_zero()
    {
        var account = GivenCollected(("jan", 3_000), ("jan-water", 2_000))
            .WhenABillIsAdjusted("jan-water", -1_200)
            .Refunded("r1", 1_200)
            .MoneyComesBack(1, 5_000);

        account.ThenBill("jan-water", open: 800).ThenBill("jan", open: 3_000);
        Assert.Equal((3_800, 1_200), (account.Debit(1).ReturnedCents.Cents, account.Debit(1).Lost.Cents));
    }

    [Fact]
    public void Credit_of_one_debit_that_a_refund_of_another_took_is_lost_when_the_one_comes_back()
    {
        var account = GivenCollected(("jan", 5_000))
            .WhenABillIsImported("feb", 10_000)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("feb", -3_000)
            .Refunded("r1", 3_000)
            .MoneyComesBack(2, 10_000);

        account.ThenBill("feb", open: 7_000);
        Assert.Equal((7_000, 3_000), (account.Debit(2).ReturnedCents.Cents, account.Debit(2).Lost.Cents));
    }

    [Fact]
    public void A_payment_whose_credit_was_given_back_cannot_be_reversed_in_silence()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPaymentIsPosted("p", 5_000)
            .TheBankSaysYes()
            .Refunded("r1", 5_000);

        account.ThenRefused("given back", it => it.WhenAPaymentIsReversed("p"));
    }

    [Fact]
    public void A_refund_that_fails_makes_credit_of_what_was_paid_meanwhile_and_it_pays_the_next_bill() =>
        GivenCollected(("jan", 5_000))
            .WhenABillIsImported("feb", 6_000)
            .Refunded("r1", 2_000)
            .WhenAPaymentIsPosted("p", 2_000, "jan")
            .ThenBill("jan", open: 0, paid: 2_000, collected: 3_000)
            .RefundFails(1)
            .ThenBill("jan", open: 0, collected: 5_000)
            .ThenBill("feb", open: 4_000, paid: 2_000);

    [Fact]
    public void Of_two_refunds_only_the_one_that_is_named_fails()
    {
        var account = GivenCollected(("jan", 5_000)).Refunded("r1", 1_000).Refunded("r2", 1_500).RefundFails(2);
        Assert.Equal([RefundState.Requested, RefundState.Failed], account.Debit(1).Refunds.Select(it => it.State));
        account.RefundFails(2).ThenNothingHappened();
        account.Do(new DelayRefund(account.Debit(1).Id, 2, "timed out", account.Now)).ThenNothingHappened();
    }

    [Fact]
    public void Credit_of_the_debit_itself_goes_before_credit_of_another_one()
    {
        var account = GivenCollected(("jan", 5_000))
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("feb", -300)
            .WhenABillIsAdjusted("jan", -200)
            .Refunded("r1", 400);
        Assert.Equal(
            [("over-collected-jan-2", 200L), ("over-collected-feb-1", 200L)],
            account.Debit(1).RefundOf(1).Credit.Select(part => (part.Funds.Value, part.Cents.Cents))
        );
    }

    [Theory]
    [InlineData("re-hand", 1_000, null, RefundState.Paid)] // By hand at the provider, of the same amount.
    [InlineData("re-before", 1_000, 1, RefundState.Paid)] // Of books that a backup replaced, of the same number.
    public void A_refund_that_is_with_the_provider_is_not_another_one_that_looks_like_it(
        string id,
        long cents,
        int? number,
        RefundState state
    )
    {
        var account = GivenCollected(("jan", 5_000)).Refunded("r1", 1_000).RefundIs(1, RefundState.Sent);
        Reads(account, id, cents, number, state);
        Assert.Equal(["re-1", id], account.Debit(1).Refunds.Select(refund => refund.RefundId));
        account.ThenBill("jan", open: 2_000, collected: 3_000);
    }

    [Fact]
    public void A_refund_that_we_asked_for_is_not_one_of_the_same_amount_that_was_made_by_hand()
    {
        var account = GivenCollected(("jan", 5_000)).Refunded("r1", 1_000);
        Reads(account, "re-hand", 1_000, number: null, RefundState.Paid);
        Assert.Equal([null, "re-hand"], account.Debit(1).Refunds.Select(refund => refund.RefundId));
    }

    [Fact]
    public void What_was_given_back_by_hand_beyond_what_is_left_changes_nothing()
    {
        var all = GivenCollected(("jan", 5_000)).Refunded("r1", 5_000);
        Reads(all, "re-hand", 1_000, number: null, RefundState.Paid).ThenNothingHappened();

        var spent = GivenCollected(("jan", 5_000)).WhenABillIsImported("feb", 6_000).WhenABillIsAdjusted("jan", -3_000);
        Reads(spent, "re-hand", 5_000, number: null, RefundState.Paid).ThenNothingHappened();
    }

    [Fact]
    public void A_refund_that_failed_at_the_provider_and_that_we_never_asked_for_is_nothing() =>
        Reads(GivenCollected(("jan", 5_000)), "re-hand", 1_000, number: null, RefundState.Failed).ThenNothingHappened();

    [Fact]
    public void A_reversal_lets_credit_pay_the_bill_that_it_reopens() =>
        GivenCollected(("jan", 5_000))
            .WhenAPaymentIsPosted("p", 5_000)
            .ThenCredit(5_000)
            .Refunded("r1", 5_000, RefundKind.Reversal)
            .ThenBill("jan", open: 0, paid: 5_000)
            .ThenCredit(0);

    [Theory]
    [InlineData("R10", SuspensionKind.Frozen)]
    [InlineData("R02", SuspensionKind.PaymentMethod)]
    public void An_objection_freezes_after_the_settlement_as_it_does_before(string code, SuspensionKind kind) =>
        Assert.Equal(kind, GivenCollected(("jan", 5_000)).MoneyComesBack(1, 5_000, code: code).Ledger.Suspension!.Kind);

    [Fact]
    public void The_pre_charge_check_leaves_a_bill_alone_that_was_blocked_since_it_was_planned()
    {
        var account = GivenCollected(("jan", 5_000))
            .WhenABillIsAdjusted("jan", 400)
            .WhenABillIsRearmed("jan")
            .On("2020-02-03")
            .WhenEvaluated()
            .ThenAsked(2, 400);

        account.MoneyComesBack(1, 400, endsMandate: false).WhenAPaymentIsPosted("p", 400);

        Assert.Contains(
            "left out",
            PreChargeCheck.WhyNotLock(
                account.Ledger,
                account.Debit(2).LastAttempt!,
                account.Controls,
                account.Now.Today
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Books_that_lose_their_oldest_bills_still_tie()
    {
        var account = GivenCollected(("jan", 5_000))
            .WhenAPaymentIsPosted("p", 300)
            .WhenABillIsImported("feb", 300)
            .On("2021-07-01")
            .WhenEvaluated()
            .On("2023-08-01")
            .WhenEvaluated()
            .WhenEvaluated()
            .ThenDebits();

        Assert.Empty(account.Ledger.Bills);
        Assert.Equal(5_000, account.Ledger.ArchivedCollected.Cents);
    }

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

    private static AccountScenario Reads(AccountScenario account, string id, long cents, int? number, RefundState state)
    {
        var debit = account.Debit(1);
        return account.Do(
            new RecordRefunds(
                debit.Id,
                [new RefundReading(id, debit.Attempted.Intent, new Money(cents), state, number, debit.Id.Value)],
                account.Now
            )
        );
    }

    private static Receipt Told(string? bill, long cents) =>
        new(
            ReceiptKind.Returned,
            new DateOnly(2020, 1, 28),
            bill is null ? null : new BillId(bill),
            new DebitId(new AccountId("10-0001"), 1, 1),
            new Money(cents),
            "in-10-0001-1-0001-1",
            "dispute"
        );
}
