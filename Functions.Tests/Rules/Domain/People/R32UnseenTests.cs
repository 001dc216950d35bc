using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R32: nothing waits unseen.</summary>
public sealed class R32UnseenTests
{
    private static void ThenNotCollected(AccountScenario account, params string[] listed) =>
        Assert.Equal(
            listed,
            account
                .Ledger.Worklist()
                .Where(it => it.Kind == WorkKind.NotCollected)
                .Select(it => $"{it.Bill.Id} {it.Bill.Open} {it.Reason}")
        );

    private static AccountScenario GivenTooLateForAutopay() =>
        GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000).On("2020-01-23", "12:00").WhenAutopayGoesOn();

    [Fact]
    public void R32_A_bill_that_was_due_while_autopay_was_off_is_listed_from_the_day_it_is_on()
    {
        var account = GivenTooLateForAutopay().ThenDebits();
        ThenNotCollected(account, "jan 50.00 autopay was off on its due date");
        Assert.Equal(new DateOnly(2020, 1, 23), account.Ledger.Worklist().Single().Since);
    }

    // Halted, so that nothing is satisfied or carried while a cycle goes by.
    [Theory]
    [InlineData(49, true)]
    [InlineData(50, false)]
    [InlineData(0, false)]
    public void R32_Only_what_is_open_and_too_little_is_listed_as_too_little(long open, bool listed) =>
        Assert.Equal(
            listed,
            GivenAnAccount()
                .WhenABillIsImported("jan", 5_000)
                .WhenFinanceHalts()
                .WhenAPaymentIsPosted("p", 5_000 - open)
                .WhenTheRunComes("2020-03-02")
                .Debit(1)
                .NotCollected
                is not null
        );

    [Fact]
    public void R32_Nor_is_what_a_hold_keeps_or_a_later_debit_will_take()
    {
        var held = GivenAnAccount()
            .WhenABillIsImported("jan", 20)
            .WhenFinanceHolds("jan")
            .WhenTheRunComes("2020-03-02");
        Assert.Null(held.Debit(1).NotCollected);
        var later = GivenAnAccount()
            .WhenABillIsImported("jan", 20)
            .WhenABillIsImported("apr", 5_000)
            .WhenFinanceHalts()
            .WhenTheRunComes("2020-03-02");
        Assert.Null(later.Debit(1).NotCollected);
    }

    [Fact]
    public void R32_While_autopay_is_off_nobody_asks_for_it() =>
        ThenNotCollected(GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000).On("2020-01-23", "12:00"));

    [Fact]
    public void R32_It_leaves_the_list_when_it_is_paid_re_armed_or_skipped()
    {
        ThenNotCollected(GivenTooLateForAutopay().WhenAPaymentIsPosted("p", 5_000));
        ThenNotCollected(GivenTooLateForAutopay().WhenABillIsSkipped("jan"));
        var rearmed = GivenTooLateForAutopay().WhenABillIsRearmed("jan").ThenDebits(Scheduled);
        ThenNotCollected(rearmed.WhenTheRunComes("2020-01-24").ThenAsked(1, 5_000));
    }

    [Fact]
    public void R32_Re_arming_a_bill_that_is_being_collected_changes_nothing() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenABillIsRearmed("jan").ThenNothingHappened();

    // One cycle of 28 days after January 22.
    [Theory]
    [InlineData("2020-02-19", false)]
    [InlineData("2020-02-20", true)]
    public void R32_A_remainder_under_50_cents_without_a_later_debit_is_listed_after_one_cycle(string day, bool listed)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 49)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Scheduled)
            .WhenTheRunComes(day);
        ThenNotCollected(
            account,
            listed ? ["jan 0.49 0.49 is under the minimum charge, and there is no later debit to carry it into"] : []
        );
    }

    [Fact]
    public void R32_It_leaves_when_a_later_debit_takes_it() =>
        ThenNotCollected(
            GivenAnAccount()
                .WhenABillIsImported("jan", 49)
                .WhenTheRunComesFor("jan")
                .WhenTheRunComes("2020-02-20")
                .WhenABillIsImported("mar", 5_000)
                .WhenTheRunComes("2020-03-05")
                .ThenDebits(Merged, Scheduled)
        );

    [Theory]
    [InlineData("2020-02-10", false)]
    [InlineData("2020-02-11", true)]
    public void R32_A_merged_debit_without_a_next_bill_is_listed_after_one_cycle_and_somebody_looks_on_that_day(
        string day,
        bool listed
    )
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceMerges("jan").ThenDebits(Deferred);
        Assert.Equal(
            At("2020-02-11", "06:00").Utc,
            NextEvaluation.Of(account.Ledger, account.Controls, City, account.Now, TimeSpan.FromMinutes(2))
        );
        account.WhenTheRunComes(day).ThenDebits(Deferred);
        Assert.Equal(listed, account.Ledger.Worklist().Any());
    }

    [Fact]
    public void R32_It_leaves_when_the_next_bill_comes_or_the_merge_is_withdrawn()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComes("2020-02-11");
        ThenNotCollected(account, "jan 50.00 no next bill to merge into ('late-bills': because of the outage)");
        ThenNotCollected(account.WhenABillIsImported("mar", 6_000).ThenDebits(Merged, Scheduled));

        var withdrawn = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenTheRunComes("2020-02-11")
            .WhenFinanceWithdraws("late-bills");
        ThenNotCollected(withdrawn);
    }

    [Fact]
    public void R32_What_is_held_waits_for_finance_already() =>
        ThenNotCollected(
            GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan").WhenTheRunComes("2020-04-15")
        );

    [Fact]
    public void R32_The_bills_of_a_suspended_account_are_listed_as_that_and_what_no_debit_collects_as_this()
    {
        var account = GivenTooLateForAutopay().WhenABillIsImported("feb", 6_000).WhenAPersonSuspends();
        Assert.Equal(
            [(WorkKind.NotCollected, "jan"), (WorkKind.Suspended, "feb")],
            account.Ledger.Worklist().Select(listed => (listed.Kind, listed.Bill.Id.Value))
        );
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public void R32_The_invariant_looks_at_every_open_bill_of_an_account_with_autopay_on(bool autopay, int looked)
    {
        var account = GivenAnAccount(autopay: autopay)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsSkipped("feb");
        var count = 0;
        Assert.Empty(
            Autopay
                .Domain.Invariants.LedgerInvariants.All.Single(invariant => invariant.Id == "I23")
                .Check(account.Ledger, account.Context(), () => count++)
        );
        Assert.Equal(looked, count);
    }
}
