using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Application.Releasing;

namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>
/// What the holds of these cycles held is planned, sealed, and approved by another person, where the policies ask for
/// it.
/// </summary>
internal sealed record ReleaseStep : TimelineStep
{
    private const string Another = "another person";

    /// <summary>At least one.</summary>
    public required IReadOnlyList<int> Cycles { get; init; }

    /// <summary>So many debits of each cycle first; the rest waits for a step <c>go</c>.</summary>
    public int First { get; init; }

    /// <summary>Cents a banking day, of the debits behind the first ones.</summary>
    public long? DailyLimitCents { get; init; }

    /// <summary>Payments that contradict the clear are accepted by both people first; without it they stop the
    /// release.</summary>
    public bool AcceptLate { get; init; }

    internal override IEnumerable<StepProblem> Check(string folder) =>
        [
            .. StepProblem.OfList(Cycles, "cycles", Do),
            .. First < 0 ? [new StepProblem("first", "expected a number that is not below zero")] : NoProblem,
            .. DailyLimitCents <= 0 ? [new StepProblem("dailyLimitCents", "expected cents above zero")] : NoProblem,
        ];

    internal override async Task<string> PlayAsync(StepContext context)
    {
        List<string> released = [];
        foreach (var cycle in Cycles)
        {
            released.Add(await ReleaseAsync(context.World, new CycleNumber(cycle)));
        }

        return WithReason(string.Join("; ", released));
    }

    private static StepProblem[] NoProblem => [];

    private async Task<string> ReleaseAsync(RehearsalWorld world, CycleNumber cycle)
    {
        var plans = world.Verb<MakePlan>();
        var plan = await plans.AskAsync(cycle, world.Authority(Why), CancellationToken.None);
        await plans.RunAsync(plan.Id, CancellationToken.None);
        var limit = DailyLimitCents is { } cents ? new Money(cents) : (Money?)null;
        await world
            .Verb<SealPlan>()
            .RunAsync(plan.Id, new Sealing(First, limit, null, null), world.Authority(Why), CancellationToken.None);
        await AcceptLateAsync(world, cycle, $"late-{plan.Id}");
        await world.Verb<AcceptLateReceipts>().RefuseReleaseAsync(cycle, CancellationToken.None);
        await ApproveAsync(world, plan.Id);
        var terms = world.Controls.Current.FindRelease(plan.Id)!.Terms;
        return $"{plan.Id}, {StepText.Cycles([cycle.Value])}, {terms.Debits} debits, {terms.Total}";
    }

    private async Task AcceptLateAsync(RehearsalWorld world, CycleNumber cycle, string id)
    {
        var late = await world.Verb<FindLateReceipts>().RunAsync(cycle, CancellationToken.None);
        if (AcceptLate && late.Waiting.Count > 0)
        {
            var asked = new ChangeRequest(world.Authority(Why));
            await world.Verb<AcceptLateReceipts>().AskAsync(id, cycle, asked, CancellationToken.None);
            await ApproveAsync(world, id);
        }
    }

    private async Task ApproveAsync(RehearsalWorld world, string id) =>
        await world
            .Verb<ChangeControls>()
            .RunAsync(
                new ApprovalGiven(id, world.Controls.Current.Approvals.Last(it => it.Id == id).Hash),
                world.Authority(Why) with
                {
                    By = Another,
                },
                CancellationToken.None
            );
}
