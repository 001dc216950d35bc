using Autopay.Application.Ports.Books;

namespace Autopay.Application.Work;

/// <summary>Holds that have passed their expected clear date (R7).</summary>
public sealed class ControlsWork(IControlsStore controlsStore, CityClock clock) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        [.. LateClears((await controlsStore.LoadAsync(cancel)).Controls, clock.Now.Today)];

    private static IEnumerable<WorkItem> LateClears(Controls controls, DateOnly today) =>
        from deferral in controls.Deferrals
        let expected = deferral.ExpectedClearBy ?? DateOnly.MaxValue
        where deferral is { IsInForce: true, Action: DeferralAction.Hold } && expected < today
        let waiting = deferral.Cycles.Where(cycle => !deferral.ClearedCycles.Contains(cycle)).Order().ToList()
        where waiting.Count > 0
        select new WorkItem(
            WorkKind.LateClear,
            deferral.Id.Value,
            null,
            $"expected to be cleared by {expected:yyyy-MM-dd}",
            expected
        )
        {
            Deferral = deferral.Id,
            Cycles = waiting,
        };
}
