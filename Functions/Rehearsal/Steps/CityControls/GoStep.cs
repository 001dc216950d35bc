using Autopay.Application.Finance;

namespace Autopay.Rehearsal.Steps.CityControls;

/// <summary>The first debits of these cycles' releases went well: the rest goes.</summary>
internal sealed record GoStep : TimelineStep
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<int> Cycles { get; init; }

    internal override IEnumerable<StepProblem> Check(string folder) => StepProblem.OfList(Cycles, "cycles", Do);

    internal override async Task<string> PlayAsync(StepContext context)
    {
        foreach (var cycle in Cycles.Select(cycle => new CycleNumber(cycle)))
        {
            var release =
                context.World.Controls.Current.Releases.LastOrDefault(it => it.IsLive && it.Terms.Cycle == cycle)
                ?? throw new RefusedException($"Cycle {cycle} has no release that goes out.");
            await context
                .World.Verb<ChangeControls>()
                .RunAsync(
                    new ReleaseGone(release.Id, context.World.Now.Today),
                    context.World.Authority(Why),
                    CancellationToken.None
                );
        }

        return WithReason(StepText.Cycles(Cycles));
    }
}
