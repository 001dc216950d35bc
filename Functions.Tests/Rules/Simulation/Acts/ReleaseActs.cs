using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>Finance plans releases, seals them, and another person approves, stops or lets them go on.</summary>
internal sealed class ReleaseActs(SimWorld world, SimActs acts)
{
    private const string Preparer = "finance";
    private const string Another = "another person";

    /// <summary>From this seed on a clear alone sends nothing.</summary>
    public const int FirstSeed = 100_001;

    public static bool AreIn(int seed) => seed is >= FirstSeed and < NoticeActs.FirstSeed;

    public void Play(Act act)
    {
        var why = $"act {act.Number}";
        if (act.Kind == ActKind.Release)
        {
            PushOn(act, why);
        }
        else
        {
            acts.Change(ChangeOf(act), why);
        }
    }

    // One person after the other: who finds a plan seals it, and who finds a sealed one approves it.
    private void PushOn(Act act, string why)
    {
        var isExpired = Waiting?.IsExpired(world.Now.Utc) == true;
        if (isExpired)
        {
            world.Troubles.Met(Trouble.ReleaseExpired);
        }

        // Nobody looked for a day: it is asked for again. One in four approves it all the same, and is refused.
        if (Waiting is not null && (!isExpired || act.Pick % 4 == 0))
        {
            Decide(act, why);
        }
        else if (Newest(PlanState.Draft) is not null)
        {
            var limit = act.Cents % 2 == 0 ? (Money?)null : new Money(act.Cents + 5_000);
            Seal(new Sealing(act.Pick % 2, limit, null, null), why);
        }
        else
        {
            Plan(new CycleNumber((act.Pick % 2) + 1), why);
        }
    }

    // One in eight tries to approve what they asked for, and one in eight approvers is away for a day.
    private void Decide(Act act, string why)
    {
        if (act.Pick % 8 == 1)
        {
            world.MoveTo(world.Time.GetUtcNow().Add(Approval.Valid).AddMinutes(1));
            return;
        }

        Agree(act.Pick % 8 == 0 ? Preparer : Another, why);
    }

    /// <summary>Whatever waits for a release gets one, from two people.</summary>
    /// <param name="work">Until nothing is left to do.</param>
    public void ReleaseEverything(Action work)
    {
        foreach (var cycle in new[] { 1, 2 }.Select(number => new CycleNumber(number)))
        {
            Plan(cycle, "calm");
            work();
            Seal(new Sealing(0, null, null, null), "calm");
            work();
            Agree(Another, "calm");
            work();
        }
    }

    private void Plan(CycleNumber cycle, string why)
    {
        var worker = world.AnyWorker();
        worker.Start(
            $"plan: {why}",
            () =>
                worker
                    .Verb<MakePlan>()
                    .AskAsync(cycle, worker.Verb<CityClock>().Authority(Preparer, why), CancellationToken.None)
        );
    }

    private void Seal(Sealing sealing, string why)
    {
        if (Newest(PlanState.Draft) is not { } plan)
        {
            return;
        }

        var worker = world.AnyWorker();
        worker.Start(
            $"seal {plan.Id}: {why}",
            () =>
                worker
                    .Verb<SealPlan>()
                    .RunAsync(
                        plan.Id,
                        sealing,
                        worker.Verb<CityClock>().Authority(Preparer, why),
                        CancellationToken.None
                    )
        );
    }

    private void Agree(string by, string why)
    {
        if (Waiting is not { } approval)
        {
            return;
        }

        var worker = world.AnyWorker();
        worker.Start(
            $"approve {approval.Id}: {why}",
            () =>
                worker
                    .Verb<ChangeControls>()
                    .RunAsync(
                        new ApprovalGiven(approval.Id, approval.Hash),
                        worker.Verb<CityClock>().Authority(by, why),
                        CancellationToken.None
                    )
        );
    }

    private ControlChange ChangeOf(Act act)
    {
        var release = world.Controls.Current.Releases.LastOrDefault(it => it.IsLive)?.Id ?? "R-0";
        return act.Kind switch
        {
            ActKind.Reject => new ApprovalRejected(Waiting?.Id ?? "R-0"),
            ActKind.Go => new ReleaseGone(release, world.Now.Today),
            _ => new ReleaseStopped(release),
        };
    }

    private Approval? Waiting =>
        world.Controls.Current.Approvals.LastOrDefault(it => it is { Decided: null, Act: CycleReleased });

    // An empty one is nobody's business.
    private ReleasePlan? Newest(PlanState state) =>
        world
            .Releases.ReadNewestAsync(CancellationToken.None)
            .ToBlockingEnumerable()
            .FirstOrDefault(plan => plan.State == state && plan.Totals is { ToBank.Debits: > 0 });
}
