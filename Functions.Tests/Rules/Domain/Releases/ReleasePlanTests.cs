using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The plan of a release: an evaluate that is not saved, and sums that add up.</summary>
public sealed class ReleasePlanTests
{
    [Fact]
    public void Nothing_of_the_account_changes()
    {
        var scenario = Cleared();
        var before = scenario.Ledger;

        Assert.Equal((PlanOutcome.ToBank, 5000), Outcomes(scenario).Single());

        Assert.Same(before, scenario.Ledger);
    }

    [Fact]
    public void What_other_channels_paid_is_not_asked_of_the_bank()
    {
        var line = Cleared(it => it.WhenAPaymentIsPosted("p1", 2000)).Plan().Single();

        Assert.Equal(
            (5000, 2000, 3000, 3000),
            (line.Billed.Cents, line.PaidElsewhere.Cents, line.Open.Cents, line.ToBank.Cents)
        );
        Assert.Equal([PlanFlag.LowerThanBilled], line.Flags);
    }

    [Fact]
    public void What_was_paid_in_full_is_told_before_and_after_it_is_satisfied()
    {
        var scenario = Cleared(it => it.WhenAPaymentIsPosted("p1", 5000));
        scenario.ThenDebits(DebitState.Satisfied);

        Assert.Equal([(PlanOutcome.PaidElsewhere, 0)], Outcomes(scenario));
        Assert.Equal(
            [(PlanOutcome.PaidElsewhere, 0)],
            Outcomes(Held("mar", it => it.WhenAPaymentIsPosted("p1", 5000)))
        );
    }

    [Fact]
    public void What_was_satisfied_before_the_clear_is_no_part_of_the_plan()
    {
        var scenario = Cleared(it => it.WhenAPaymentIsPosted("p1", 5000))
            .On("2020-03-02", "10:00")
            .WhenFinanceReopens()
            .WhenFinanceClears();

        Assert.Empty(scenario.Plan());
    }

    [Fact]
    public void A_remainder_under_the_minimum_waits()
    {
        Assert.Equal([(PlanOutcome.UnderMinimum, 40)], Outcomes(Cleared(it => it.WhenAPaymentIsPosted("p1", 4960))));
        Assert.Equal(
            [(PlanOutcome.UnderMinimum, 40)],
            Outcomes(Cleared(it => it.WhenAPaymentIsPosted("p1", 4960), later: true))
        );
    }

    [Fact]
    public void What_a_person_has_to_decide_is_not_sent()
    {
        var line = Cleared(cap: 4999).Plan().Single();

        Assert.Equal(PlanOutcome.Review, line.Outcome);
        Assert.Contains("over cap", line.Why, StringComparison.Ordinal);
        Assert.Equal(Money.Zero, line.ToBank);
        Assert.Contains(PlanFlag.OverCap, line.Flags);
    }

