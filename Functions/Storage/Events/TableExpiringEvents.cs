using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Provider;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Events;

/// <summary>
/// Old events by their rows of time. An event and its row of time go together, many in one transaction; whatever has a
/// row beside it that says open or listed stays.
/// </summary>
public sealed class TableExpiringEvents(StorageClients clients) : IExpiringEvents
{
    private const string Partition = ProviderEventRows.Partition;
    private const string TimePrefix = "t|";

    // Two rows each.
    private const int Together = LedgerTransaction.MostOperations / 2;

    private TableClient Table => clients.Table(StorageClients.ProviderEventsTable);

    public async Task<IReadOnlyList<string>> FindAsync(DateTimeOffset before, int most, CancellationToken cancel)
    {
        // First what is needed: an event that is settled meanwhile stays until the next time.
        var needed = await KeysAsync(
                ProviderEventRows.OpenPrefix,
                LedgerKeys.After(ProviderEventRows.OpenPrefix),
                cancel
            )
            .Concat(KeysAsync(ProviderEventRows.ListedPrefix, LedgerKeys.After(ProviderEventRows.ListedPrefix), cancel))
            .Select(EventOf)
            .ToHashSetAsync(StringComparer.Ordinal, cancel);
        return await KeysAsync(TimePrefix, ProviderEventRows.TimePrefix(before), cancel)
            .Where(key => !needed.Contains(EventOf(key)))
            .Take(most)
            .ToListAsync(cancel);
    }

    public async Task DeleteAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        foreach (var some in names.Chunk(Together))
        {
            try
            {
                await Table.SubmitTransactionAsync(
                    some.SelectMany(RowsOf)
                        .Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                    cancel
                );
            }
            catch (TableTransactionFailedException gone) when (gone.IsConflict())
            {
                await DeleteEachAsync(some, cancel);
            }
        }
    }

    // The event first: while its row of time is there, it is found again.
    private async Task DeleteEachAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        foreach (var row in names.SelectMany(RowsOf))
        {
            await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
        }
    }

    private static IEnumerable<TableEntity> RowsOf(string name) =>
        [new(Partition, $"e|{EventOf(name)}"), new(Partition, name)];

    // The id is the last part of each key, escaped.
    private static string EventOf(string key) => key[(key.LastIndexOf('|') + 1)..];

    private async IAsyncEnumerable<string> KeysAsync(
        string from,
        string until,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var rows = Table.QueryAsync<TableEntity>(
            $"PartitionKey eq '{Partition}' and RowKey ge '{from}' and RowKey lt '{until}'",
            select: ["RowKey"],
            cancellationToken: cancel
        );
        await foreach (var row in rows)
        {
            yield return row.RowKey;
        }
    }
}
