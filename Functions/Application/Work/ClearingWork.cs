using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Work;

/// <summary>
/// Clears that wait: for files, file by file, else for a certificate that bears them out (R26). Which totals differ is
/// not read here.
/// </summary>
public sealed class ClearingWork(IControlsStore controlsStore, ClearBacklog clear, CityClock clock) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        await ReadAsync((await controlsStore.LoadAsync(cancel)).Controls, cancel);

    public Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        ReadAsync(city.Controls, cancel);

    private async Task<IReadOnlyList<WorkItem>> ReadAsync(Controls controls, CancellationToken cancel)
    {
        List<WorkItem> found = [];
        foreach (var backlog in controls.Backlog.OrderBy(backlog => backlog.Cycle))
        {
            if (backlog.Clearing is { } clearing)
            {
                var waits = await clear.WaitsForAsync(clearing.AskedAt, cancel);
                found.AddRange(waits.Select(import => ToItem(backlog.Cycle, clearing, import)));
                found.AddRange(waits.Count == 0 ? [ToItem(backlog.Cycle, clearing)] : []);
            }
        }

        return found;
    }

    private WorkItem ToItem(CycleNumber cycle, Clearing clearing) =>
        new(
            WorkKind.Clearing,
            $"{cycle}-certificate",
            null,
            $"cycle {cycle} is cleared when its certificate bears it out: counted totals differ from what is entered, "
                + "or are missing",
            clock.City.At(clearing.AskedAt).Today
        )
        {
            Cycles = [cycle],
        };

    private WorkItem ToItem(CycleNumber cycle, Clearing clearing, ImportRecord import) =>
        new(
            WorkKind.Clearing,
            $"{cycle}-{import.Id}",
            null,
            $"cycle {cycle} is cleared when file {import.FileName} is applied or set aside",
            clock.City.At(clearing.AskedAt).Today
        )
        {
            Import = import.Id,
            Cycles = [cycle],
        };
}
