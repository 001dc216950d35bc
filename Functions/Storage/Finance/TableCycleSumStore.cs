using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>Rows beside the schedule rows: a restore forgets them with those. The last writer wins.</summary>
public sealed class TableCycleSumStore(StorageClients clients) : ICycleSumStore
{
    private const string Partition = "sums";
    private const string Column = "Cycles";
    private const string Work = "Work";

    private TableClient Table => clients.Table(StorageClients.SchedulesTable);

    public async Task<IReadOnlyList<BucketSums>> ReadAllAsync(CancellationToken cancel) =>
        await Table
            .QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel)
            .Select(ToSums)
            .ToListAsync(cancel);

    public async Task SaveAsync(BucketSums sums, CancellationToken cancel)
    {
        var row = new TableEntity(Partition, sums.Bucket.ToString()) { ["At"] = sums.At, ["Ledgers"] = sums.Ledgers };
        var json = JsonSerializer.Serialize(sums.Cycles, LedgerJson.Default.IReadOnlyListCycleSum);
        LongText.Write(row, Column, LongText.Fit(json));
        row["Watched"] = sums.Watched;
        if (sums.Work is { } work)
        {
            LongText.Write(row, Work, LongText.Pack(JsonSerializer.Serialize(work, LedgerJson.Default.WorkSums)));
        }

        await Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    private static BucketSums ToSums(TableEntity row) =>
        new(
            new Bucket(int.Parse(row.RowKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            row.GetDateTimeOffset("At")!.Value,
            row.GetInt32("Ledgers")!.Value,
            JsonSerializer.Deserialize(
                LongText.Unfit(LongText.Read(row, Column)),
                LedgerJson.Default.IReadOnlyListCycleSum
            )!
        )
        {
            Work = LongText.Read(row, Work) is { Length: > 0 } work
                ? JsonSerializer.Deserialize(LongText.Unfit(work), LedgerJson.Default.WorkSums)
                : null,
            Watched = row.GetInt32("Watched"),
        };
}
