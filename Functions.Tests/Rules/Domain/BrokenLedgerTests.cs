using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Invariants can fail: each breaks on a ledger that a bug might leave, and on no other.</summary>
public sealed class BrokenLedgerTests
{
    private static AccountScenario Merged =>
        GivenAnAccount()
            .WhenABillIsImported("feb", 5_000)
            .WhenABillIsImported("mar", 7_000)
            .WhenFinanceMerges("feb")
            .ThenMergedInto(1, 2);

    private static AccountScenario Held =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan").ThenDebits(DebitState.Deferred);

    private static AccountScenario Submitted =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan").ThenDebits(DebitState.Submitted);

    private static AccountScenario GivenBack =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .WhenABillIsAdjusted("jan", -1_000);

    [Fact]
    public void I4_a_parent_that_lost_a_line_of_its_part_is_broken() =>
        ThenBroken(
            "I4",
            Merged,
            2,
            parent => parent with { Lines = [.. parent.Lines.Where(line => line.Bill.Value != "feb")] }
        );

    [Fact]
    public void I4_a_parent_that_has_a_line_of_its_part_twice_is_broken() =>
        ThenBroken("I4", Merged, 2, parent => parent with { Lines = [.. parent.Lines, parent.Lines[^1]] });

    [Fact]
    public void I4_a_parent_whose_line_forgot_where_it_came_from_is_broken() =>
        ThenBroken(
            "I4",
            Merged,
            2,
            parent => parent with { Lines = [.. parent.Lines.Select(line => line with { Trail = [] })] }
        );

    [Fact]
    public void I4_a_part_that_went_back_without_its_line_is_broken() =>
        ThenBroken("I4", Merged, 1, part => part with { State = DebitState.Scheduled, MergedInto = null, Lines = [] });

    [Fact]
    public void I4_a_line_that_somebody_skipped_inside_its_parent_is_in_order() =>
        ThenHolds(Merged.WhenABillIsSkipped("feb").WhenABillIsRearmed("feb"));

    [Fact]
    public void What_names_a_bill_that_is_not_there_is_a_bug_and_says_so()
    {
        var (ledger, bill) = (Held.Ledger with { Bills = [] }, new BillId("jan"));
        Assert.Throws<InvalidOperationException>(() => ledger.BillsOf(ledger.Debits[0]).ToList());
        Assert.Throws<InvalidOperationException>(() => ledger.Apply(new BillSkipped(bill, "a bug")));
    }

    [Fact]
    public void I5_a_deferred_debit_that_nothing_defers_is_broken_whatever_its_reason() =>
        ThenBroken(
            "I5",
            GivenAnAccount().WhenABillIsImported("jan", 5_000),
            1,
            debit => debit with { State = DebitState.Deferred, Reason = "held by 'somebody'" }
        );

    [Fact]
    public void I5_a_debit_that_a_cleared_hold_still_defers_is_broken_once_the_controls_are_seen()
    {
        var held = Held;
        var cleared = held.Context() with
        {
            Controls = held.Controls.Change(
                new BacklogCleared([new CycleNumber(1)], new Dictionary<string, DateOnly>()),
                new Authority("finance", "test", held.Now.Utc)
            ),
        };

        Assert.Equal(["I5"], BrokenIn(held.Ledger, cleared));
        Assert.Empty(BrokenIn(held.Ledger, cleared with { ControlsSeen = false }));
    }

    [Fact]
    public void I5_the_look_of_another_debit_is_no_next_action()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenABillIsImported("mar", 7_000);

