using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>
/// The plans are one partition, newest first; the lines of each are a partition of its own, a row a bucket, whose
/// columns say how far the bucket is.
/// </summary>
public sealed class TableReleaseStore(StorageClients clients) : IReleaseStore
{
    private const string Plans = "plans";
    private const string Plan = "Plan";
    private const string Lines = "Lines";
    private const string CheckedAt = "CheckedAt";
    private const int MostPlans = 9_999_999;
    private const int Tries = 10;
    private static readonly string[] Parts = ["Sent", "Stopped", "Dropped", "ToGo"];

    private TableClient Table => clients.Table(StorageClients.ReleasesTable);

    public async Task<PlanEntry> AddAsync(Func<string, ReleasePlan> plan, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var newest = await ReadNewestAsync(cancel).FirstOrDefaultAsync(cancel);
            var added = plan(IdOf((newest is null ? 0 : NumberOf(newest.Id)) + 1));
            if (newest is not null && newest.Made == added.Made)
            {
                // The answer to our own write was lost.
                return await FindAsync(newest.Id, cancel)
                    ?? throw new InvalidOperationException($"Plan {newest.Id} is gone.");
            }

            try
            {
                var stored = await Table.AddEntityAsync(ToRow(added), cancel);
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
        if (NumberOf(id) == 0)
        {
            return null;
        }

        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Plans, KeyOf(id), cancellationToken: cancel);
        return row.HasValue ? new PlanEntry(ToPlan(row.Value!), row.Value!.ETag.ToString()) : null;
    }

    public async Task<PlanEntry?> TrySaveAsync(PlanEntry before, ReleasePlan after, CancellationToken cancel)
    {
        try
        {
            var stored = await Table.UpdateEntityAsync(
                ToRow(after),
                new ETag(before.Tag),
                TableUpdateMode.Replace,
                cancel
            );
            return new PlanEntry(after, $"{stored.Headers.ETag}");
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<ReleasePlan> ReadNewestAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{Plans}'",
                maxPerPage: 50,
                cancellationToken: cancel
            )
        )
        {
            yield return ToPlan(row);
        }
    }

    public async Task<BucketLines?> FindLinesAsync(string release, Bucket bucket, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            release,
            bucket.ToString(),
            cancellationToken: cancel
        );
        return row.HasValue ? ToLines(row.Value!) : null;
    }

    public async IAsyncEnumerable<BucketLines> ReadLinesAsync(
        string release,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var row in Table.QueryAsync<TableEntity>(OfRelease(release), cancellationToken: cancel))
        {
            yield return ToLines(row);
        }
    }

    public async IAsyncEnumerable<ReleaseProgress> ReadProgressAsync(
        string release,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var columns = Parts.SelectMany(part => new[] { part, Cents(part) });
        await foreach (
            var row in Table.QueryAsync<TableEntity>(OfRelease(release), select: columns, cancellationToken: cancel)
        )
        {
            yield return new ReleaseProgress
            {
                Sent = SumOf(row, Parts[0]),
                Stopped = SumOf(row, Parts[1]),
                Dropped = SumOf(row, Parts[2]),
                ToGo = SumOf(row, Parts[3]),
            };
        }
    }

    public async Task<bool> TrySaveLinesAsync(BucketLines lines, CancellationToken cancel)
    {
        try
        {
            await (
                lines.Tag is { } tag
                    ? Table.UpdateEntityAsync(ToRow(lines), new ETag(tag), TableUpdateMode.Replace, cancel)
                    : Table.AddEntityAsync(ToRow(lines), cancel)
            );
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412)
        {
            return false;
        }
    }

    private static TableEntity ToRow(ReleasePlan plan)
    {
        var row = new TableEntity(Plans, KeyOf(plan.Id));
        LongText.Write(row, Plan, JsonSerializer.Serialize(plan, LedgerJson.Default.ReleasePlan));
        return row;
    }

    private static ReleasePlan ToPlan(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, Plan), LedgerJson.Default.ReleasePlan)!;

    private static TableEntity ToRow(BucketLines lines)
    {
        var progress = ReleaseProgress.Of(lines.Lines, isLive: true);
        var row = new TableEntity(lines.Release, lines.Bucket.ToString()) { [CheckedAt] = lines.CheckedAt };
        PlanSum[] sums = [progress.Sent, progress.Stopped, progress.Dropped, progress.ToGo];
        foreach (var (part, sum) in Parts.Zip(sums))
        {
            row[part] = sum.Debits;
            row[Cents(part)] = sum.Cents.Cents;
        }

        LongText.Write(
            row,
            Lines,
            LongText.Fit(JsonSerializer.Serialize(lines.Lines, LedgerJson.Default.IReadOnlyListPlanLine))
        );
        return row;
    }

    private static BucketLines ToLines(TableEntity row) =>
        new(
            row.PartitionKey,
            new Bucket(int.Parse(row.RowKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            JsonSerializer.Deserialize(
                LongText.Unfit(LongText.Read(row, Lines)),
                LedgerJson.Default.IReadOnlyListPlanLine
            )!,
            row.GetDateTimeOffset(CheckedAt)!.Value,
            row.ETag.ToString()
        );

    private static PlanSum SumOf(TableEntity row, string part) =>
        new(row.GetInt32(part) ?? 0, new Money(row.GetInt64(Cents(part)) ?? 0));

    private static string Cents(string part) => $"{part}Cents";

    // Ids are ours; one that could break the filter has no number.
    private static string OfRelease(string release) => $"PartitionKey eq '{IdOf(NumberOf(release))}'";

    private static string KeyOf(string id) =>
        (MostPlans - NumberOf(id)).ToString("0000000", CultureInfo.InvariantCulture);

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"R-{number}");

    private static int NumberOf(string id) =>
        id.StartsWith("R-", StringComparison.Ordinal)
        && int.TryParse(id[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and < MostPlans
            ? number
            : 0;
}
