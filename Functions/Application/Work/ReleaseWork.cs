using System.Globalization;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Work;

/// <summary>
/// Debits that holds held, that are past their due date, and that nobody has let go since: by cycle, from its sums.
/// What a release left, and what may be collected again, is among them.
/// </summary>
public sealed class ReleaseWork(IControlsStore controlsStore, CountCycles count, CityClock clock) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel)
    {
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        return HoldsOf(controls).Any() ? ItemsOf((await count.RunAsync(isFresh: false, cancel)).Cycles, controls) : [];
    }

    public Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        Task.FromResult(ItemsOf(city.Cycles, city.Controls));

    public async Task<WorkSums> SumAsync(CitySums sums, CancellationToken cancel) =>
        WorkSums.Of(ItemsOf(sums.Cycles, (await controlsStore.LoadAsync(cancel)).Controls));

    private IReadOnlyList<WorkItem> ItemsOf(IReadOnlyList<CycleSum> cycles, Controls controls)
    {
        var held = HoldsOf(controls).ToList();
        return [.. cycles.Select(sum => ItemOf(sum, held, controls)).OfType<WorkItem>()];
    }

    // A release that is under way sends what it has within the day: what is older is waiting.
    private WorkItem? ItemOf(CycleSum sum, List<Deferral> held, Controls controls)
    {
        var waiting = sum
            .Scheduled.Where(some => some.Release is not { } release || !controls.IsLive(release))
            .Where(some => some.DueDates.Any(day => IsHeldAndDue(sum.Cycle, day, held, controls)))
            .Where(some => some.OpenCents >= controls.Policies.MinimumChargeCents)
            .ToList();
        if (waiting.Count == 0)
        {
            return null;
        }

        var cents = new Money(waiting.Sum(some => some.OpenCents));
        var debits = waiting.Sum(some => some.Debits).ToString(CultureInfo.InvariantCulture);
        var reason = $"{debits} debits of cycle {sum.Cycle}, {cents}, were held and {WaitFor(sum.Cycle, controls)}";
        var since = clock.City.At(controls.ClearedAt(sum.Cycle) ?? clock.Now.Utc).Today;
        return new WorkItem(WorkKind.Release, $"cycle-{sum.Cycle}", cents, reason, since) { Cycles = [sum.Cycle] };
    }

    private static string WaitFor(CycleNumber cycle, Controls controls) =>
        controls.Releases.LastOrDefault(it => it.IsLive && it.Terms.Cycle == cycle) is { } release
            ? $"release {release.Id} has not let them go"
            : "wait for an approved release";

    private bool IsHeldAndDue(CycleNumber cycle, DateOnly day, List<Deferral> held, Controls controls) =>
        DueDebits.RunIsPast(day, clock.Now, controls.Policies) && held.Exists(hold => IsAbout(hold, cycle, day));

    private static IEnumerable<Deferral> HoldsOf(Controls controls) =>
        controls.Deferrals.Where(deferral =>
            controls.Policies.ReleaseApproval
            && deferral.Action == DeferralAction.Hold
            && (!deferral.IsInForce || deferral.ClearedCycles.Count > 0)
        );

    private static bool IsAbout(Deferral hold, CycleNumber cycle, DateOnly dueDate) =>
        hold.Cycles.Contains(cycle)
        && dueDate >= hold.DueFrom
        && dueDate <= hold.DueTo
        && (!hold.IsInForce || hold.ClearedCycles.Contains(cycle));
}
