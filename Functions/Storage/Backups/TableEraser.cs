using Autopay.Application.Ports.Books;
using Autopay.Storage.Finance;
using Azure.Data.Tables;

namespace Autopay.Storage.Backups;

/// <summary>
/// Deletes all rows but that of the layout. A mark in the row of the controls comes first and goes last: half-emptied
/// tables are no books.
/// </summary>
public sealed class TableEraser(StorageClients clients) : IBooksEraser
{
    /// <summary>In the place of a backup's id: a restore refuses to go on from here.</summary>
    private const string Emptying = "(the tables are being emptied)";
    private const int TablesAtOnce = 8;
    private const int RowsInBatch = 100;

    public async Task EmptyAsync(IProgress<string>? progress, CancellationToken cancel)
    {
        await MarkAsync(cancel);
        var done = 0;
        await Parallel.ForEachAsync(
            StorageClients.Tables.Except([StorageClients.ControlsTable]),
            new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancel },
            async (name, stop) =>
            {
                var rows = await EmptyAsync(name, "", stop);
                progress?.Report($"{Interlocked.Increment(ref done)}: {name} is empty, {rows} rows deleted");
            }
        );
        var kept = $"RowKey ne '{StorageSetup.Layout}'";
        await EmptyAsync(StorageClients.ControlsTable, $"{kept} and RowKey ne '{ControlsRows.State}'", cancel);
        await EmptyAsync(StorageClients.ControlsTable, kept, cancel);
    }

    private async Task MarkAsync(CancellationToken cancel)
    {
        var table = clients.Table(StorageClients.ControlsTable);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            ControlsRows.Partition,
            ControlsRows.State,
            cancellationToken: cancel
        );
        if (found.HasValue)
        {
            var state = found.Value!;
            (state[ControlsRows.Restoring], state[ControlsRows.Generation]) = (Emptying, 0);
            await table.UpdateEntityAsync(state, state.ETag, TableUpdateMode.Replace, cancel);
        }
    }

    private async Task<long> EmptyAsync(string name, string filter, CancellationToken cancel)
    {
        var (table, deleted) = (clients.Table(name), 0L);
        var pages = table
            .QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancel)
            .AsPages();
        await foreach (var page in pages.WithCancellation(cancel))
        {
            foreach (
                var batch in page.Values.GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(RowsInBatch))
            )
            {
                await table.SubmitTransactionAsync(
                    batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)),
                    cancel
                );
                deleted += batch.Length;
            }
        }

        return deleted;
    }
}
