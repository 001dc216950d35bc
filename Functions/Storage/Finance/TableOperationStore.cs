using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>Operations, a row each beside the controls and so in the same backup.</summary>
public sealed class TableOperationStore(StorageClients clients) : IOperationStore
{
    private TableClient Table => clients.Table(StorageClients.ControlsTable);

    public async Task<RecordedOperation?> FindAsync(string id, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            ControlsRows.Partition,
            OperationRows.KeyOf(id),
            cancellationToken: cancel
        );
        return row.HasValue ? OperationRows.ToOperation(row.Value!) : null;
    }

    public async Task<RecordedOperation?> TryBeginAsync(RecordedOperation begun, CancellationToken cancel)
    {
        var row = OperationRows.ToRow(begun);
        try
        {
            var answer = begun.Tag is { } tag
                ? await Table.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, cancel)
                : await Table.AddEntityAsync(row, cancel);
            return begun with { Tag = $"{answer.Headers.ETag}" };
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return null;
        }
    }

    public Task RecordAsync(RecordedOperation done, CancellationToken cancel) =>
        Table.UpsertEntityAsync(OperationRows.ToRecorded(done), TableUpdateMode.Merge, cancel);

    public async Task ForgetAsync(RecordedOperation begun, CancellationToken cancel)
    {
        try
        {
            await Table.DeleteEntityAsync(
                ControlsRows.Partition,
                OperationRows.KeyOf(begun.Operation.Id),
                new ETag(begun.Tag ?? throw new InvalidOperationException("It was never begun.")),
                cancel
            );
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Recorded with its act meanwhile, or gone.
        }
    }
}
