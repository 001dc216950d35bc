using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>Rows beside the schedule rows. The last writer wins: a beat is a fact, whoever it is of.</summary>
public sealed class TableHeartbeatStore(StorageClients clients) : IHeartbeatStore
{
    private const string Partition = "heartbeat";
    private const string At = "At";

    private TableClient Table => clients.Table(StorageClients.SchedulesTable);

    public Task BeatAsync(string name, DateTimeOffset at, CancellationToken cancel) =>
        Table.UpsertEntityAsync(new TableEntity(Partition, name) { [At] = at }, TableUpdateMode.Replace, cancel);

    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancel)
    {
        Dictionary<string, DateTimeOffset> beats = [];
        await foreach (
            var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel)
        )
        {
            beats[row.RowKey] = row.GetDateTimeOffset(At) ?? default;
        }

        return beats;
    }
}
