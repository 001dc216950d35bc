using Autopay.Domain;
using Autopay.Tests.ChargeProtocol;

namespace Autopay.Tests.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Story">What happened, step by step; empty unless it was asked for.</param>
internal sealed record SimOutcome(int Seed, IReadOnlyList<string> Violations, long Steps, int Faults, int Charges, TimeSpan Lasted, IReadOnlyList<string> Story)
{
    /// <summary>Which invariant was broken first; null when none was.</summary>
    public string? Broken => Violations.Count == 0 ? null : Violations[0].Split(':')[0];
}

/// <summary>Plays a history, then lets everything calm down, and looks whether the city is in a state that may last.</summary>
internal sealed class Simulation
{
    private const int MostSteps = 60_000;
    private const int CalmDays = 75;
    private readonly SimWorld world;
    private readonly SimActs acts;

    private Simulation(int seed, Mutant mutant, bool tells)
    {
        var policies = new Policies { PreviousBalance = seed % 3 == 0 ? PreviousBalancePolicy.Review : PreviousBalancePolicy.Off };
        world = new SimWorld(seed, mutant, policies);
        world.Scheduler.Story = tells ? [] : null;
        acts = new SimActs(world);
    }

    /// <summary>The same seed and the same list of acts are the same run.</summary>
    public static SimOutcome Run(int seed, IReadOnlyList<Act> history, Mutant mutant = Mutant.None, bool tells = false)
    {
        var simulation = new Simulation(seed, mutant, tells);
        using var world = simulation.world;
        var start = world.Time.GetUtcNow();
        world.Scheduler.Run(() => simulation.Play(history));
        return new SimOutcome(
            seed, world.Checks.Violations, world.Scheduler.Steps, world.Scheduler.Faults.Injected + history.Count(act => act.IsFault),
            world.Bank.Story.Charging.Count(), world.Time.GetUtcNow() - start, world.Scheduler.Story ?? []);
    }

    private void Play(IReadOnlyList<Act> history)
    {
        world.Scheduler.Reseed(world.Seed, -1);
        acts.Enrol();
        Work(null);
        foreach (var act in history)
        {
            world.Scheduler.Reseed(world.Seed, act.Number);
            world.Scheduler.Tell($"{world.Now.Today:yyyy-MM-dd} {world.Now.TimeOfDay:HH:mm:ss} {act}");
            acts.Play(act);
            Work(act.Steps);
            if (world.Checks.Violations.Count > 0)
            {
                return;
            }
        }

        CalmDown();
    }

    private void Work(int? most)
    {
        for (var steps = 0; steps < (most ?? MostSteps); steps++)
        {
            if (!world.TryStep())
            {
                return;
            }
        }

        if (most is null)
        {
            world.Checks.Violated("rest", "there is always something left to do");
        }
    }

    // No more faults: finance lifts everything, the clerk uploads every file again, and the sweep runs whenever something is due.
    private void CalmDown()
    {
        world.Scheduler.Reseed(world.Seed, int.MaxValue / 2);
        world.Scheduler.Tell($"{world.Now.Today:yyyy-MM-dd} {world.Now.TimeOfDay:HH:mm:ss} everything calms down");
        world.Scheduler.Faults.Clear();
        foreach (var worker in world.Workers)
        {
            (worker.FrozenUntil, worker.Skew) = (default, TimeSpan.Zero);
        }

        Work(null);
        LiftEverything();
        acts.UploadAllAgain();
        SweepUntilNothingIsDue(world.Now.Today.AddDays(CalmDays));
        Reconcile();
        SweepUntilNothingIsDue(world.Now.Today);
        if (world.Checks.Violations.Count == 0)
        {
            world.Checks.AtTheEnd();
            new EndChecks(world).Run();
        }
    }

    private void LiftEverything()
    {
        acts.Change(new ChargingResumed(), "calm");
        Work(null);
        acts.Change(new BacklogCleared([new CycleNumber(1), new CycleNumber(2)], new Dictionary<string, DateOnly>()), "calm");
        Work(null);
        foreach (var merge in world.Controls.Current.Deferrals.Where(deferral => deferral is { IsInForce: true, Action: DeferralAction.Merge }))
        {
            acts.Change(new DeferralWithdrawn(merge.Id), "calm");
            Work(null);
        }
    }

    private void Reconcile()
    {
        acts.Reconcile();
        Work(null);
    }

    private void SweepUntilNothingIsDue(DateOnly last)
    {
        var end = ChargingWorld.City.ToUtc(last, new TimeOnly(23, 0));
        while (world.Checks.Violations.Count == 0)
        {
            acts.Sweep(everyBucket: false);
            Work(null);
            CheckNothingIsOverdue();
            if (NextAt() is not { } next || next > end)
            {
                return;
            }

            var soonest = world.Time.GetUtcNow().AddMinutes(5);
            world.MoveTo(next > soonest ? next : soonest);
            world.Scheduler.Tell($"{world.Now.Today:yyyy-MM-dd} {world.Now.TimeOfDay:HH:mm:ss} sweep");
        }
    }

    // I16: there was a sweep, and then another, and another.
    private void CheckNothingIsOverdue()
    {
        foreach (var account in SimWorld.Accounts.Where(account => LookOf(account) < world.Time.GetUtcNow().AddMinutes(-30)))
        {
            world.Checks.Violated("I16", $"account {account} wanted to be looked at {LookOf(account):u}, it is {world.Time.GetUtcNow():u} and all is calm");
        }
    }

    private DateTimeOffset? NextAt() => new[]
    {
        world.Bank.NextAnswerAt, world.NextDelivery, world.Queue.NextAt, SimWorld.Accounts.Min(LookOf),
        world.Wakes.ReadAllAsync(CancellationToken.None).Result.Any(wake => world.IsUsed(wake.Bucket) && wake.WalkedControls < world.Controls.Current.Version) ? world.Time.GetUtcNow() : null,
    }.Min();

    private DateTimeOffset? LookOf(AccountId account) => world.Ledgers.LoadAsync(account, CancellationToken.None).Result?.NextLook;
}
