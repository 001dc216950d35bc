using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

public sealed class TableStuckStore(StorageClients clients) : IStuckStore
{
    private const string Partition = "poison";

    private TableClient Table => clients.Table(StorageClients.PoisonTable);

    public async Task PutAsync(StuckItem item, CancellationToken cancel)
    {
        var row = new TableEntity(Partition, LedgerKeys.Escape(item.Id))
        {
            ["ItemId"] = item.Id,
            ["Kind"] = item.Kind,
            ["Reason"] = item.Reason,
            ["Since"] = item.Since,
        };
        LongText.Write(row, "Content", item.Content);
        try
        {
            await Table.AddEntityAsync(row, cancel);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            await ChangeAsync(row, item, cancel);
        }
    }

    public async Task<StuckItem?> FindAsync(string id, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            LedgerKeys.Escape(id),
            cancellationToken: cancel
        );
        return row.HasValue ? ToItem(row.Value!) : null;
    }

    public async Task<bool> TryCloseAsync(
        string id,
        StuckClosing closing,
        Authority authority,
        CancellationToken cancel
    )
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            LedgerKeys.Escape(id),
            cancellationToken: cancel
        );
        if (!found.HasValue || ToItem(found.Value!).Closing is not null)
        {
            return false;
        }

        var row = found.Value!;
        (row["Closing"], row["ClosedBy"], row["ClosedWhy"], row["ClosedAt"]) = (
            closing.ToString(),
            authority.By,
            authority.Why,
            authority.At
        );
        try
        {
            await Table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancel);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return (await FindAsync(id, cancel))?.ClosedBy == authority;
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancel) =>
        await Table.DeleteEntityAsync(Partition, LedgerKeys.Escape(id), ETag.All, cancel);

    public async IAsyncEnumerable<StuckItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel)
        )
        {
            if (ToItem(row) is { Closing: null } item)
            {
                yield return item;
            }
        }
    }

    // Known: the newest reason counts, its age stays. What was discarded stays closed for the same reason; anything
    // else is open again.
    private async Task ChangeAsync(TableEntity row, StuckItem item, CancellationToken cancel)
    {
        var known = await FindAsync(item.Id, cancel);
        if (known is { Closing: StuckClosing.Discarded } && known.Reason == item.Reason)
        {
            return;
        }

        row["Since"] = known is { Closing: null } ? known.Since : item.Since;
        await Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    private static StuckItem ToItem(TableEntity row) =>
        new(
            row.GetString("ItemId"),
            row.GetString("Kind"),
            row.GetString("Reason"),
            LongText.Read(row, "Content"),
            row.GetDateTimeOffset("Since")!.Value
        )
        {
            Closing = Enum.TryParse<StuckClosing>(row.GetString("Closing"), out var closing) ? closing : null,
            ClosedBy = row.GetString("ClosedBy") is { } by
                ? new Authority(by, row.GetString("ClosedWhy"), row.GetDateTimeOffset("ClosedAt")!.Value)
                : null,
        };
}