    [Fact]
    public void What_a_person_will_have_to_decide_on_a_day_to_come_is_for_a_person_now()
    {
        var line = GivenAnAccount(cap: 4_999, releases: true)
            .WhenABillIsImported("mar", 5_000)
            .WhenFinanceHolds("mar")
            .On("2020-02-20", "10:00")
            .WhenFinanceClears()
            .ThenDebits(DebitState.Scheduled)
            .Plan()
            .Single();

        Assert.Equal((PlanOutcome.Review, Money.Zero), (line.Outcome, line.ToBank));
        Assert.Contains("over cap", line.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_hold_or_a_suspension_keeps_waits()
    {
        Assert.Equal([(PlanOutcome.Waits, 5000)], Outcomes(Cleared(it => it.WhenAPersonSuspends())));
        var held = Cleared().WhenFinanceHolds("jan", "again");
        Assert.Equal([(PlanOutcome.Waits, 5000)], Outcomes(held));
    }

    [Fact]
    public void Another_cycles_debits_are_another_plan() => Assert.Empty(Cleared().Plan(cycle: 2));

    [Fact]
    public void A_debit_of_an_ordinary_day_is_in_no_plan() =>
        Assert.Equal(["10-0001-1-0001"], Cleared(later: true).Plan().Select(line => line.Debit.Value));

    [Theory]
    [InlineData(15_000, false)]
    [InlineData(15_001, true)]
    public void More_than_three_times_the_accounts_average_bill_is_unusual(long cents, bool flagged)
    {
        var scenario = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", cents)
            .WhenABillIsImported("feb", 6_000)
            .WhenABillIsImported("mar", 4_000)
            .WhenFinanceHolds("jan")
            .WhenFinanceClears();

        Assert.Equal(flagged, scenario.Plan().Single().Flags.Contains(PlanFlag.Unusual));
    }

    [Fact]
    public void A_plan_says_what_is_new_and_what_has_changed_since_the_last_one()
    {
        var line = Cleared().Plan().Single();

        Assert.Empty(PlanComparison.Compare(line, null).Flags);
        Assert.Equal([PlanFlag.NewSinceLastPlan], Flags(new Dictionary<DebitId, Money>()));
        Assert.Equal([PlanFlag.Changed], Flags(new Dictionary<DebitId, Money> { [line.Debit] = new(4999) }));
        Assert.Empty(Flags(new Dictionary<DebitId, Money> { [line.Debit] = new(5000) }));

        IReadOnlyList<PlanFlag> Flags(Dictionary<DebitId, Money> last) => PlanComparison.Compare(line, last).Flags;
    }

    [Fact]
    public void Back_payments_and_credit_are_told_apart_line_by_line_and_in_the_totals()
    {
        var paid = Cleared(it => it.WhenAPaymentIsPosted("p1", 2000)).Plan().Single();
        var credited = Cleared(it => it.WhenABillIsImported("mar", -1200)).Plan().Single();

        Assert.Equal((2000, 0, 3000), (paid.BackPayments.Cents, paid.Credit.Cents, paid.Open.Cents));
        Assert.Equal((0, 1200, 3800), (credited.BackPayments.Cents, credited.Credit.Cents, credited.Open.Cents));
        var totals = PlanTotals.Of([paid, credited]);
        Assert.Equal(
            (Sum(2, 10_000), Sum(1, 2000), Sum(1, 1200), Sum(2, 6800)),
            (totals.Held, totals.BackPayments, totals.Credit, totals.ToBank)
        );
        Assert.Equal(totals.PaidElsewhere.Cents, totals.BackPayments.Cents + totals.Credit.Cents);
    }

    [Fact]
    public void A_plan_of_another_outage_is_not_compared_with_one_that_was_released()
    {
        var line = Cleared().Plan().Single();
        var gone = line with { Debit = line.Debit with { Sequence = 2 }, Outcome = PlanOutcome.Gone };
        var sent = line with { Debit = line.Debit with { Sequence = 3 }, State = LineState.Sent };

        Assert.Null(PlanComparison.ToCompareWith([line, sent], isHeldSince: true));
        Assert.Equal([line.Debit], PlanComparison.ToCompareWith([line, gone], isHeldSince: true)!.Keys);
        // What was sent in the same outage is what the two plans differ by.
        Assert.Equal([line.Debit, sent.Debit], PlanComparison.ToCompareWith([line, sent], isHeldSince: false)!.Keys);
    }

    [Fact]
    public void What_the_last_plan_had_and_this_one_does_not_have_is_told_with_its_cents()
    {
        var line = Cleared().Plan().Single();
        DebitId other = new(new AccountId("10-0002"), 1, 1);
        Dictionary<DebitId, Money> last = new()
        {
            [line.Debit] = new(5000),
            [other] = new(1234),
            [other with { Sequence = 2 }] = Money.Zero,
        };

        var gone = Assert.Single(PlanComparison.GoneSince(last, [line]));

        Assert.Equal((other, PlanOutcome.Gone, 1234), (gone.Debit, gone.Outcome, (int)gone.LastPlan!.Value.Cents));
        var totals = PlanTotals.Of([line, gone]);
        Assert.Equal((Sum(1, 5000), Sum(1, 5000), Sum(1, 1234)), (totals.Held, totals.ToBank, totals.Gone));
        Assert.Equal(PlanSeal.HashOf("R-1", [line]), PlanSeal.HashOf("R-1", [line, gone]));
    }

    [Theory]
    [InlineData("2020-01-22", null, "2020-02-20")]
    [InlineData("2020-02-22", null, "2020-02-24")]
    [InlineData("2020-01-22", "2020-03-01", "2020-03-02")]
    public void A_line_leaves_with_the_release_and_not_before_its_day_or_its_notice(
        string due,
        string? notice,
        string leaves
    )
    {
        var scenario = Cleared();
        var line = scenario.Plan().Single() with
        {
            DueDate = Day(due),
            NoticeDay = notice is null ? null : Day(notice),
        };

        Assert.Equal(Day(leaves), Release.LeavingDay(line, null, Times(scenario.Now)));
        Assert.Null(Release.LeavingDay(line with { State = LineState.Stopped }, null, Times(scenario.Now)));
        Assert.Null(Release.LeavingDay(line with { Outcome = PlanOutcome.Review }, null, Times(scenario.Now)));
    }

    private static ReleaseTimes Times(Moment now) => new(City, now, new TimeOnly(6, 0));

    [Fact]
    public void The_totals_add_up_to_the_cent()
    {
        var totals = PlanTotals.Of([
            Cleared().Plan().Single(),
            Cleared(it => it.WhenAPaymentIsPosted("p1", 2000)).Plan().Single(),
            Cleared(it => it.WhenAPaymentIsPosted("p1", 5000)).Plan().Single(),
            Cleared(it => it.WhenAPaymentIsPosted("p1", 4960)).Plan().Single(),
            Cleared(cap: 4999).Plan().Single(),
            Cleared(it => it.WhenAPersonSuspends()).Plan().Single(),
        ]);

        Assert.Equal(
            (Sum(6, 30_000), Sum(3, 11_960), Sum(1, 40), Sum(1, 5_000), Sum(1, 5_000), Sum(2, 8_000)),
            (totals.Held, totals.PaidElsewhere, totals.UnderMinimum, totals.Review, totals.Waits, totals.ToBank)
        );
        Assert.Equal(
            totals.Held.Cents,
            totals.PaidElsewhere.Cents
                + totals.UnderMinimum.Cents
                + totals.Review.Cents
                + totals.Waits.Cents
                + totals.ToBank.Cents
        );
        Assert.Equal(1, totals.Flags[PlanFlag.LowerThanBilled]);
    }

    [Fact]
    public void What_was_sent_and_what_leaves_later_is_the_sum_of_all_debits()
    {
        var line = Cleared().Plan().Single() with { State = LineState.Sent, Sent = new Money(2_000) };

        var progress = ReleaseProgress.Of(
            [line with { Later = new Money(3_000) }, line with { Later = new Money(2_500) }, line],
            isLive: true
        );

        Assert.Equal((Sum(3, 6_000), Sum(2, 5_500)), (progress.Sent, progress.Later));
    }

    [Fact]
    public void A_debit_of_exactly_the_daily_limit_has_a_day_of_its_own()
    {
        var small = Cleared().Plan().Single();
        var large = small with
        {
            Debit = new DebitId(small.Debit.Account, 1, 2),
            Bills = [.. small.Bills.Select(bill => bill with { Cents = new Money(8_000) })],
        };

        Assert.Equal([1, 2], PlanSeal.WavesOf([small, large], first: 0, new Money(8_000)).Values);
    }

    [Fact]
    public void Sent_stopped_dropped_and_to_go_are_the_plan()
    {
        var line = Cleared().Plan().Single() with { Wave = 1 };
        PlanLine[] lines =
        [
            line with
            {
                State = LineState.Sent,
                Sent = new Money(4000),
            },
            line with
            {
                State = LineState.Stopped,
            },
            line with
            {
                State = LineState.Dropped,
            },
            line with
            {
                State = LineState.Granted,
            },
            line,
            line with
            {
                Outcome = PlanOutcome.Review,
            },
        ];

        var live = ReleaseProgress.Of(lines, isLive: true);
        Assert.Equal(
            (Sum(1, 4000), Sum(1, 5000), Sum(1, 5000), Sum(2, 10_000)),
            (live.Sent, live.Stopped, live.Dropped, live.ToGo)
        );
        var over = ReleaseProgress.Of(lines, isLive: false);
        Assert.Equal((Sum(3, 15_000), default(PlanSum)), (over.Stopped, over.ToGo));
    }

    [Fact]
    public void A_planned_debit_is_followed_to_its_end()
    {
        var scenario = Cleared();
        var line = scenario.Plan().Single() with { Wave = 1 };
        LineState Now() => ReleasePlanner.Follow(line, scenario.Ledger, "R-1").State;

        Assert.Equal(LineState.Planned, Now());
        scenario.WhenTwoPeopleRelease();
        Assert.Equal(LineState.Granted, Now());
        scenario.WhenThePreChargeCheckComes().WhenConfirmed();
        Assert.Equal((LineState.Sent, 5000), (Now(), ReleasePlanner.Follow(line, scenario.Ledger, "R-1").Sent.Cents));
        scenario.TheBankSaysNo("R03");
        Assert.Equal(LineState.Sent, Now());
        Assert.NotEqual(LineState.Sent, ReleasePlanner.Follow(line, scenario.Ledger, "R-2").State);
    }

    [Fact]
    public void What_a_person_sent_back_stays_stopped_in_its_release()
    {
        var scenario = Held("mar");
        var line = scenario.Plan().Single() with { Wave = 1 };
        scenario.WhenTwoPeopleRelease().WhenABillIsAdjusted("mar", 1).WhenTheRunComes("2020-03-18");
        line = ReleasePlanner.Follow(line, scenario.Ledger, "R-1");
        Assert.Equal(LineState.Stopped, line.State);

        scenario.WhenAPersonApproves(1).WhenEvaluated();

        Assert.Equal(LineState.Stopped, ReleasePlanner.Follow(line, scenario.Ledger, "R-1").State);
    }

    private static PlanSum Sum(int debits, long cents) => new(debits, new Money(cents));

    private static IEnumerable<(PlanOutcome, int)> Outcomes(AccountScenario scenario) =>
        scenario.Plan().Select(line => (line.Outcome, (int)line.Open.Cents));

    // Held in January and cleared in February; the bill of February is an ordinary one.
    private static AccountScenario Cleared(
        Func<AccountScenario, AccountScenario>? before = null,
        long? cap = null,
        bool later = false
    )
    {
        var scenario = GivenAnAccount(cap: cap, releases: true)
            .WhenABillIsImported("jan", 5000)
            .WhenFinanceHolds("jan");
        scenario = later ? scenario.WhenABillIsImported("mar", 3000) : scenario;
        return (before ?? (it => it))(scenario).On("2020-02-20", "10:00").WhenFinanceClears();
    }

    private static AccountScenario Held(string bill, Func<AccountScenario, AccountScenario>? before = null) =>
        (before ?? (it => it))(GivenAnAccount(releases: true).WhenABillIsImported(bill, 5000).WhenFinanceHolds(bill))
            .On("2020-02-20", "10:00")
            .WhenFinanceClears();
}
