using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What a customer is told of the money: what was returned, what was given back, what was left out.</summary>
public sealed class ExplainedSumsTests
{
    private static AccountScenario GivenJanuary(long cents = 9_640) =>
        GivenAnAccount().WhenABillIsImported("jan", cents, previous: 0);

    [Fact]
    public void What_a_bank_took_back_is_told_with_its_own_code_and_day()
    {
        var account = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsImported("feb", 5_000, previous: 0)
            .On("2020-02-03")
            .MoneyComesBack(1, 9_640, code: "R10");

        Assert.Equal(("R10", Day("2020-02-03")), (account.Explain(1).Code, account.Explain(1).ReturnedOn));
        Assert.Null(account.Explain(2).Code);
        Assert.Null(account.Explain(2).ReturnedOn);
    }

    // The day is in the history alone, and no sentence may make one up.
    [Fact]
    public void Without_a_whole_history_nobody_knows_when_an_archived_debit_was_returned()
    {
        var account = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2021-12-15")
            .WhenEvaluated()
            .ThenDebits()
            .MoneyComesBack(1, 9_640);
        Assert.Equal(Day("2021-12-15"), account.Explain(1).ReturnedOn);

        var told = Explain.Debit(
            account.Archived[0].Id,
            account.Past with
            {
                History = [],
            },
            account.Controls,
            City,
            account.Now
        )!;

        Assert.Equal((9_640, null), (told.Returned.Cents, told.ReturnedOn));
    }

    [Fact]
    public void What_a_bank_took_back_is_told_whole_also_where_part_of_it_had_been_given_back()
    {
        var account = GivenJanuary()
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .Refunded("r-1", 4_000)
            .RefundIs(1, RefundState.Paid)
            .On("2020-02-03")
            .MoneyComesBack(1, 9_640);

        Assert.Equal(9_640, account.Explain(1).Returned.Cents);
        Assert.Equal(4_000, account.Debit(1).Lost.Cents);
    }

    [Fact]
    public void A_merged_bill_does_not_claim_what_was_returned_of_the_whole_debit()
    {
        var account = GivenJanuary(5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes();
        account
            .Do(
                new RequestRefund(account.Debit(2).Id, "r-1", RefundKind.Refund, new Money(1_000), "wrong", account.Now)
            )
            .MoneyComesBack(2, 3_000);

        Assert.Equal((1, 3_000), (account.Explain(2).Refunds.Count, account.Explain(2).Returned.Cents));
        Assert.Equal((0, 0), (account.Explain(1).Refunds.Count, account.Explain(1).Returned.Cents));
    }

    [Fact]
    public void Why_a_person_looks_at_it_is_told_only_as_long_as_one_does()
    {
        var account = GivenAnAccount(cap: 5_000)
            .WhenABillIsImported("jan", 9_640, previous: 0)
            .WhenTheRunComesFor("jan");
        Assert.NotEmpty(account.Explain(1).Reviews);
        Assert.Empty(account.WhenAPersonApproves(1).Explain(1).Reviews);
    }

    [Theory]
    [InlineData(49, DebitStory.TooLittle)]
    [InlineData(50, DebitStory.ToCome)]
    public void Fifty_cents_are_enough_for_a_debit(long cents, DebitStory expected) =>
        Assert.Equal(expected, GivenJanuary(cents).Explain(1).Story);

    [Fact]
    public void A_debit_that_the_bank_never_paid_is_told_as_returned()
    {
        Assert.Equal(
            DebitOutcome.Returned,
            GivenJanuary().WhenTheRunComesFor("jan").TheBankSaysNo("R02").Explain(1).Outcome
        );
        Assert.Equal(
            DebitOutcome.Returned,
            GivenJanuary()
                .WhenTheRunComesFor("jan")
                .TheBankSaysNo("R01")
                .WhenAPaymentIsPosted("P-1", 4_000)
                .Explain(1)
                .Outcome
        );
    }

    [Fact]
    public void A_bill_that_was_taken_out_is_told_under_its_own_debit_alone_and_not_when_it_is_back()
    {
        var account = GivenJanuary(5_000)
            .WhenABillIsImported("feb", 6_000, previous: 0)
            .WhenABillIsImported("mar", 7_000, previous: 0)
            .WhenFinanceMerges("jan")
            .WhenABillIsSkipped("jan");

        Assert.Equal([new TakenOut(new BillId("jan"), Day(Due["jan"]))], account.Explain(2).TakenOut);
        Assert.Empty(account.Explain(3).TakenOut);
    }

    [Theory]
    [InlineData(IntentStatus.Dead)]
    [InlineData(IntentStatus.RequiresAction)]
    public void A_debit_that_ended_without_the_bank_is_told_as_it_was_then(IntentStatus ofAnotherDebit)
    {
        var account = GivenJanuary()
            .WhenABillIsImported("feb", 5_000, previous: 0)
            .WhenAPaymentIsPosted("P-1", 9_640, bill: "jan")
            .WhenTheRunComesFor("jan")
            .On("2020-01-24")
            .WhenABillIsAdjusted("jan", 700)
            .WhenTheRunComesFor("feb")
            .TheBankSays(ofAnotherDebit, "R02");
        Assert.Equal((9_640, 9_640, 0), Figures(Assert.Single(account.Explain(1).Bills)));

        var cancelled = GivenAnAccount(cap: 5_000)
            .WhenABillIsImported("jan", 9_640, previous: 0)
            .WhenTheRunComesFor("jan")
            .WhenAPersonCancels(1)
            .WhenAPaymentIsPosted("P-1", 9_640, bill: "jan");
        Assert.Equal((9_640, 0, 9_640), Figures(Assert.Single(cancelled.Explain(1).Bills)));
    }

    [Fact]
    public void Credit_that_a_bill_gave_while_it_was_below_zero_is_owed_again()
    {
        // February has used it by the time that January's correction is taken back.
        var account = GivenJanuary(5_000)
            .WhenABillIsAdjusted("jan", -6_000)
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsAdjusted("jan", 3_000);

        var sum = Assert.Single(account.Explain(1).Bills);
        Assert.Equal(
            (5_000, -3_000, 1_000, 0, 0),
            (sum.Charges.Cents, sum.Adjustments.Cents, sum.CreditGiven.Cents, sum.Moved.Cents, sum.Difference.Cents)
        );
    }

    [Fact]
    public void Without_a_whole_history_the_bills_of_today_are_told()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000)
            .WhenTheRunComesFor("feb");

        var told = Explain.Debit(
            account.Debit(2).Id,
            account.Past with
            {
                History = [],
            },
            account.Controls,
            City,
            account.Now
        )!;

        Assert.Equal([(5_000L, 0L, 5_000L), (6_000L, 0L, 6_000L)], told.Bills.Select(Figures));
        Assert.Equal([Day(Due["jan"])], Merged(told).Bills);
    }

    private static (long Charges, long Paid, long Takes) Figures(BillSum sum) =>
        (sum.Charges.Cents, sum.Payments.Sum(payment => payment.Cents).Cents, sum.Takes.Cents);

    private static DayReason Merged(Explanation told) =>
        told.WhyThisDay.Single(reason => reason.Kind == DayReasonKind.Merged);
}
