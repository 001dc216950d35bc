using Autopay.Application.Ports.Books;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Story">What happened, step by step; empty unless it was asked for.</param>
internal sealed record SimOutcome(
    int Seed,
    IReadOnlyList<string> Violations,
    long Steps,
    int Faults,
    int Charges,
    int Refunds,
    TimeSpan Lasted,
    IReadOnlyDictionary<Trouble, int> Troubles,
    IReadOnlyList<string> Story
)
{
    /// <summary>Which invariant was broken first; null when none was.</summary>
    public string? Broken => Violations.Count == 0 ? null : Violations[0].Split(':')[0];
}

/// <summary>
/// Plays a history, then lets everything calm down, and looks whether the city is in a state that may last.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private const int MostSteps = 60_000;
    private const int CalmDays = 75;
    private const int DaysOfMerges = 30;
    private const int LastActs = 900;
    private const int MostSkewMinutes = 10;
    private const int DaysUntilReconcile = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(26);
    private readonly SimWorld world;
    private readonly SimActs acts;
    private DateTimeOffset calmSince;
    private DateTimeOffset lastRun;
    private (long Controls, long Ledgers, long Releases) judged;
    private int done;

    /// <summary>A city whose accounts are enrolled.</summary>
    public Simulation(int seed, Mutant mutant = Mutant.None, bool tells = false)
    {
        var policies = new Policies
        {
            PreviousBalance = seed % 3 == 0 ? PreviousBalancePolicy.Off : PreviousBalancePolicy.Review,
            ReleaseApproval = ReleaseActs.AreIn(seed),
            MaxReturnsPerYear = seed % 2 == 0 ? 2 : 0,
            NoticeClock = NoticeActs.AreIn(seed) ? NoticeClockMode.Enforce : NoticeClockMode.Off,
            BillShock = seed % 4 == 1 ? BillShockMode.Split : BillShockMode.Off,
            BillShockTimes = 1,
        };
        world = new SimWorld(seed, mutant, policies);
        world.Scheduler.Story = tells ? [] : null;
        acts = new SimActs(world);
        world.Scheduler.Reseed(seed, -1);
        world.Scheduler.Run(() =>
        {
            acts.Enrol();
            Work(null);
        });
    }

    public SimWorld World => world;

    /// <summary>The same seed and the same list of acts are the same run.</summary>
    public static SimOutcome Run(int seed, IReadOnlyList<Act> history, Mutant mutant = Mutant.None, bool tells = false)
    {
        using var simulation = new Simulation(seed, mutant, tells);
        var world = simulation.world;
        var start = world.Time.GetUtcNow();
        foreach (var act in history.TakeWhile(_ => world.Checks.Violations.Count == 0))
        {
            simulation.Do(act);
        }

        simulation.CalmDown();
        return new SimOutcome(
            seed,
            world.Checks.Violations,
            world.Scheduler.Steps,
            world.Scheduler.Faults.Injected + history.Count(act => act.IsFault),
            world.Bank.Story.Charging.Count(),
            world.Bank.Story.Refunds.Count,
            world.Time.GetUtcNow() - start,
            world.Troubles.Counts,
            world.Scheduler.Story ?? []
        );
    }

    /// <summary>The next act of a scenario that a test writes down.</summary>
    public void Do(ActKind kind, int pick = 0, int cents = 0, int? steps = null) =>
        Do(new Act(done++, kind, pick, cents, steps));

    /// <summary>
    /// No more faults: finance lifts everything, the clerk uploads every file again, and the sweep runs whenever
    /// something is due, until nothing is. Then the books and the provider must agree.
    /// </summary>
    public void CalmDown() =>
        world.Scheduler.Run(() =>
        {
            world.Scheduler.Reseed(world.Seed, int.MaxValue / 2);
            Tell("everything calms down");
            StopFaults();
            ChargeWhatIsMerged();
            calmSince = world.Time.GetUtcNow();
            // A hold that was declared by a clock ahead of ours is of before the clear, as finance sees it.
            world.MoveTo(world.Time.GetUtcNow().AddMinutes(MostSkewMinutes + 1));
            LiftEverything();
            acts.Clerk.SendAllAgain();
            var (last, asked) = (world.Now.Today.AddDays(CalmDays + DaysOfParts), DateTimeOffset.MinValue);
            foreach (var day in new[] { world.Now.Today.AddDays(DaysUntilReconcile), last })
            {
                SweepUntilNothingIsDue(day);
                ReleaseWhatWaits(day);
                asked = asked == DateTimeOffset.MinValue ? world.Time.GetUtcNow() : asked;
                acts.Reconcile();
                Work(null);
            }

            SweepUntilNothingIsDue(world.Now.Today);
            if (world.Checks.Violations.Count == 0)
            {
                world.Checks.AtTheEnd();
                new EndChecks(world, asked).Run();
                new CustomerChecks(world, acts.Clerk).Run();
            }
        });

    public void Dispose() => world.Dispose();

    /// <summary>The next act of a history.</summary>
    public void Do(Act act) =>
        world.Scheduler.Run(() =>
        {
            world.Scheduler.Reseed(world.Seed, act.Number);
            Tell(act.ToString());
            acts.Play(act);
            Work(act.Steps);
        });

    private void Tell(string what) =>
        world.Scheduler.Tell($"{world.Now.Today:yyyy-MM-dd} {world.Now.TimeOfDay:HH:mm:ss} {what}");

    private void Work(int? most)
    {
        for (var steps = 0; steps < (most ?? MostSteps); steps++)
        {
            if (!world.TryStep())
            {
                return;
            }

            if (WhyNotThePlan() is { } broken)
            {
                world.Checks.Violated("I25", broken);
                return;
            }
        }

        if (most is null)
        {
            world.Checks.Violated("rest", "there is always something left to do");
        }
    }

    // Of what nobody has written since there is nothing new to say.
    private string? WhyNotThePlan()
    {
        var written = (world.Controls.Current.Version, world.Ledgers.Version, world.Releases.Version);
        if (written == judged)
        {
            return null;
        }

        judged = written;
        return ReleaseLaw.WhyNotThePlan(world);
    }

    private void StopFaults()
    {
        world.Scheduler.Faults.Clear();
        world.LoseWebhooks(0);
        world.StopRefusing();
        foreach (var worker in world.Workers)
        {
            (worker.FrozenUntil, worker.Skew) = (default, TimeSpan.Zero);
        }

        Work(null);
    }

    // What drifted away from a release, or came later, gets another one.
    private void ReleaseWhatWaits(DateOnly day)
    {
        for (var round = 0; round < 3 && world.Controls.Current.Policies.ReleaseApproval; round++)
        {
            acts.Releases.ReleaseEverything(() => Work(null));
            SweepUntilNothingIsDue(day);
        }
    }

    // A part leaves a cycle later, and may be refused and asked for again like any other debit.
    private int DaysOfParts => SplitsBills ? world.Controls.Current.Policies.NoNextBillDays : 0;

    private bool SplitsBills => world.Controls.Current.Policies.BillShock == BillShockMode.Split;

    // Merged bills are charged together, in parts, before the merges are withdrawn; then one more outage (R45).
    private void ChargeWhatIsMerged()
    {
        if (!SplitsBills)
        {
            return;
        }

        LiftHaltAndHolds();
        var today = world.Now.Today;
        BillTwiceAndMerge(today);
        var end = ChargingWorld.City.ToUtc(today.AddDays(DaysOfMerges), new TimeOnly(23, 0));
        do
        {
            acts.Sweep(IsOnTheHour());
            Work(null);
            var soonest = world.Time.GetUtcNow().AddMinutes(5);
            world.MoveTo(NextAt() is { } next && next > soonest ? next : soonest);
        } while (world.Checks.Violations.Count == 0 && world.Time.GetUtcNow() < end);

        Declare("again", DeferralAction.Hold, today.AddDays(-DaysOfMerges), today.AddDays(DaysOfMerges));
    }

    private void BillTwiceAndMerge(DateOnly today)
    {
        foreach (var days in new[] { 2, 9 })
        {
            acts.Play(new Act(LastActs + days, ActKind.Bills, days, 7_000 + days, null));
            Work(null);
        }

        Declare("unsent", DeferralAction.Merge, today.AddDays(1), today.AddDays(4));
    }

    private void Declare(string id, DeferralAction action, DateOnly from, DateOnly to)
    {
        var cycles = SimWorld.Everybody.Select(CycleOf).OfType<CycleNumber>().Distinct().Order();
        LiftBy(new DeferralDeclared(new DeferralId(id), [.. cycles], from, to, action, null));
    }

    private CycleNumber? CycleOf(AccountId account) => EntryOf(account)?.Ledger.Enrolment?.Cycle;

    // Only what is in force: a change that changes nothing would ask every bucket to look again, and hide what nobody
    // would ever look at.
    private void LiftEverything()
    {
        LiftHaltAndHolds();
        foreach (
            var merge in world.Controls.Current.Deferrals.Where(deferral =>
                deferral is { IsInForce: true, Action: DeferralAction.Merge }
            )
        )
        {
            LiftBy(new DeferralWithdrawn(merge.Id));
        }
    }

    private void LiftHaltAndHolds()
    {
        var controls = world.Controls.Current;
        if (controls.IsHalted)
        {
            LiftBy(new ChargingResumed());
        }

        var held = controls
            .Deferrals.Where(deferral => deferral is { IsInForce: true, Action: DeferralAction.Hold })
            .SelectMany(hold => hold.Cycles.Except(hold.ClearedCycles))
            .Distinct()
            .ToList();
        if (held.Count > 0)
        {
            acts.Clear(held, "calm");
            Work(null);
        }
    }

    private void LiftBy(ControlChange change)
    {
        acts.Change(change, "calm");
        Work(null);
    }

    private void SweepUntilNothingIsDue(DateOnly last)
    {
        var end = ChargingWorld.City.ToUtc(last, new TimeOnly(23, 0));
        while (world.Checks.Violations.Count == 0)
        {
            acts.Sweep(IsOnTheHour());
            Work(null);
            MailWhatWaits();
            CheckNothingIsOverdue();
            CheckNothingStaysDeferred();
            if (NextAt() is not { } next || next > end)
            {
                return;
            }

            var soonest = world.Time.GetUtcNow().AddMinutes(5);
            world.MoveTo(next > soonest ? next : soonest);
            Tell("sweep");
        }
    }

    private void MailWhatWaits()
    {
        if (acts.Notices.MailWhatWaits())
        {
            Work(null);
        }
    }

    // The due-date run, which asks for every bucket.
    private bool IsOnTheHour()
    {
        var isDue = world.Time.GetUtcNow() >= lastRun.AddHours(1);
        lastRun = isDue ? world.Time.GetUtcNow() : lastRun;
        return isDue;
    }

    // I16: there was a sweep, and then another, and another. Only a stored 500 of the provider holds an attempt up for
    // longer, a day at most, and it is on the stuck list meanwhile.
    private void CheckNothingIsOverdue()
    {
        foreach (var entry in SimWorld.Everybody.Select(EntryOf).OfType<LedgerEntry>())
        {
            var patience = entry.Ledger.Debits.Any(debit => debit.IsCharging) ? Patience : TimeSpan.FromMinutes(70);
            if (
                entry.NextEvaluation is { } look
                && (look > calmSince ? look : calmSince) + patience < world.Time.GetUtcNow()
            )
            {
                world.Checks.Violated(
                    "I16",
                    $"account {entry.Ledger.Id} wanted to be looked at {entry.NextEvaluation:u}, it is "
                        + $"{world.Time.GetUtcNow():u} and all is calm"
                );
            }
        }
    }

    // Nothing is in force any more: within a day of that, nothing is deferred by it.
    private void CheckNothingStaysDeferred()
    {
        var deferred = world
            .Ledgers.Ledgers.Where(ledger => ledger.Suspension is null)
            .SelectMany(ledger => ledger.Debits)
            .FirstOrDefault(debit => debit.State == DebitState.Deferred);
        if (deferred is not null && calmSince + Patience < world.Time.GetUtcNow())
        {
            world.Checks.Violated(
                "I5",
                $"a day after all was calm, debit {deferred.Id} is still deferred: {deferred.Reason}"
            );
        }
    }

    private DateTimeOffset? NextAt() =>
        new[]
        {
            world.Bank.NextAnswerAt,
            world.NextDelivery,
            world.Queue.NextAt,
            SimWorld.Everybody.Min(account => EntryOf(account)?.NextEvaluation),
            world
                .Schedules.ReadAllAsync(CancellationToken.None)
                .Result.Any(schedule =>
                    world.IsUsed(schedule.Bucket) && schedule.ScannedControlsVersion < world.Controls.Current.Version
                )
                ? world.Time.GetUtcNow()
                : null,
        }.Min();

    private LedgerEntry? EntryOf(AccountId account) => world.Ledgers.LoadAsync(account, CancellationToken.None).Result;
}
