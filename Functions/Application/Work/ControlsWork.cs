using Autopay.Application.Ports.Books;

namespace Autopay.Application.Work;

/// <summary>
/// Holds that have passed their expected clear date (R7), those that no person declared, and what waits for a second
/// person.
/// </summary>
public sealed class ControlsWork(IControlsStore controlsStore, CityClock clock) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        Of((await controlsStore.LoadAsync(cancel)).Controls);

    public Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        Task.FromResult(Of(city.Controls));

    private IReadOnlyList<WorkItem> Of(Controls controls) =>
        [.. LateClears(controls, clock.Now.Today), .. StaleFeedHolds(controls), .. Approvals(controls)];

    private IEnumerable<WorkItem> Approvals(Controls controls) =>
        from approval in controls.Approvals
        where approval.Decided is null && !approval.IsExpired(clock.Now.Utc)
        select new WorkItem(
            WorkKind.Approval,
            approval.Id,
            approval.Amount,
            approval.Shown,
            clock.City.At(approval.Asked.At).Today
        );

    private IEnumerable<WorkItem> StaleFeedHolds(Controls controls) =>
        from deferral in controls.Deferrals
        where deferral is { IsInForce: true } && deferral.IsOfStaleFeed
        let waiting = deferral.Cycles.Where(cycle => !deferral.ClearedCycles.Contains(cycle)).Order().ToList()
        where waiting.Count > 0
        select new WorkItem(
            WorkKind.StaleFeed,
            deferral.Id.Value,
            null,
            deferral.Reason,
            clock.City.At(deferral.DeclaredAt).Today
        )
        {
            Deferral = deferral.Id,
            Cycles = waiting,
        };

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
