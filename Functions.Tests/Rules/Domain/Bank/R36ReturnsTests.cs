using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R36: a bank that keeps saying no.</summary>
public sealed class R36ReturnsTests
{
    private static readonly Policies Three = new()
    {
        MaxReturnsPerYear = 3,
        MaxRetries = 0,
        PreviousBalance = PreviousBalancePolicy.Off,
    };

    // One "no" for each due date, a month or more apart.
    private static AccountScenario GivenNos(string code, params string[] due) =>
        due.Aggregate(GivenAnAccount(policies: Three), (account, day) => WhenABillIsRefused(account, day, code));

    private static AccountScenario WhenABillIsRefused(AccountScenario account, string day, string code) =>
        account.WhenABillIsImported($"b{day}", 5_000, due: day).WhenTheRunComes(day).TheBankSaysNo(code);

    [Theory]
    [InlineData("R01")]
    [InlineData("R08")]
    [InlineData("card_declined")]
    public void R36_The_third_debit_that_comes_back_within_a_year_suspends(string code)
    {
        Assert.Null(GivenNos(code, "2020-01-22", "2020-02-19").Ledger.Suspension);
        var suspension = GivenNos(code, "2020-01-22", "2020-02-19", "2020-03-18").Ledger.Suspension!;
        Assert.Equal((SuspensionKind.Returns, "returned 3 times in 12 months"), (suspension.Kind, suspension.Reason));
    }

    [Theory]
    [InlineData("2021-01-21", true)]
    [InlineData("2021-01-22", false)]
    public void R36_A_year_is_a_year(string third, bool suspends)
    {
        var account = GivenNos("R08", "2020-01-22", "2020-02-19").On("2021-01-15");
        Assert.Equal(suspends, WhenABillIsRefused(account, third, "R08").Ledger.Suspension is not null);
    }

    [Fact]
    public void R36_The_attempts_of_one_debit_count_once()
    {
        var account = GivenAnAccount(policies: Three with { MaxRetries = 2 })
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-25")
            .On("2020-03-02", "05:00")
            .TheBankSaysNo("R01")
            .ThenDebits(Uncollected);
        Assert.Null(account.Ledger.Suspension);
        Assert.Single(account.Ledger.ReturnedDebits);
    }

    [Fact]
    public void R36_What_comes_back_after_it_was_collected_counts_too()
    {
        var account = GivenNos("R08", "2020-01-22", "2020-02-19")
            .WhenABillIsImported("mar", 5_000)
            .WhenTheRunComesFor("mar")
            .TheBankSaysYes()
            .MoneyComesBack(3, 5_000, endsMandate: false);
        Assert.Equal(SuspensionKind.Returns, account.Ledger.Suspension!.Kind);
    }

    [Fact]
    public void R36_A_customer_who_must_act_is_no_bank_that_says_no() =>
        Assert.Empty(
            GivenAnAccount(policies: Three)
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .TheProviderSays(1, IntentStatus.RequiresAction)
                .Ledger.ReturnedDebits
        );

    [Fact]
    public void R36_Only_a_person_lifts_it_and_the_next_one_that_comes_back_asks_again()
    {
        var account = GivenNos("R08", "2020-01-22", "2020-02-19", "2020-03-18")
            .WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" });
        Assert.NotNull(account.Ledger.Suspension);
        Assert.Null(
            account
                .WhenAPersonLiftsTheSuspension()
                .WhenABillIsImported("apr", 5_000)
                .WhenTheRunComesFor("apr")
                .Ledger.Suspension
        );
        Assert.Equal("returned 4 times in 12 months", account.TheBankSaysNo("R08").Ledger.Suspension!.Reason);
    }

    [Fact]
    public void R36_Another_attempt_of_a_debit_that_has_counted_does_not_ask_again()
    {
        var account = GivenAnAccount(policies: Three with { MaxReturnsPerYear = 1, MaxRetries = 2 })
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01");
        Assert.Equal("returned 1 times in 12 months", account.Ledger.Suspension!.Reason);
        Assert.Null(
            account.WhenAPersonLiftsTheSuspension().WhenTheRunComes("2020-02-04").TheBankSaysNo("R01").Ledger.Suspension
        );
    }

    [Fact]
    public void R36_A_debit_that_is_archived_still_counts()
    {
        var account = GivenNos("R08", "2020-01-22", "2020-02-19");
        foreach (var number in Enumerable.Range(1, 4))
        {
            account
                .WhenABillIsImported($"paid-{number}", 1_000 + number, due: $"2020-03-0{number}")
                .WhenAPaymentIsPosted($"p-{number}", 1_000 + number, $"paid-{number}");
        }

        account.WhenTheRunComes("2020-03-18").WhenTheRunComes("2020-09-15");
        Assert.Equal(6, account.Archived.Count);
        Assert.NotNull(WhenABillIsRefused(account, "2020-10-14", "R08").Ledger.Suspension);
    }

    [Fact]
    public void R36_The_suspension_of_a_dead_payment_method_becomes_this_one_and_a_freeze_stays_a_freeze()
    {
        Assert.Equal(
            SuspensionKind.Returns,
            WhenABillIsRefused(GivenNos("R08", "2020-01-22", "2020-02-19"), "2020-03-18", "R02").Ledger.Suspension!.Kind
        );
        Assert.Equal(
            SuspensionKind.Frozen,
            WhenABillIsRefused(GivenNos("R08", "2020-01-22", "2020-02-19"), "2020-03-18", "R10").Ledger.Suspension!.Kind
        );
    }

    [Fact]
    public void R36_Without_a_limit_nothing_is_suspended() =>
        Assert.Null(
            new[] { "2020-01-22", "2020-02-19", "2020-03-18" }
                .Aggregate(
                    GivenAnAccount(policies: Three with { MaxReturnsPerYear = 0 }),
                    (it, day) => WhenABillIsRefused(it, day, "R08")
                )
                .Ledger.Suspension
        );
}
