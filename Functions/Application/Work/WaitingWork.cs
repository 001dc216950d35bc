using Autopay.Application.Ports.Files;

namespace Autopay.Application.Work;

/// <summary>Rows that wait for what they name, or for a person (R29, R30, R33, R40).</summary>
public sealed class WaitingWork(IWaitingRows waiting, CityClock clock) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        [.. (await waiting.ReadOpenAsync(cancel)).Select(ToItem)];

    private WorkItem ToItem(WaitingRow row) =>
        new(
            row.For == WaitingFor.Person ? WorkKind.SetAside : WorkKind.WaitingRow,
            row.Id,
            row.Cents,
            $"{row.Reason} (line {row.Line}: {row.Content.ToText()})",
            clock.City.At(row.Since).Today
        )
        {
            Account = row.Account,
            Bill = row.Content.Bill?.Id ?? row.Content.Adjustment?.Bill ?? row.Content.Balance?.Bill,
            Payment = row.Content.Payment?.Id ?? row.Content.Reversal?.Payment,
            Import = row.ImportId,
            DueDate = row.Content.Bill?.DueDate,
            Cycles = (row.Content.Bill?.Cycle ?? row.Content.Enrolment?.Cycle) is { } cycle ? [cycle] : [],
        };
}
