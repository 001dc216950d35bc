using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Holding;

/// <summary>Which holds a clear clears, what it is kept with, and which changes move no debit at all.</summary>
public sealed class ClearsTests
{
    private static readonly CycleNumber One = new(1);
    private static readonly CycleNumber Two = new(2);
    private static readonly Dictionary<string, DateOnly> Nothing = [];
    private static readonly DateTimeOffset Tuesday = At("2020-01-21", "09:00").Utc;

    // A clear that was asked for at ten and takes effect at noon, when its files are applied (R26).
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void R07_A_hold_that_is_declared_after_the_clear_was_asked_for_is_not_cleared_by_it(int hours, bool cleared)
    {
        var controls = new Controls()
            .Change(Hold("outage"), By(-1))
            .Change(new BacklogClearing([One], Nothing), By(1))
            .Change(Hold("later"), By(hours))
            .Change(new BacklogCleared([One], Nothing) { AskedAt = Tuesday.AddHours(1) }, By(3));

        Assert.Equal([One], controls.Find(new DeferralId("outage"))!.ClearedCycles);
        Assert.Equal(cleared, controls.Find(new DeferralId("later"))!.ClearedCycles.Contains(One));
    }

    [Fact]
    public void R26_A_clear_that_was_taken_back_meanwhile_clears_nothing()
    {
        var controls = new Controls()
            .Change(Hold("outage"), By(0))
            .Change(new BacklogClearing([One], Nothing), By(1))
            .Change(new BacklogReopened([One]), By(2));

        Assert.Same(
            controls,
            controls.Change(new BacklogCleared([One], Nothing) { AskedAt = Tuesday.AddHours(1) }, By(3))
        );
    }

    [Fact]
    public void R42_Each_cycle_keeps_when_its_hold_was_cleared_last_and_a_second_clear_moves_nothing()
    {
        var controls = new Controls()
            .Change(Hold("outage"), By(0))
            .Change(new BacklogCleared([One], Nothing), By(1))
            .Change(new BacklogCleared([Two], Nothing), By(2))
            .Change(new BacklogCleared([One], Nothing), By(3));
        Assert.Equal([(One, 1), (Two, 2)], ClearsOf(controls));

        controls = controls.Change(new BacklogReopened([One]), By(4)).Change(new BacklogCleared([One], Nothing), By(5));
        Assert.Equal([(Two, 2), (One, 5)], ClearsOf(controls));

        static IEnumerable<(CycleNumber, int)> ClearsOf(Controls controls) =>
            controls.Deferrals[0].Clears.Select(clear => (clear.Cycle, (int)(clear.At - Tuesday).TotalHours));
    }

    [Theory]
    [InlineData(DeferralAction.Hold, 1, 3, true)]
    [InlineData(DeferralAction.Merge, 1, 3, false)]
    [InlineData(DeferralAction.Hold, 3, 3, false)]
    [InlineData(DeferralAction.Hold, 1, 1, false)]
    public void Only_a_hold_of_the_cycle_that_was_withdrawn_after_its_clear_is_told_with_it(
        DeferralAction action,
        int cycle,
        int hours,
        bool told
    )
    {
        var declared = Hold("second") with { Action = action, Cycles = [new CycleNumber(cycle)] };
        var controls = new Controls()
            .Change(declared, By(0))
            .Change(new DeferralWithdrawn(declared.Id), By(hours))
            .Change(new BacklogCleared([One], Nothing), By(1));

        Assert.Equal(told, controls.ProofOf(One).Contains("Since then the hold 'second'", StringComparison.Ordinal));
    }

    [Fact]
    public void What_moves_no_debit_makes_no_account_be_looked_at()
    {
        ControlChange[] still =
        [
            new ApprovalAsked("a", new ChargingResumed()),
            new ApprovalRejected("a"),
            new AgreedActEnded("a", "done"),
            new RefundAgreed(DebitId.From("A-1-1-0001"), "r", RefundKind.Refund, new Money(1), Money.Zero),
            new ExemptionAgreed(new AccountId("A-1"), new BillId("b"), new DeferralId("d"), new Money(1)),
            new ImportAgreed("I-1", "aa", Tuesday, MethodChanges.None),
            new WaiverWithdrawn("w"),
            new ShieldWithdrawn("s"),
            new PublicNotePublished("a", "b"),
            new ChargedTwiceTold(Day("2020-01-21")),
            new PublicNoteWithdrawn(PublicNoteKind.Text),
            new PlanMade("R-1", One, Tuesday, new PlanTotals()),
            new ReleasesStoodStill(Tuesday, Tuesday),
        ];
        Assert.All(still, change => Assert.False(change.ConcernsAccounts, change.GetType().Name));

        ControlChange[] moving =
        [
            Hold("d"),
            new DeferralWithdrawn(new DeferralId("d")),
            new ChargingHalted(),
            new ChargingResumed(),
            new ReleaseStopped("R-1"),
            new ReleaseGone("R-1", Day("2020-01-21")),
            new BacklogReopened([One]),
        ];
        Assert.All(moving, change => Assert.True(change.ConcernsAccounts, change.GetType().Name));
    }

    [Fact]
    public void Who_halts_is_named_as_the_directory_names_this_person()
    {
        var halted = new Controls().Change(new ChargingHalted(), By(0) with { Name = "Ann" });

        Assert.Equal(("finance", "Ann"), (halted.Halt!.By, halted.Halt.Name));
    }

    [Fact]
    public void R44_A_city_asks_for_notices_by_any_one_of_its_settings()
    {
        Assert.False(new Policies().AsksForNotices);
        Policies[] asking =
        [
            new() { NoticeClock = NoticeClockMode.Enforce },
            new() { RemindDaysBefore = 1 },
            new() { TellCollected = true },
            new() { TellNotCollected = true },
            new() { TellCardExpires = true },
        ];
        Assert.All(asking, policies => Assert.True(policies.AsksForNotices));
        Assert.False(new Policies { NoticeClock = NoticeClockMode.Warn }.AsksForNotices);
    }

    private static DeferralDeclared Hold(string id) =>
        new(new DeferralId(id), [One, Two], Day("2020-01-20"), Day("2020-02-05"), DeferralAction.Hold, null);

    private static Authority By(int hours) => new("finance", "the outage", Tuesday.AddHours(hours));
}