        Assert.Equal(
            ["I5"],
            BrokenIn(
                account.Ledger,
                account.Context() with
                {
                    NextEvaluation = City.ToUtc(Day("2020-03-18"), new TimeOnly(6, 0)),
                }
            )
        );
        Assert.Equal(["I5"], BrokenIn(account.Ledger, account.Context() with { NextEvaluation = null }));
    }

    [Fact]
    public void I5_a_refund_that_nobody_asks_for_is_broken()
    {
        var account = GivenBack.Refunded("r1", 500);

        Assert.Equal(["I5"], BrokenIn(account.Ledger, account.Context() with { NextEvaluation = null }));
    }

    [Fact]
    public void I5_an_open_bill_that_fell_out_of_its_debit_is_broken()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenABillIsImported("mar", 7_000);
        ThenBroken(
            "I5",
            account,
            2,
            debit => debit with { State = DebitState.Cancelled, ClosedOn = account.Now.Today }
        );
    }

    [Fact]
    public void I5_a_bill_of_a_time_without_autopay_may_be_in_no_debit() =>
        ThenHolds(
            GivenAnAccount(autopay: false)
                .WhenABillIsImported("jan", 5_000)
                .On("2020-02-01")
                .WhenAutopayGoesOn()
                .ThenDebits()
                .WhenABillIsImported("feb", 100)
        );

    [Fact]
    public void I8_an_attempt_over_the_cap_of_its_time_is_broken() =>
        ThenBroken(
            "I8",
            Submitted,
            history => history with { Enrolment = Capped(history, 4_999) },
            capFromTheBeginning: 4_999
        );

    [Fact]
    public void I8_a_cap_that_was_lowered_since_and_one_that_was_waived_are_in_order()
    {
        ThenHolds(Submitted.WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(4_000) }));
        ThenHolds(
            GivenAnAccount(cap: 4_000)
                .WhenABillIsImported("jan", 5_000)
                .WhenTheRunComesFor("jan")
                .WhenAPersonApproves(1)
                .WhenEvaluated()
                .WhenThePreChargeCheckComes()
                .WhenConfirmed()
                .ThenDebits(DebitState.Submitted)
        );
    }

    [Fact]
    public void I22_more_in_flight_than_its_charges_is_broken_although_the_account_was_adjusted_once()
    {
        var account = Submitted.WhenABillIsAdjusted("jan", -1_000);
        ThenHolds(account);

        var broken = BrokenIn(
            account.Ledger with
            {
                Bills = [.. account.Ledger.Bills.Select(bill => bill with { Adjustments = new Money(-1_001) })],
            },
            account.Context()
        );

        Assert.Equal(["I22"], broken);
    }

    [Fact]
    public void I3_credit_that_shows_more_given_back_than_refunds_took_is_broken()
    {
        var account = GivenBack.Refunded("r1", 500);
        ThenHolds(account);

        var broken = BrokenIn(
            account.Ledger with
            {
                Funds = [.. account.Ledger.Funds.Select(funds => funds with { Refunded = new Money(499) })],
            },
            account.Context()
        );

        Assert.Equal(["I3"], broken);
    }

    private static void ThenHolds(AccountScenario account) => Assert.Empty(BrokenIn(account.Ledger, account.Context()));

    private static void ThenBroken(string id, AccountScenario account, int debit, Func<Debit, Debit> bug) =>
        Assert.Contains(
            id,
            BrokenIn(
                account.Ledger with
                {
                    Debits = [.. account.Ledger.Debits.Select(it => it.Id == account.Debit(debit).Id ? bug(it) : it)],
                },
                account.Context()
            )
        );

    private static void ThenBroken(
        string id,
        AccountScenario account,
        Func<AccountLedger, AccountLedger> bug,
        long capFromTheBeginning
    )
    {
        var context = account.Context();
        var history = context.History!.Select(happened =>
            happened is AccountEnrolled e
                ? e with
                {
                    Enrolment = e.Enrolment with { MaxDebit = new Money(capFromTheBeginning) },
                }
                : happened
        );
        Assert.Equal([id], BrokenIn(bug(account.Ledger), context with { History = [.. history] }));
    }

    private static Enrolment Capped(AccountLedger ledger, long cents) =>
        ledger.Enrolment! with
        {
            MaxDebit = new Money(cents),
        };

    private static IReadOnlyList<string> BrokenIn(AccountLedger ledger, InvariantContext context) =>
        [
            .. LedgerInvariants
                .All.Where(invariant => invariant.Check(ledger, context, () => { }).Any())
                .Select(invariant => invariant.Id),
        ];
}
