using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R5: adjustments and payment reversals change what is open.</summary>
public sealed class R05AdjustmentsTests
{
    [Theory]
    [InlineData(-1_500, 3_500)]
    [InlineData(800, 5_800)]
    public void R05_Unsent_debits_follow_an_adjustment_by_themselves(long adjustment, long asked) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", adjustment)
            .ThenDebits(Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, asked);

    [Fact]
    public void R05_Unsent_debits_follow_a_reversal_by_themselves() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenAPaymentIsReversed("p")
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000);

    [Fact]
    public void R05_A_debit_in_flight_does_not_follow_a_lower_bill_and_the_difference_becomes_credit_when_it_is_collected() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenABillIsAdjusted("jan", -1_000)
            .ThenDebits(Submitted)
            .ThenAsked(1, 5_000)
            .ThenBill("jan", open: 4_000)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, collected: 4_000)
            .ThenCredit(1_000);

    [Fact]
    public void R05_A_bill_raised_and_then_lowered_in_flight_settles_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", 3_000)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 8_000)
            .WhenABillIsAdjusted("jan", -2_000)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, collected: 6_000)
            .ThenCredit(2_000);

    [Fact]
    public void R05_No_new_debit_for_a_skipped_bill() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenABillIsSkipped("jan")
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Cancelled)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R05_No_new_debit_for_a_blocked_bill() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R08")
            .WhenABillIsAdjusted("jan", 700)
            .ThenDebits(Uncollected)
            .ThenBill("jan", open: 5_700);

    [Fact]
    public void R05_No_new_debit_while_autopay_is_off() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenAutopayGoesOff()
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Cancelled)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R05_A_lower_bill_opens_no_cents_and_so_brings_no_debit_back() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenAPersonCancels(1)
            .WhenABillIsAdjusted("jan", -100)
            .ThenDebits(Cancelled)
            .ThenBill("jan", open: 4_900);

    [Fact]
    public void R05_An_adjustment_below_what_was_paid_becomes_credit_and_is_no_refund()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenABillIsAdjusted("jan", -1_200)
            .ThenBill("jan", open: 0, paid: 3_800)
            .ThenCredit(1_200);
        Assert.DoesNotContain(account.Ledger.Funds, funds => funds.Source == FundsSource.OverCollected);
    }

    [Fact]
    public void R05_An_adjustment_below_what_was_collected_becomes_credit_and_is_on_the_refund_list()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan", -1_200)
            .ThenBill("jan", open: 0, collected: 3_800)
            .ThenCredit(1_200)
            .ThenDebits(Collected);
        var refund = Assert.Single(account.Ledger.Funds);
        Assert.Equal(
            (FundsSource.OverCollected, new Money(1_200), account.Debit(1).Id),
            (refund.Source, refund.Amount, refund.CollectedBy)
        );
    }

    [Fact]
    public void R05_What_was_paid_turns_into_credit_before_what_was_collected() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan", -2_500)
            .ThenBill("jan", open: 0, collected: 2_500)
            .ThenCredit(2_500);

    [Fact]
    public void R05_The_credit_of_an_adjustment_pays_the_next_open_bill() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsAdjusted("jan", -1_200)
            .ThenBill("feb", open: 4_800, paid: 1_200)
            .ThenCredit(0);

    [Fact]
    public void R05_Reversing_a_payment_takes_its_credit_back_first() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 7_000)
            .ThenCredit(2_000)
            .WhenAPaymentIsReversed("p")
            .ThenCredit(0)
            .ThenBill("jan", open: 5_000);

    [Fact]
    public void R05_Reversing_a_payment_reopens_every_bill_that_it_paid() =>
        GivenAnAccount()
            .WhenAPaymentIsPosted("p", 7_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsReversed("p")
            .ThenBill("jan", open: 5_000)
            .ThenBill("feb", open: 6_000)
            .ThenCredit(0);

    [Fact]
    public void R05_What_other_credit_there_is_pays_the_bill_that_a_reversal_reopens() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenAPaymentIsPosted("q", 700)
            .WhenAPaymentIsReversed("p")
            .ThenBill("jan", open: 4_300, paid: 700);

    [Fact]
    public void R05_The_last_payment_becomes_credit_first()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 3_000)
            .WhenAPaymentIsPosted("q", 2_000)
            .WhenABillIsAdjusted("jan", -1_000);
        Assert.Equal([0, 1_000], account.Ledger.Funds.Select(funds => funds.Left.Cents));
    }

    [Fact]
    public void R05_What_was_collected_too_much_names_the_debit_of_several_bills_that_collected_it()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"])
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan-2", -200);
        Assert.Equal(account.Debit(1).Id, Assert.Single(account.Ledger.Funds).CollectedBy);
    }

    [Fact]
    public void R05_A_bill_that_an_adjustment_took_to_zero_can_be_adjusted_again() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", -5_000)
            .WhenABillIsAdjusted("jan", 300)
            .ThenBill("jan", open: 300);

    [Fact]
    public void R05_An_adjustment_counts_once_by_its_id_and_a_reversal_once() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", -500, id: "A")
            .WhenABillIsAdjusted("jan", -500, id: "A")
            .ThenNothingHappened()
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenAPaymentIsReversed("p")
            .WhenAPaymentIsReversed("p")
            .ThenNothingHappened()
            .ThenBill("jan", open: 4_500);

    [Fact]
    public void R05_What_the_books_do_not_have_cannot_be_adjusted_or_reversed() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .ThenRefused<NotYetKnownException>("no bill feb", it => it.WhenABillIsAdjusted("feb", 1))
            .ThenRefused<NotYetKnownException>("no payment p", it => it.WhenAPaymentIsReversed("p"));
}
