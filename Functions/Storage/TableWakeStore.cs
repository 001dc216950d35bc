using Autopay.Application;
using Autopay.Application.Ports;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

public sealed class TableWakeStore(StorageClients clients) : IWakeStore
{
    private const string Partition = "wake";
    private const int Tries = 20;

    private TableClient Table => clients.Table(StorageClients.WakeTable);

    public async Task<IReadOnlyList<Wake>> ReadAllAsync(CancellationToken cancel)
    {
        var rows = new Dictionary<string, TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel))
        {
            rows[row.RowKey] = row;
        }

        return [.. Bucket.All.Select(bucket => ToWake(bucket, rows.GetValueOrDefault(bucket.ToString())))];
    }

    public async Task<Wake> ReadAsync(Bucket bucket, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, bucket.ToString(), cancellationToken: cancel);
        return ToWake(bucket, row.HasValue ? row.Value : null);
    }

    public async Task LowerAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var wake = await ReadAsync(bucket, cancel);
            if (wake.IsAwakeFor(look) || await TryWriteAsync(wake.LoweredTo(look), cancel) is not null)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The wake row of bucket {bucket} stays contended.");
    }

    public async Task<Wake?> TryWriteAsync(Wake wake, CancellationToken cancel)
    {
        var row = new TableEntity(Partition, wake.Bucket.ToString())
        {
            ["EarliestLook"] = wake.EarliestLook, ["WalkedControls"] = wake.WalkedControls,
            ["LeasedUntil"] = wake.LeasedUntil == default ? null : wake.LeasedUntil,
            ["WalkedAt"] = wake.WalkedAt, ["LeasedBy"] = wake.LeasedBy, ["WasCut"] = wake.WasCut, ["AskedAgainAt"] = wake.AskedAgainAt,
        };
        try
        {
            var answer = wake.Tag is { } tag
                ? await Table.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, cancel)
                : await Table.AddEntityAsync(row, cancel);
            return wake with { Tag = answer.Headers.ETag.ToString() };
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return null;
        }
    }

    private static Wake ToWake(Bucket bucket, TableEntity? row) => row is null
        ? new Wake(bucket, null, 0, default, null)
        : new Wake(bucket, row.GetDateTimeOffset("EarliestLook"), row.GetInt64("WalkedControls") ?? 0, row.GetDateTimeOffset("LeasedUntil") ?? default, row.ETag.ToString())
        {
            WalkedAt = row.GetDateTimeOffset("WalkedAt"), LeasedBy = row.GetString("LeasedBy"), WasCut = row.GetBoolean("WasCut") ?? false,
            AskedAgainAt = row.GetDateTimeOffset("AskedAgainAt"),
        };
}
