using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>
/// The plans are one partition, newest first; the lines of each are a partition of its own, a row a bucket, whose
/// columns say how far the bucket is.
/// </summary>
public sealed class TableReleaseStore(StorageClients clients) : IReleaseStore
{
    private const int Tries = 10;

    private TableClient Table => clients.Table(StorageClients.ReleasesTable);

    public async Task<PlanEntry> AddAsync(Func<string, ReleasePlan> plan, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var newest = await ReadNewestAsync(cancel).FirstOrDefaultAsync(cancel);
            var added = plan(ReleaseRows.IdOf((newest is null ? 0 : ReleaseRows.NumberOf(newest.Id)) + 1));
            if (newest is not null && newest.Made == added.Made)
            {
                // The answer to our own write was lost.
                return await FindAsync(newest.Id, cancel)
                    ?? throw new InvalidOperationException($"Plan {newest.Id} is gone.");
            }

            try
            {
                var stored = await Table.AddEntityAsync(ReleaseRows.ToRow(added), cancel);
                return new PlanEntry(added, $"{stored.Headers.ETag}");
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                // Somebody else has the number, or our own answer was lost: the next look tells.
            }
        }

        throw new RefusedException("Other plans are being made; try again.");
    }

    public async Task<PlanEntry?> FindAsync(string id, CancellationToken cancel)
    {
        if (ReleaseRows.NumberOf(id) == 0)
        {
            return null;
        }

        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            ReleaseRows.Plans,
            ReleaseRows.KeyOf(id),
            cancellationToken: cancel
        );
        return row.HasValue ? new PlanEntry(ReleaseRows.ToPlan(row.Value!), row.Value!.ETag.ToString()) : null;
    }

    public async Task<PlanEntry?> TrySaveAsync(PlanEntry before, ReleasePlan after, CancellationToken cancel) =>
        await Table.TryReplaceAsync(ReleaseRows.ToRow(after), before.Tag, cancel) is { } tag
            ? new PlanEntry(after, tag)
            : null;

    public async IAsyncEnumerable<ReleasePlan> ReadNewestAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{ReleaseRows.Plans}'",
                maxPerPage: 50,
                cancellationToken: cancel
            )
        )
        {
            yield return ReleaseRows.ToPlan(row);
        }
    }

    public async Task<BucketLines?> FindLinesAsync(string release, Bucket bucket, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            release,
            bucket.ToString(),
            cancellationToken: cancel
        );
        return row.HasValue ? ReleaseRows.ToLines(row.Value!) : null;
    }

    public async IAsyncEnumerable<BucketLines> ReadLinesAsync(
        string release,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(ReleaseRows.OfRelease(release), cancellationToken: cancel)
        )
        {
            yield return ReleaseRows.ToLines(row);
        }
    }

    public async IAsyncEnumerable<ReleaseProgress> ReadProgressAsync(
        string release,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                ReleaseRows.OfRelease(release),
                select: ReleaseRows.ProgressColumns,
                cancellationToken: cancel
            )
        )
        {
            yield return ReleaseRows.ToProgress(row);
        }
    }

    public async IAsyncEnumerable<PlanSketch> ReadSketchesAsync(
        string release,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                ReleaseRows.OfRelease(release),
                select: ReleaseRows.SketchColumns,
                cancellationToken: cancel
            )
        )
        {
            yield return ReleaseRows.ToSketch(row)
                // A plan of before there were sketches.
                ?? PlanSketch.Of((await FindLinesAsync(release, ReleaseRows.BucketOf(row), cancel))!.Lines);
        }
    }

    public Task<BucketLines?> TrySaveLinesAsync(BucketLines lines, CancellationToken cancel) =>
        TrySaveAsync(
            lines,
            lines.Tag is { } tag
                ? Table.UpdateEntityAsync(ReleaseRows.ToRow(lines), new ETag(tag), TableUpdateMode.Replace, cancel)
                : Table.AddEntityAsync(ReleaseRows.ToRow(lines), cancel)
        );

    public Task<BucketLines?> TrySaveProgressAsync(BucketLines lines, CancellationToken cancel) =>
        TrySaveAsync(
            lines,
            Table.UpdateEntityAsync(
                ReleaseRows.ToProgressRow(lines),
                new ETag(lines.Tag!),
                TableUpdateMode.Merge,
                cancel
            )
        );

    private static async Task<BucketLines?> TrySaveAsync(BucketLines lines, Task<Response> save)
    {
        try
        {
            return lines with { Tag = $"{(await save).Headers.ETag}" };
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412)
        {
            return null;
        }
    }
}
