using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What a change would do is what it then does, and nothing is saved of it.</summary>
public sealed class PreviewTallyTests
{
    private static readonly DateTimeOffset JanuaryRun = City.ToUtc(Day("2020-01-22"), new TimeOnly(6, 0));

    private static AccountScenario TwoBills() =>
        GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenABillIsImported("feb", 6_000);

    private static AccountScenario Held() => TwoBills().WhenFinanceHolds("jan");

    [Fact]
    public void A_hold_shows_what_it_holds_by_due_date_and_when_the_first_would_have_left()
    {
        var account = TwoBills();
        var before = account.Ledger;

        var preview = Preview(account, Hold("jan", "feb"));

        Assert.Equal((new DebitCount(2, 11_000), 1, JanuaryRun), (preview.Moved, preview.Accounts, preview.FirstDue));
        Assert.Equal(
            [
                new PreviewDay(new CycleNumber(1), Day(Due["jan"]), 1, 5_000),
                new PreviewDay(new CycleNumber(1), Day(Due["feb"]), 1, 6_000),
            ],
            preview.ByDueDate
        );
        Assert.Same(before, account.Ledger);
    }

    [Fact]
    public void What_another_hold_holds_already_is_told_apart()
    {
        var preview = Preview(Held(), Hold("jan", "feb"));

        Assert.Equal((new DebitCount(1, 6_000), new DebitCount(1, 5_000)), (preview.Moved, preview.AlreadyHeld));
    }

    [Fact]
    public void What_is_with_the_bank_is_not_covered_any_more()
    {
        var account = TwoBills().WhenTheRunComesFor("jan").WhenThePreChargeCheckComes().WhenConfirmed();

        var preview = Preview(account, Hold("jan", "feb"));

        Assert.Equal(
            (new DebitCount(1, 6_000), new DebitCount(1, 5_000), default(DebitCount)),
            (preview.Moved, preview.InFlight, preview.AlreadyHeld)
        );
    }

    [Fact]
    public void A_clear_that_needs_a_release_lets_nothing_leave_by_itself()
    {
        Assert.Equal(JanuaryRun, Preview(Held(), Clear()).FirstDue);
        var preview = Preview(
            GivenAnAccount(releases: true).WhenABillIsImported("jan", 5_000).WhenFinanceHolds("jan"),
            Clear()
        );

        Assert.Equal((new DebitCount(1, 5_000), null), (preview.Moved, preview.FirstDue));
    }

    [Fact]
    public void A_clear_shows_what_stays_because_of_something_else()
    {
        var preview = Preview(Held().WhenAPersonSuspends(), Clear());

        Assert.Equal((default, new DebitCount(1, 5_000)), (preview.Moved, preview.AlreadyHeld));
    }

    [Fact]
    public void A_clear_of_a_past_due_date_lets_go_at_once_or_on_the_next_banking_day()
    {
        Assert.Equal(At("2020-02-20", "10:00").Utc, Preview(Held().On("2020-02-20", "10:00"), Clear()).FirstDue);
        Assert.Equal(
            City.ToUtc(Day("2020-02-18"), new TimeOnly(6, 0)),
            Preview(Held().On("2020-02-16", "10:00"), Clear()).FirstDue
        );
    }

    [Fact]
    public void While_charging_is_halted_nothing_leaves() =>
        Assert.Equal(
            (new DebitCount(1, 5_000), null),
            Preview(TwoBills().WhenFinanceHalts(), Hold("jan")) is var it ? (it.Moved, it.FirstDue) : default
        );

    [Fact]
    public void A_merge_and_its_withdrawal_show_the_debit_that_joins_and_leaves_another()
    {
        var merge = Preview(TwoBills(), Declared(DeferralAction.Merge, "jan", "jan"));
        var back = Preview(TwoBills().WhenFinanceMerges("jan", "m"), new DeferralWithdrawn(new DeferralId("m")));

        Assert.Equal(
            (new DebitCount(1, 5_000), new DebitCount(1, 5_000), JanuaryRun),
            (merge.Moved, back.Moved, back.FirstDue)
        );
    }

    [Fact]
    public void A_paid_debit_counts_with_no_cents_and_would_not_have_left()
    {
        var preview = Preview(TwoBills().WhenAPaymentIsPosted("p", 5_000, "jan"), Hold("jan"));

        Assert.Equal((new DebitCount(1, 0), null), (preview.Moved, preview.FirstDue));
    }

    public static TheoryData<string> Changes => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_is_shown_is_what_the_change_then_does(string name)
    {
        foreach (var make in Accounts)
        {
            var account = make();
            var preview = Preview(account, ByName[name]);
            var states = account.Ledger.Debits.ToDictionary(debit => debit.Id, debit => debit.State);

            account.Change(ByName[name]);

            Assert.Equal(account.Ledger.Debits.Count(debit => states[debit.Id] != debit.State), preview.Moved.Debits);
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Sums_show_the_same_of_ordinary_debits_but_no_accounts(string name)
    {
        foreach (var make in Accounts)
        {
            var account = make();
            var exact = Preview(account, ByName[name]);

            var summed = Summed(account, ByName[name]);

            Assert.Equal(exact with { Accounts = null, ByDueDate = [] }, summed with { ByDueDate = [] });
            Assert.Equal(exact.ByDueDate, summed.ByDueDate);
        }
    }

    private static readonly IReadOnlyDictionary<string, ControlChange> ByName = new Dictionary<string, ControlChange>
    {
        ["hold"] = Hold("jan", "feb"),
        ["hold of one"] = Hold("feb"),
        ["clear"] = Clear(),
        ["reopen"] = new BacklogReopened([new CycleNumber(1)]),
        ["withdraw"] = new DeferralWithdrawn(new DeferralId("outage")),
        ["clear of another cycle"] = new BacklogCleared([new CycleNumber(2)], new Dictionary<string, DateOnly>()),
    };

    // Each has a hold "outage", so that every change can be made of it.
    private static readonly IReadOnlyList<Func<AccountScenario>> Accounts =
    [
        Held,
        () => Held().WhenFinanceHolds("feb", "other"),
        () => Held().WhenFinanceClears(1),
        () => Held().WhenFinanceClears(1).WhenFinanceHolds("jan", "other"),
        () => Held().WhenAPaymentIsPosted("p", 2_000, "jan"),
    ];

    private static ChangePreview Preview(AccountScenario account, ControlChange change)
    {
        var tally = Tally(account, change);
        tally.Add(account.Ledger);
        return tally.Preview;
    }

    private static ChangePreview Summed(AccountScenario account, ControlChange change)
    {
        var sums = new SumTally();
        sums.Add(account.Ledger);
        var tally = Tally(account, change);
        sums.Cycles.ToList().ForEach(tally.Add);
        return tally.Preview;
    }

    private static PreviewTally Tally(AccountScenario account, ControlChange change) =>
        new(
            change,
            account.Controls,
            account.Controls.Change(change, new Authority("ann", "why", account.Now.Utc)),
            City,
            account.Now
        );

    private static DeferralDeclared Hold(string from, string? to = null) =>
        Declared(DeferralAction.Hold, from, to ?? from);

    private static DeferralDeclared Declared(DeferralAction action, string from, string to) =>
        new(new DeferralId("new"), [new CycleNumber(1)], Day(Due[from]), Day(Due[to]), action, ExpectedClearBy: null);

    private static BacklogCleared Clear() => new([new CycleNumber(1)], new Dictionary<string, DateOnly>());
}
