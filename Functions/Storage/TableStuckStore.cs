using System.Runtime.CompilerServices;
using Autopay.Application.Ports;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

public sealed class TableStuckStore(StorageClients clients) : IStuckStore
{
    private const string Partition = "poison";

    private TableClient Table => clients.Table(StorageClients.PoisonTable);

    public async Task PutAsync(StuckItem item, CancellationToken cancel)
    {
        var row = new TableEntity(Partition, LedgerKeys.Escape(item.Id)) { ["ItemId"] = item.Id, ["Kind"] = item.Kind, ["Reason"] = item.Reason, ["Since"] = item.Since };
        LongText.Write(row, "Content", item.Content);
        try
        {
            await Table.AddEntityAsync(row, cancel);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Known: the newest reason counts, its age stays.
            row.Remove("Since");
            await Table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancel);
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancel) => await Table.DeleteEntityAsync(Partition, LedgerKeys.Escape(id), ETag.All, cancel);

    public async IAsyncEnumerable<StuckItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel))
        {
            yield return new StuckItem(row.GetString("ItemId"), row.GetString("Kind"), row.GetString("Reason"), LongText.Read(row, "Content"), row.GetDateTimeOffset("Since")!.Value);
        }
    }
}
