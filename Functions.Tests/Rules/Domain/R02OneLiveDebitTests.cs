using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R2: a bill has one home and is never asked for more than its charges.</summary>
public sealed class R02OneLiveDebitTests
{
    [Fact]
    public void R02_A_reopened_bill_whose_line_is_live_gets_no_second_one() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenAPaymentIsReversed("p")
            .ThenDebits(Scheduled);

    [Fact]
    public void R02_A_merged_part_keeps_its_line_and_has_no_live_one()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan");
        account.ThenMergedInto(1, 2).ThenLines(1, "jan").ThenLines(2, "jan", "feb");
        Assert.Equal(account.Debit(2), account.Ledger.LiveDebitOf(new BillId("jan")));
    }

    [Fact]
    public void R02_A_part_is_never_charged_by_itself() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("jan")
            .ThenDebits(Merged, Scheduled)
            .WhenTheRunComesFor("feb")
            .ThenDebits(Merged, Submitted)
            .ThenAsked(2, 11_000);

    [Fact]
    public void R02_What_is_in_flight_or_paid_is_not_asked_for_again() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 2_000)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 3_000)
            .WhenAPaymentIsPosted("q", 3_000)
            .WhenEvaluated()
            .ThenDebits(Submitted)
            .ThenBill("jan", open: 3_000, paid: 2_000)
            .TheBankSaysYes()
            .ThenBill("jan", open: 0, paid: 2_000, collected: 3_000)
            .ThenCredit(3_000);

    [Fact]
    public void R02_A_bill_in_review_is_at_home_there() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(NeedsReview)
            .WhenABillIsAdjusted("jan", 100)
            .WhenAutopayGoesOn()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R02_A_bill_whose_debit_has_ended_may_have_a_new_home() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Satisfied)
            .WhenAPaymentIsReversed("p")
            .WhenABillIsRearmed("jan")
            .ThenDebits(Satisfied, Scheduled)
            .ThenLines(2, "jan");
}
