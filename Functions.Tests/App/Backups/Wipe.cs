using Autopay.Storage;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Backups;

/// <summary>
/// What a person with the wrong script does to the books: every row of every table is gone. Blobs stay.
/// </summary>
internal static class Wipe
{
    public static Task AllTablesAsync(StorageClients clients) =>
        Parallel.ForEachAsync(
            StorageClients.Tables,
            async (name, cancel) =>
            {
                var table = clients.Table(name);
                var rows = await table
                    .QueryAsync<TableEntity>(row => row.RowKey != "layout", cancellationToken: cancel)
                    .ToListAsync(cancel);
                foreach (
                    var chunk in rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100))
                )
                {
                    await table.SubmitTransactionAsync(
                        chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)),
                        cancel
                    );
                }
            }
        );

    /// <summary>
    /// Every row of every table, hints aside, as text: what must be the same after a restore, or after a refused one.
    /// </summary>
    public static async Task<IReadOnlyList<string>> DigestAsync(StorageClients clients)
    {
        var tables = await Task.WhenAll(
            StorageClients.Tables.Select(async name =>
                await clients
                    .Table(name)
                    .QueryAsync<TableEntity>()
                    .Select(row => $"{name}/{row.PartitionKey}/{row.RowKey}/{Columns(row)}")
                    .ToListAsync()
            )
        );
        return [.. tables.SelectMany(rows => rows).Order(StringComparer.Ordinal)];
    }

    private static string Columns(TableEntity row) =>
        string.Join(
            ',',
            row.Where(column => column.Key is not ("odata.etag" or "Timestamp"))
                .OrderBy(column => column.Key)
                .Select(column => $"{column.Key}={column.Value}")
        );
}
