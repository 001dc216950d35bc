using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Imports;

/// <summary>
/// Rows that wait: the open ones in one partition, those that have ended in another, and the bills of unknown accounts
/// in one for each bucket, so that no list and no walk ever meets them.
/// </summary>
public sealed class TableWaitingRows(StorageClients clients) : IWaitingRows
{
    private const int MostOperations = 100;
    private const string Open = "open";
    private const string Ended = "ended";
    private const string Bills = "bills-";
    private const string Due = "Due";

    private TableClient Table => clients.Table(StorageClients.WaitingTable);

    public async Task PutAsync(IReadOnlyCollection<WaitingRow> rows, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            if (await FindAsync(row.Id, cancel) is null)
            {
                await Table.UpsertEntityAsync(ToEntity(Open, row.Id, row), TableUpdateMode.Replace, cancel);
            }
        }
    }

    public async Task<IReadOnlyList<WaitingRow>> ReadOpenAsync(CancellationToken cancel)
    {
        var rows = await Table
            .QueryAsync<TableEntity>($"PartitionKey eq '{Open}'", cancellationToken: cancel)
            .Select(ToRow)
            .ToListAsync(cancel);
        return
        [
            .. rows.OrderBy(row => row.Since)
                .ThenBy(row => row.ImportId, StringComparer.Ordinal)
                .ThenBy(row => row.Line),
        ];
    }

    public async Task<WaitingRow?> FindAsync(string id, CancellationToken cancel) =>
        await FindAsync(Ended, id, cancel) ?? await FindAsync(Open, id, cancel);

    // The end first: whoever dies in between leaves a row that is found ended, and ends it again.
    public async Task EndAsync(WaitingRow row, WaitingEnd end, Authority authority, CancellationToken cancel)
    {
        await Table.UpsertEntityAsync(
            ToEntity(Ended, row.Id, row with { End = end, EndedBy = authority }),
            TableUpdateMode.Replace,
            cancel
        );
        await Table.DeleteEntityAsync(Open, row.Id, ETag.All, cancel);
    }

    public Task PutBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel) =>
        SubmitAsync(
            bills.Select(row => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                ToEntity($"{Bills}{bucket}", BillKey(row), row)
            )),
            cancel
        );

    public async Task<IReadOnlyList<WaitingRow>> ReadBillsAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    )
    {
        var wanted = accounts.ToHashSet();

        // By the keys and not by the accounts: "A10|" is before "A1|".
        var keys = accounts.Select(account => $"{account}|").Order(StringComparer.Ordinal).ToList();
        var (first, after) = (LedgerKeys.Quote(keys[0]), LedgerKeys.Quote(LedgerKeys.After(keys[^1])));
        return await Table
            .QueryAsync<TableEntity>(
                $"PartitionKey eq '{Bills}{bucket}' and RowKey ge '{first}' and RowKey lt '{after}'",
                cancellationToken: cancel
            )
            .Select(ToRow)
            .Where(row => wanted.Contains(row.Account))
            .ToListAsync(cancel);
    }

    public Task RemoveBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel) =>
        RemoveAsync([.. bills.Select(row => new TableEntity($"{Bills}{bucket}", BillKey(row)))], cancel);

    public async Task<int> DropBillsAsync(DateOnly dueBefore, CancellationToken cancel)
    {
        var old = await QueryBills($" and {Due} lt '{Text(dueBefore)}'").ToListAsync(cancel);
        foreach (var partition in old.GroupBy(row => row.PartitionKey))
        {
            await RemoveAsync([.. partition], cancel);
        }

        return old.Count;
    }

    public async Task<int> CountBillsAsync(CancellationToken cancel) => await QueryBills("").CountAsync(cancel);

    private AsyncPageable<TableEntity> QueryBills(string condition) =>
        Table.QueryAsync<TableEntity>(
            $"PartitionKey ge '{Bills}' and PartitionKey lt '{LedgerKeys.After(Bills)}'{condition}",
            select: ["PartitionKey", "RowKey"]
        );

    private async Task<WaitingRow?> FindAsync(string partition, string id, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            partition,
            LedgerKeys.Escape(id),
            cancellationToken: cancel
        );
        return row.HasValue ? ToRow(row.Value!) : null;
    }

    // Each by itself where one of them is gone already: a run that died took it away.
    private async Task RemoveAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancel)
    {
        try
        {
            await SubmitAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                cancel
            );
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            foreach (var row in rows)
            {
                await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
            }
        }
    }

    private async Task SubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancel)
    {
        foreach (var chunk in actions.DistinctBy(action => action.Entity.RowKey).Chunk(MostOperations))
        {
            await Table.SubmitTransactionAsync(chunk, cancel);
        }
    }

    private static string BillKey(WaitingRow row) => $"{row.Account}|{LedgerKeys.Escape(row.RowId)}";

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static WaitingRow ToRow(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, "Row"), LedgerJson.Default.WaitingRow)!;

    private static TableEntity ToEntity(string partition, string key, WaitingRow row)
    {
        var entity = new TableEntity(partition, key)
        {
            [Due] = row.Content.Bill is { } bill ? Text(bill.DueDate) : null,
        };
        LongText.Write(entity, "Row", JsonSerializer.Serialize(row, LedgerJson.Default.WaitingRow));
        return entity;
    }
}
