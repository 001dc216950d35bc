using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Finance's list (R4, R16, R19, R20, R21): what is on it, since when, and what takes it off.</summary>
public sealed class WorklistTests
{
    private static AccountScenario GivenANo(string code) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo(code);

    [Fact]
    public void An_account_in_order_has_nothing_on_it() =>
        Assert.Empty(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenABillIsImported("feb", 6_000)
                .WhenTheRunComesFor("jan")
                .TheBankSaysYes()
                .Ledger.Worklist()
        );

    [Theory]
    [InlineData("R08")]
    [InlineData("R11")]
    [InlineData("R02")]
    public void R19_A_bill_that_was_not_collected_is_on_it_since_that_day(string code) =>
        ThenListed(GivenANo(code), "blocked jan 50.00 2020-01-28");

    [Fact]
    public void R20_So_is_one_that_came_back()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2020-03-02")
            .MoneyComesBack(1, 5_000);
        ThenListed(account, "blocked jan 50.00 2020-03-02");
    }

    [Fact]
    public void R21_So_is_one_whose_customer_must_act() =>
        ThenListed(
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .TheProviderSays(1, IntentStatus.RequiresAction),
            "blocked jan 50.00 2020-01-22"
        );

    [Fact]
    public void R25_So_is_one_that_a_person_refused_in_review()
    {
        var account = GivenAnAccount(cap: 100)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-23")
            .WhenAPersonCancels(1);
        ThenListed(account, "blocked jan 50.00 2020-01-23");
    }

    [Fact]
    public void It_stays_with_its_day_when_its_debit_was_archived_long_ago()
    {
        var account = GivenANo("R08").WhenTheRunComes("2021-09-15").WhenABillIsAdjusted("jan", 100);

        Assert.Single(account.Archived);
        ThenListed(account, "blocked jan 51.00 2020-01-28");
    }

    [Fact]
    public void It_stays_with_the_day_on_which_it_was_first_blocked()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2020-01-28")
            .Refunded("r1", 1_000)
            .RefundIs(1, RefundState.Paid)
            .On("2020-02-10")
            .MoneyComesBack(1, 4_000, endsMandate: false);
        ThenListed(account, "blocked jan 50.00 2020-01-28");
    }

    [Fact]
    public void It_leaves_when_it_is_paid_skipped_or_re_armed_and_comes_again_with_a_new_day()
    {
        ThenListed(GivenANo("R08").WhenAPaymentIsPosted("p", 1_000), "blocked jan 40.00 2020-01-28");
        Assert.Empty(GivenANo("R08").WhenAPaymentIsPosted("p", 5_000).Ledger.Worklist());
        Assert.Empty(GivenANo("R08").WhenABillIsSkipped("jan").Ledger.Worklist());

        var rearmed = GivenANo("R11").WhenABillIsRearmed("jan");
        Assert.Empty(rearmed.Ledger.Worklist());
        ThenListed(
            rearmed.WhenTheRunComes("2020-01-29").On("2020-02-04").TheBankSaysNo("R08"),
            "blocked jan 50.00 2020-02-04"
        );
    }

    [Fact]
    public void R19_The_other_open_bills_of_a_suspended_account_are_on_it_too()
    {
        var account = GivenANo("R02").WhenABillIsImported("feb", 6_000);
        ThenListed(account, "blocked jan 50.00 2020-01-28", "suspended feb 60.00 2020-01-28");

        ThenListed(account.WhenAPersonLiftsTheSuspension(), "blocked jan 50.00 2020-01-28");
        Assert.Empty(
            GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000).WhenAPersonSuspends().Ledger.Worklist()
        );
    }

    [Fact]
    public void R16_What_the_billing_system_says_is_on_it_with_the_last_word_until_finance_has_looked()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2020-02-03")
            .WhenTheBalancesFileSays("jan", 5_000)
            .On("2020-02-10")
            .WhenTheBalancesFileSays("jan", 4_000);
        ThenListed(account, "warning jan 0.00 2020-02-03");
        Assert.Contains("40.00", account.Ledger.Worklist().Single().Reason, StringComparison.Ordinal);

        Assert.Empty(
            account
                .Do(new DismissWarnings(new BillId("jan"), "The payment was posted late", account.Now))
                .Ledger.Worklist()
        );
        account.Do(new DismissWarnings(new BillId("jan"), "Again", account.Now)).ThenNothingHappened();
        ThenListed(account.On("2020-02-17").WhenTheBalancesFileSays("jan", 4_000), "warning jan 0.00 2020-02-17");
    }

    [Fact]
    public void R04_So_is_a_previous_balance_that_differs() =>
        ThenListed(GivenAnAccount().WhenABillIsImported("jan", 5_000, previous: 700), "warning jan 50.00 2020-01-13");

    private static void ThenListed(AccountScenario account, params string[] bills)
    {
        Assert.NotEmpty(account.Ledger.Worklist());
        Assert.Equal(
            bills,
            account
                .Ledger.Worklist()
                .Select(it =>
                    $"{it.Kind.ToString().ToLowerInvariant()} {it.Bill.Id} {it.Bill.Open} {it.Since:yyyy-MM-dd}"
                )
        );
    }
}
