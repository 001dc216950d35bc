using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R16: the balances file compares only.</summary>
public sealed class R16BalancesTests
{
    [Fact]
    public void R16_Ours_higher_sends_the_bills_unsent_debit_to_review() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheBalancesFileSays("jan", 3_000)
            .ThenDebit(1, NeedsReview, "30.00 open on bill jan; our books have 50.00")
            .ThenWarned(1);

    [Fact]
    public void R16_A_deferred_debit_too() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenTheBalancesFileSays("jan", 0)
            .ThenDebits(NeedsReview);

    [Fact]
    public void R16_Ours_lower_is_only_listed() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheBalancesFileSays("jan", 6_000)
            .ThenDebits(Scheduled)
            .ThenWarned(1)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000);

    [Fact]
    public void R16_Equal_says_nothing() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheBalancesFileSays("jan", 5_000).ThenNothingHappened();

    [Theory]
    [InlineData(0)]
    [InlineData(9_000)]
    public void R16_It_never_edits_the_ledgers_money(long open) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenTheBalancesFileSays("jan", open)
            .ThenBill("jan", open: 4_000, paid: 1_000)
            .ThenCredit(0);

    [Fact]
    public void R16_A_debit_in_flight_is_only_listed() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .WhenTheBalancesFileSays("jan", 0)
            .ThenDebits(Submitted)
            .ThenWarned(1);

    [Fact]
    public void R16_It_is_the_parent_that_goes_to_review() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceMerges("jan")
            .WhenTheBalancesFileSays("jan", 0)
            .ThenDebits(Merged, NeedsReview);

    [Fact]
    public void R16_Only_that_bills_debit_is_touched() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenTheBalancesFileSays("feb", 0)
            .ThenDebits(Scheduled, NeedsReview);

    [Fact]
    public void R16_The_same_word_again_changes_nothing() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheBalancesFileSays("jan", 3_000)
            .WhenTheBalancesFileSays("jan", 3_000)
            .ThenNothingHappened();

    [Fact]
    public void R16_Two_different_words_flag_the_bill_once() =>
        Assert.Single(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenFinanceHalts()
                .WhenTheBalancesFileSays("jan", 4_000)
                .WhenTheBalancesFileSays("jan", 3_000)
                .ThenWarned(2)
                .Bill("jan")
                .Flags
        );

    [Fact]
    public void R16_Once_approved_it_goes_out() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheBalancesFileSays("jan", 3_000)
            .WhenAPersonApproves(1)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000);

    [Fact]
    public void R16_A_bill_that_we_do_not_have_is_refused() =>
        GivenAnAccount().ThenRefused("no bill jan", it => it.WhenTheBalancesFileSays("jan", 1));
}
