using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Releases;

/// <summary>What comes together: a retry and a correction, two releases, a halt and a weekend, a withdrawal.</summary>
public sealed class ReleaseCombinationTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly DeferralId Outage = new("outage");
    private static readonly DateTimeOffset Monday = new(2020, 1, 20, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_left_of_a_refused_retry_asks_nobody_again() =>
        RefusedOnce()
            .WhenAPaymentIsPosted("p1", 2000)
            .ThenDebits(Superseded, Scheduled)
            .WhenTheRunComes("2020-03-05")
            .ThenAsked(2, 3000);

    [Fact]
    public void More_than_two_people_let_go_waits_for_another_release_also_after_a_refused_retry() =>
        RefusedOnce()
            .WhenABillIsAdjusted("jan", 700)
            .ThenDebits(Superseded, Scheduled)
            .WhenTheRunComes("2020-03-05")
            .ThenDebits(Superseded, Scheduled)
            .WhenTwoPeopleRelease("R-2")
            .ThenAsked(2, 5700);

    [Fact]
    public void Less_and_then_all_of_it_again_is_no_more_than_was_let_go() =>
        RefusedOnce()
            .WhenAPaymentIsPosted("p1", 2000)
            .WhenAPaymentIsReversed("p1")
            .WhenTheRunComes("2020-03-05")
            .ThenAsked(2, 5000);

    [Fact]
    public void What_waits_after_a_refused_retry_is_counted_among_what_waits_for_a_release()
    {
        Assert.Equal([new Money(5700)], Waiting(RefusedOnce().WhenABillIsAdjusted("jan", 700)));
        Assert.Empty(Waiting(RefusedOnce().WhenAPaymentIsPosted("p1", 2000)));

        static IEnumerable<Money> Waiting(AccountScenario scenario)
        {
            var tally = new ScheduledTally();
            scenario.Ledger.Debits.ToList().ForEach(debit => tally.Add(scenario.Ledger, debit));
            return tally.Of(new CycleNumber(scenario.Cycle)).Select(sum => new Money(sum.OpenCents));
        }
    }

    [Fact]
    public void I25_more_than_was_let_go_after_a_refused_retry_is_found()
    {
        var scenario = RefusedOnce()
            .WhenABillIsAdjusted("jan", 700)
            .WhenTheRunComes("2020-03-05")
            .WhenTwoPeopleRelease("R-2")
            .WhenThePreChargeCheckComes()
            .WhenConfirmed();
        Assert.Empty(WrongIn(scenario.Ledger));

        var debit = scenario.Debit(2);
        var alone = debit with { Attempts = [.. debit.Attempts.Select(attempt => attempt with { Grant = null })] };

        Assert.EndsWith(
            "was sent although it was held and no release has it",
            Assert.Single(WrongIn(scenario.Ledger with { Debits = [scenario.Debit(1), alone] })),
            StringComparison.Ordinal
        );

        IEnumerable<string> WrongIn(AccountLedger ledger) =>
            LedgerInvariants.All.Single(it => it.Id == "I25").Check(ledger, scenario.Context(), () => { });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("R01")]
    [InlineData("R03")]
    public void What_went_under_one_release_is_not_still_to_go_under_another(string? answer)
    {
        var scenario = Cleared();
        var line = scenario.Plan().Single() with { Wave = 1 };
        scenario.WhenTwoPeopleRelease().WhenThePreChargeCheckComes().WhenConfirmed();
        scenario = answer is null ? scenario : scenario.TheBankSaysNo(answer);

        Assert.Equal(LineState.Dropped, ReleasePlanner.Follow(line, scenario.Ledger, "R-2").State);
        Assert.Equal(LineState.Sent, ReleasePlanner.Follow(line, scenario.Ledger, "R-1").State);
    }

    // Wave 1 has Friday the 21st. Halted that morning until Saturday, what is left of it leaves on Monday.
    [Theory]
    [InlineData("2020-02-21 10:00", "2020-02-22 12:00", "2020-02-24", 1)]
    [InlineData("2020-02-21 10:00", "2020-02-22 12:00", "2020-02-25", 2)]
    [InlineData("2020-02-22 09:00", "2020-02-22 12:00", "2020-02-24", 2)]
    [InlineData("2020-02-21 10:00", "2020-02-21 12:00", "2020-02-24", 2)]
    public void The_day_on_which_a_halt_lets_the_last_wave_go_on_has_no_wave_of_its_own(
        string from,
        string to,
        string day,
        int wave
    )
    {
        var approved = new Authority("city|bob", "read it", At("2020-02-20", "10:00").Utc);
        var terms = new ReleaseTerms("R-1", One, "h", 9, new Money(900))
        {
            First = 5,
            LastWave = 4,
            GoOn = Day("2020-02-21"),
            StartAt = approved.At,
        };
        var release = new Release(terms, approved)
        {
            Pauses = [new ReleasePause(At(from[..10], from[11..]).Utc, At(to[..10], to[11..]).Utc)],
        };

        Assert.Equal(wave, release.OpenWave(new ReleaseTimes(City, At(day, "10:00"), new TimeOnly(6, 0))));
    }

    [Theory]
    [InlineData("2020-02-13", true)]
    [InlineData("2020-02-05", false)]
    [InlineData("2020-03-18", false)]
    public void Another_due_date_takes_no_bill_out_of_its_hold_and_to_the_bank_at_once(string due, bool refused)
    {
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5000)
            .WhenFinanceDeclaresAHold("outage", "2020-01-22", "2020-02-05")
            .On("2020-02-20", "10:00")
            .WhenFinanceClears();
        account.Do(new ImportBill(account.NewBill("jan", 5000, due), account.Now) { Source = "second export" });

        if (refused)
        {
            account.ThenRefused("is past and in no hold", it => Take(it)).ThenDebits(NeedsReview);
        }
        else
        {
            Take(account).WhenEvaluated();
            Assert.DoesNotContain(account.Ledger.Debits, debit => debit.State == Charging);
        }

        static AccountScenario Take(AccountScenario it) =>
            it.Do(new TakeCorrection(CorrectedItem.Bill, "jan", "asked the billing office", it.Now));
    }

    [Fact]
    public void A_cycle_that_is_opened_after_its_holds_were_withdrawn_takes_the_request_for_its_release_away()
    {
        var controls = Held().Change(new DeferralWithdrawn(Outage), By("ann", 1));
        controls = controls.Change(new ApprovalAsked("R-1", new CycleReleased(Terms())), By("ann", 2));
        controls = controls.Change(new BacklogReopened([One]), By("cem", 3));

        Assert.StartsWith(
            "Cycle 1 was opened again since this was asked for",
            RefusedAt(controls, 4),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false, "Cycle 1 was opened again since this was asked for")]
    [InlineData(true, "Cycle 1 was cleared anew since this was asked for")]
    public void An_override_is_not_approved_when_the_cycle_was_opened_or_cleared_meanwhile(bool cleared, string why)
    {
        Dictionary<string, DateOnly> through = [];
        var act = new BacklogClearing([One], through)
        {
            Override = new CertificateOverride("c0ffee", 3, 1, new Money(6000)),
        };
        var controls = Held().Change(new ApprovalAsked("override-1", act), By("ann", 1));
        controls = controls.Change(
            cleared ? new BacklogCleared([One], through) : new BacklogReopened([One]),
            By("cem", 2)
        );

        Assert.StartsWith(why, RefusedAt(controls, 3), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_that_was_withdrawn_after_the_clear_is_told_with_what_the_clear_says()
    {
        var controls = Held().Change(new BacklogCleared([One], new Dictionary<string, DateOnly>()), By("ann", 1));
        Assert.EndsWith("payments are in.", controls.ProofOf(One), StringComparison.Ordinal);
        controls = controls
            .Change(Declared("second"), By("ann", 2))
            .Change(new DeferralWithdrawn(new DeferralId("second")), By("ann", 3));

        Assert.EndsWith(
            " Since then the hold 'second' (why) was withdrawn without a clear.",
            controls.ProofOf(One),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_withdrew_a_hold_that_kept_any_of_the_plan_has_prepared_it()
    {
        (ControlChange, string)[] acts =
        [
            (Declared("outage"), "ann"),
            (Declared("old", "2019-03-01"), "ann"),
            (new DeferralWithdrawn(new DeferralId("old")), "dora"),
            (new DeferralWithdrawn(Outage), "cem"),
        ];

        Assert.Equal(["bob", "cem"], await PreparersAsync(acts));
    }

    [Fact]
    public async Task Who_asked_for_a_clear_in_spite_of_differences_has_prepared_the_plan_and_who_agreed_has_not()
    {
        Dictionary<string, DateOnly> through = [];
        var act = new BacklogClearing([One], through)
        {
            Override = new CertificateOverride("c0ffee", 3, 1, new Money(6000)),
        };
        var hash = Held().Change(new ApprovalAsked("o", act), By("ann", 1)).Approvals[0].Hash;
        (ControlChange, string)[] acts =
        [
            (Declared("outage"), "ann"),
            (new ApprovalAsked("o", act), "ann"),
            (new ApprovalGiven("o", hash), "dora"),
            (new BacklogCleared([One], through) { AskedAt = Monday.AddHours(2), Certificate = "c0ffee" }, "dora"),
        ];

        Assert.Equal(["bob", "ann"], await PreparersAsync(acts));
        Assert.Equal(
            ["bob", "cem"],
            await PreparersAsync([
                .. acts,
                (new BacklogReopened([One]), "ann"),
                (new BacklogCleared([One], through), "cem"),
            ])
        );
    }

    private static async Task<IReadOnlyList<string>> PreparersAsync((ControlChange Change, string By)[] acts)
    {
        var controls = new Controls();
        List<ControlsHistoryRow> record = [];
        foreach (var (change, by) in acts)
        {
            var authority = By(by, record.Count);
            controls = controls.Change(change, authority);
            record.Add(new ControlsHistoryRow(controls.Version, authority, change));
        }

        return await FindPreparers.OfAsync(
            new ReleasePlan("R-1", One, PlanState.Draft, By("bob", record.Count)),
            new HashSet<DateOnly> { Day("2020-01-22") },
            controls,
            record.ToAsyncEnumerable(),
            TestContext.Current.CancellationToken
        );
    }

    private static string RefusedAt(Controls controls, int hours) =>
        Assert
            .Throws<RefusedException>(() =>
                controls.Change(
                    new ApprovalGiven(controls.Approvals[0].Id, controls.Approvals[0].Hash),
                    By("bob", hours)
                )
            )
            .Message;

    private static Controls Held() => new Controls().Change(Declared("outage"), By("ann", 0));

    private static DeferralDeclared Declared(string id, string from = "2020-01-20") =>
        new(new DeferralId(id), [One], Day(from), Day(from).AddDays(20), DeferralAction.Hold, null);

    private static ReleaseTerms Terms() => new("R-1", One, "plan", 3, new Money(15920)) { StartAt = Monday };

    private static Authority By(string who, int hours) => new(who, "why", Monday.AddHours(hours));

    private static AccountScenario Cleared() =>
        GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "10:00")
            .WhenFinanceClears();

    // Two people let 50.00 go, and the bank said no.
    private static AccountScenario RefusedOnce() =>
        Cleared()
            .WhenTwoPeopleRelease()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed()
            .TheBankSaysNo("R01")
            .ThenDebits(RetryScheduled);
}
