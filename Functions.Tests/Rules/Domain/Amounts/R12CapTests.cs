using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R12: the customer's cap.</summary>
public sealed class R12CapTests
{
    [Theory]
    [InlineData(5_000, Submitted)]
    [InlineData(5_001, NeedsReview)]
    public void R12_Strictly_over_the_cap_needs_review(long cents, DebitState state) =>
        GivenAnAccount(cap: 5_000).WhenABillIsImported("jan", cents).WhenTheRunComesFor("jan").ThenDebits(state);

    [Fact]
    public void R12_It_says_over_cap() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebit(1, NeedsReview, "over cap");

    [Fact]
    public void R12_Without_a_cap_nothing_is_asked() =>
        GivenAnAccount().WhenABillIsImported("jan", 9_999_999).WhenTheRunComesFor("jan").ThenDebits(Submitted);

    [Fact]
    public void R12_The_cap_is_per_debit_so_merged_bills_count_together() =>
        GivenAnAccount(cap: 9_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComesFor("feb")
            .ThenDebits(Merged, NeedsReview);

    [Fact]
    public void R12_It_is_what_is_open_that_counts() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p", 1_000)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted);

    [Fact]
    public void R12_It_is_asked_when_the_debit_is_due_not_before() =>
        GivenAnAccount(cap: 4_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComes("2020-01-21")
            .ThenDebits(Scheduled);

    [Fact]
    public void R12_A_retry_is_not_asked_again() =>
        GivenAnAccount(cap: 5_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(1_000) })
            .WhenTheRunComes("2020-02-04")
            .ThenDebits(Submitted)
            .ThenAsked(1, 5_000, attempt: 2);

    [Fact]
    public void R12_A_cap_lowered_before_the_pre_charge_check_sends_the_debit_back_and_then_to_review() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(1_000) })
            .WhenThePreChargeCheckComes()
            .ThenDebits(Scheduled)
            .WhenEvaluated()
            .ThenDebits(NeedsReview);

    [Fact]
    public void R12_A_cap_that_was_lowered_since_asks_nobody_about_a_retry() =>
        GivenAnAccount(cap: 6_000)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(1_000) })
            .WhenTheRunComes("2020-02-04")
            .ThenAsked(1, 5_000, attempt: 2);
}
