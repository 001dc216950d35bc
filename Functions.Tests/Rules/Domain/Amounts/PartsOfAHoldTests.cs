using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R7, R45, I25: a part inherits what kept back the debit that it was split from.</summary>
public sealed class PartsOfAHoldTests
{
    private static readonly Policies Parts = new() { BillShock = BillShockMode.Split };

    // January (50.00) was held and is merged into February (60.01), which no hold is about. Released on Feb 19, 55.01
    // go and the part of 55.00, of February alone, is due Mar 18.
    private static AccountScenario Cleared() =>
        GivenAnAccount(cap: 7_000, policies: Parts, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .On("2020-02-19", "06:00")
            .WhenFinanceClears(1);

    private static AccountScenario Released() =>
        Cleared().WhenTwoPeopleRelease().WhenThePreChargeCheckComes().WhenConfirmed().TheBankSaysYes();

    private static IReadOnlyList<ScheduledSum> ScheduledOf(AccountScenario account)
    {
        var tally = new SumTally();
        tally.Add(account.Ledger);
        return tally.Cycles.Single().Scheduled;
    }

    [Fact]
    public void R45_Under_its_release_a_part_leaves_on_its_day() =>
        Released().ThenLines(3, "feb:part-2").WhenTheRunComes("2020-03-18").ThenAsked(3, 5_500);

    [Fact]
    public void I25_When_the_release_is_stopped_a_part_whose_own_bill_was_not_held_waits_for_another_one() =>
        Released()
            .WhenTheReleaseIsStopped()
            .WhenTheRunComes("2020-03-18")
            .ThenDebits(Merged, Collected, Scheduled)
            .WhenTwoPeopleRelease("R-2")
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenAsked(3, 5_500);

    [Fact]
    public void R7_When_the_cycle_is_opened_again_the_part_is_held_and_leaves_after_the_next_clear_and_release() =>
        Released()
            .WhenTheReleaseIsStopped()
            .WhenFinanceReopens(1)
            .ThenDebit(3, Deferred, "held by 'outage'")
            .WhenTheRunComes("2020-03-18")
            .ThenDebit(3, Deferred)
            .WhenFinanceClears(1)
            .ThenDebit(3, Scheduled)
            .WhenTheRunComes("2020-03-19")
            .ThenDebit(3, Scheduled)
            .WhenTwoPeopleRelease("R-2")
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .ThenAsked(3, 5_500);

    [Fact]
    public void R42_And_nobody_is_penalised_for_it_meanwhile() =>
        Released()
            .WhenTheReleaseIsStopped()
            .WhenFinanceReopens(1)
            .ThenPenalty("feb", "2020-06-01", PenaltyVerdict.CityHolds);

    [Fact]
    public void I25_What_is_let_go_and_waits_for_its_day_is_in_no_later_plan()
    {
        Assert.NotEmpty(Cleared().Plan());
        Assert.Empty(Released().Plan());
        Assert.Equal([PlanOutcome.ToBank], Released().WhenTheReleaseIsStopped().Plan().Select(line => line.Outcome));
    }

    [Fact]
    public void I25_And_leaves_although_a_later_plan_took_the_place_of_its_own() =>
        Released().WhenTwoPeopleRelease("R-2").WhenTheRunComes("2020-03-18").ThenAsked(3, 5_500);

    [Fact]
    public void I25_A_release_whose_place_was_taken_is_stopped_with_its_cycle()
    {
        var reopened = Released().WhenTwoPeopleRelease("R-2").WhenFinanceReopens(1);
        Assert.False(reopened.Controls.IsLive("R-1"));
        reopened.WhenFinanceClears(1);
        reopened.WhenTheRunComes("2020-03-18").ThenDebit(3, Scheduled);
        Released()
            .WhenTwoPeopleRelease("R-2")
            .WhenTheReleaseIsStopped("R-1")
            .WhenTheRunComes("2020-03-18")
            .ThenDebit(3, Scheduled);
    }

    [Fact]
    public void Sums_count_a_scheduled_debit_once_with_all_due_dates_that_it_is_for()
    {
        DateOnly[] both = [Day("2020-01-22"), Day("2020-02-19")];
        var cleared = Assert.Single(ScheduledOf(Cleared()));
        Assert.Equal((1, 11_001, null), (cleared.Debits, cleared.OpenCents, cleared.Release));
        Assert.Equal(both, cleared.DueDates);
        var part = Assert.Single(ScheduledOf(Released()));
        Assert.Equal((1, 5_500, "R-1"), (part.Debits, part.OpenCents, part.Release));
        Assert.Equal(both, part.DueDates);
    }

    [Fact]
    public void I25_Two_people_read_what_of_the_plan_leaves_in_later_parts()
    {
        var account = Cleared();
        var lines = account.Plan();
        Assert.Equal((1, 5_500), (PlanTotals.LaterOf(lines).Debits, PlanTotals.LaterOf(lines).Cents.Cents));
        var terms = new ReleaseTerms("R-1", new CycleNumber(1), "hash", 1, lines.Sum(line => line.ToBank))
        {
            Later = PlanTotals.LaterOf(lines),
            ClearedAt = account.Controls.ClearedAt(new CycleNumber(1)),
        };
        account.Change(new ApprovalAsked("R-1", new CycleReleased(terms)));
        Assert.Contains(
            "Of these $55.00 leave later: 1 debit goes in parts, a billing cycle apart.",
            account.Controls.Approvals[^1].Shown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_leaves_later_is_not_taken_for_paid_meanwhile()
    {
        var line = Cleared().Plan().Single() with { Wave = 0 };
        var sent = line with { State = LineState.Sent, Sent = new Money(5_501) };
        var paidInPart = sent with { Sent = new Money(10_000) };
        Assert.Equal(5_500, ReleaseProgress.Of([sent], isLive: true).Later.Cents.Cents);
        Assert.Equal(1_001, ReleaseProgress.Of([paidInPart], isLive: true).Later.Cents.Cents);
    }

    [Fact]
    public void I25_A_part_whose_release_was_stopped_costs_no_look_until_something_changes_but_under_newer_controls()
    {
        var stopped = Released().WhenTheReleaseIsStopped().On("2020-03-18", "07:00").WhenEvaluated();
        Assert.Null(stopped.Context().NextEvaluation);

        var released = Released().On("2020-03-18", "07:00");
        var older = new Controls { Policies = released.Controls.Policies, Deferrals = released.Controls.Deferrals };
        Assert.Equal(
            released.Now.Utc,
            NextEvaluation.Of(released.Ledger, older, City, released.Now, TimeSpan.FromMinutes(10))
        );
    }

    [Fact]
    public void A_refund_that_is_asked_for_is_looked_at_at_once()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .Refunded("r1", 1_000);
        Assert.Equal(account.Now.Utc, account.Context().NextEvaluation);
    }

    // Twelve parts of 9.17 and less: when the last one leaves, the first one has left the books.
    [Fact]
    public void R45_The_last_part_leaves_on_its_day_although_the_first_one_is_archived()
    {
        var account = GivenAnAccount(cap: 917, policies: Parts)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001);
        foreach (var number in Enumerable.Range(0, 12))
        {
            account.WhenTheRunComes($"{Day("2020-02-19").AddDays(28 * number):yyyy-MM-dd}").TheBankSaysYes();
        }

        Assert.Contains(account.Archived, debit => debit.Id.Sequence == 2);
        Assert.Equal(11_001, account.Ledger.Bills.Sum(bill => bill.Collected).Cents);
    }
}
