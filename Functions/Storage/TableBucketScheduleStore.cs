using System.Collections.Concurrent;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

public sealed class TableBucketScheduleStore(StorageClients clients) : IBucketScheduleStore
{
    private const string Partition = "schedules";
    private const int Tries = 20;
    private readonly ConcurrentDictionary<Bucket, BucketSchedule> written = new();

    private TableClient Table => clients.Table(StorageClients.SchedulesTable);

    public async Task<IReadOnlyList<BucketSchedule>> ReadAllAsync(CancellationToken cancel)
    {
        var rows = new Dictionary<string, TableEntity>();
        await foreach (
            var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel)
        )
        {
            rows[row.RowKey] = row;
        }

        return [.. Bucket.All.Select(bucket => ToSchedule(bucket, rows.GetValueOrDefault(bucket.ToString())))];
    }

    public async Task<BucketSchedule> ReadAsync(Bucket bucket, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            bucket.ToString(),
            cancellationToken: cancel
        );
        return ToSchedule(bucket, row.HasValue ? row.Value : null);
    }

    public BucketSchedule? Recall(Bucket bucket) => written.GetValueOrDefault(bucket);

    public async Task BringForwardAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var schedule = await ReadAsync(bucket, cancel);
            if (schedule.IsDueBy(look) || await TryWriteAsync(schedule.BringForwardTo(look), cancel) is not null)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The schedule row of bucket {bucket} stays contended.");
    }

    public async Task<BucketSchedule?> TryWriteAsync(BucketSchedule schedule, CancellationToken cancel)
    {
        var row = new TableEntity(Partition, schedule.Bucket.ToString())
        {
            ["EarliestDue"] = schedule.EarliestDue,
            ["ScannedControlsVersion"] = schedule.ScannedControlsVersion,
            ["LeasedUntil"] = schedule.LeasedUntil == default ? null : schedule.LeasedUntil,
            ["WalkedAt"] = schedule.WalkedAt,
            ["LeasedBy"] = schedule.LeasedBy,
            ["WasCut"] = schedule.WasCut,
            ["AskedAgainAt"] = schedule.AskedAgainAt,
        };
        try
        {
            var answer = schedule.Tag is { } tag
                ? await Table.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, cancel)
                : await Table.AddEntityAsync(row, cancel);
            return written[schedule.Bucket] = schedule with { Tag = answer.Headers.ETag.ToString() };
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            written.TryRemove(schedule.Bucket, out _);
            return null;
        }
    }

    private static BucketSchedule ToSchedule(Bucket bucket, TableEntity? row) =>
        row is null
            ? new BucketSchedule(bucket, null, 0, default, null)
            : new BucketSchedule(
                bucket,
                row.GetDateTimeOffset("EarliestDue"),
                row.GetInt64("ScannedControlsVersion") ?? 0,
                row.GetDateTimeOffset("LeasedUntil") ?? default,
                row.ETag.ToString()
            )
            {
                WalkedAt = row.GetDateTimeOffset("WalkedAt"),
                LeasedBy = row.GetString("LeasedBy"),
                WasCut = row.GetBoolean("WasCut") ?? false,
                AskedAgainAt = row.GetDateTimeOffset("AskedAgainAt"),
            };
}
