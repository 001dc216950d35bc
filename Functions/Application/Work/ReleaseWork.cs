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

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        await ReadAsync(
            (await controlsStore.LoadAsync(cancel)).Controls,
            async () => (await count.RunAsync(isFresh: false, cancel)).Cycles
        );

    public Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        ReadAsync(city.Controls, () => Task.FromResult(city.Cycles));

    private async Task<IReadOnlyList<WorkItem>> ReadAsync(
        Controls controls,
        Func<Task<IReadOnlyList<CycleSum>>> readSums
    )
    {
        var held = HoldsOf(controls).ToList();
        if (!controls.Policies.ReleaseApproval || held.Count == 0)
        {
            return [];
        }

        return [.. (await readSums()).Select(sum => ItemOf(sum, held, controls)).OfType<WorkItem>()];
    }

    // A release that is under way sends what it has within the day: what is older is waiting.
    private WorkItem? ItemOf(CycleSum sum, List<Deferral> held, Controls controls)
    {
        var waiting = sum
            .DueDates.Where(day => DueDebits.RunIsPast(day.DueDate, clock.Now, controls.Policies))
            .Where(day => held.Exists(hold => IsAbout(hold, sum.Cycle, day.DueDate)))
            .SelectMany(day => day.States)
            .Where(state =>
                state.State == DebitState.Scheduled && state.OpenCents >= controls.Policies.MinimumChargeCents
            )
            .ToList();
        if (waiting.Count == 0)
        {
            return null;
        }

        var cents = new Money(waiting.Sum(state => state.OpenCents));
        var debits = waiting.Sum(state => state.Debits).ToString(CultureInfo.InvariantCulture);
        var reason = $"{debits} debits of cycle {sum.Cycle}, {cents}, were held and wait for an approved release";
        var since = clock.City.At(controls.ClearedAt(sum.Cycle) ?? clock.Now.Utc).Today;
        return new WorkItem(WorkKind.Release, $"cycle-{sum.Cycle}", cents, reason, since) { Cycles = [sum.Cycle] };
    }

    private static IEnumerable<Deferral> HoldsOf(Controls controls) =>
        controls.Deferrals.Where(deferral =>
            deferral.Action == DeferralAction.Hold && (!deferral.IsInForce || deferral.ClearedCycles.Count > 0)
        );

    private static bool IsAbout(Deferral hold, CycleNumber cycle, DateOnly dueDate) =>
        hold.Cycles.Contains(cycle)
        && dueDate >= hold.DueFrom
        && dueDate <= hold.DueTo
        && (!hold.IsInForce || hold.ClearedCycles.Contains(cycle));
}
