using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Finance;

/// <summary>Name and area of a cycle, as people recognise it.</summary>
public sealed record CycleName(int Cycle, string Name, string Area);

/// <param name="DueDates">The same sums by the due dates of the bills.</param>
/// <param name="AsOf">When the oldest part of the sums was counted, UTC.</param>
/// <param name="IsCountedNow">They are of this moment.</param>
/// <param name="Version">Of the controls that are shown.</param>
/// <param name="ReleaseApproval">Without it a clear of the cycle sends money by itself.</param>
/// <param name="Warning">What of two people's work is switched off; null when nothing is.</param>
public sealed record CycleView(
    int Cycle,
    string Name,
    string Area,
    BacklogView Backlog,
    IReadOnlyList<Deferral> Deferrals,
    int Accounts,
    long OpenCents,
    long CollectedCents,
    IReadOnlyList<StateCount> States,
    IReadOnlyList<DueDateSum> DueDates,
    DateTimeOffset AsOf,
    bool IsCountedNow,
    long Version,
    bool ReleaseApproval,
    string? Warning
);

/// <summary>
/// Controls, deferrals, watermarks, counts and cents by state, per cycle. A debit counts under the cycles of its bills.
/// </summary>
public sealed class ReadCycles(
    CountCycles count,
    IControlsStore controlsStore,
    ClearBacklog clear,
    IReadOnlyList<CycleName> names
)
{
    /// <param name="isFresh">Every account is counted now, whatever that costs.</param>
    public async Task<IReadOnlyList<CycleView>> RunAsync(bool isFresh, CancellationToken cancel) =>
        await RunAsync(await CountAsync(isFresh, cancel), (await controlsStore.LoadAsync(cancel)).Controls, cancel);

    /// <summary>The sums alone, for whoever needs them for more than the cycles.</summary>
    public Task<CitySums> CountAsync(bool isFresh, CancellationToken cancel) => count.RunAsync(isFresh, cancel);

    /// <summary>Out of sums that are there already, by the controls that a page was made of.</summary>
    public async Task<IReadOnlyList<CycleView>> RunAsync(CitySums sums, Controls controls, CancellationToken cancel)
    {
        var imports = await AwaitedAsync(controls, cancel);
        var named = names.Select(name => new CycleNumber(name.Cycle));
        var byCycle = sums.Cycles.ToDictionary(sum => sum.Cycle);
        return
        [
            .. byCycle
                .Keys.Concat(named)
                .Distinct()
                .Order()
                .Select(cycle => byCycle.GetValueOrDefault(cycle) ?? new CycleSum(cycle, 0, 0, 0, [], []))
                .Select(sum => View(sum, sums, controls, imports)),
        ];
    }

    // One look at the imports for all cycles.
    private async Task<IReadOnlyList<ImportRecord>> AwaitedAsync(Controls controls, CancellationToken cancel) =>
        controls.Backlog.Max(backlog => backlog.Clearing?.AskedAt) is { } last
            ? await clear.WaitsForAsync(last, cancel)
            : [];

    private CycleView View(CycleSum sum, CitySums sums, Controls controls, IReadOnlyList<ImportRecord> imports)
    {
        var cycle = sum.Cycle;
        var name =
            names.FirstOrDefault(it => it.Cycle == cycle.Value) ?? new CycleName(cycle.Value, $"Cycle {cycle}", "");
        var backlog = controls.BacklogOf(cycle);
        return new CycleView(
            cycle.Value,
            name.Name,
            name.Area,
            BacklogView.Of(backlog, [.. imports.Where(import => import.Arrival.At <= backlog.Clearing?.AskedAt)]),
            [.. controls.Deferrals.Where(deferral => deferral.Cycles.Contains(cycle))],
            sum.Accounts,
            sum.OpenCents,
            sum.CollectedCents,
            sum.States,
            sum.DueDates,
            sums.AsOf,
            sums.IsCountedNow,
            controls.Version,
            controls.Policies.ReleaseApproval,
            SwitchedOff.WarningOf(controls.Policies)
        );
    }
}
