using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Receipts;

/// <summary>
/// Receipts for the billing system, in numbered batches. Once-only by order of the steps: the batch's bytes are written
/// once, then its record, then its receipts leave their buckets, and only then can the next batch begin. A run that
/// dies in between is finished by the next one, from the bytes.
/// </summary>
public sealed class IssueReceipts(
    IReceiptStore receipts,
    IReportStore records,
    ReadReceipts read,
    FindDiscardedLines find,
    CityClock clock
)
{
    public const string Kind = "receipts";

    /// <returns>Null when there is nothing to tell.</returns>
    public async Task<ReceiptBatch?> RunAsync(string by, CancellationToken cancel)
    {
        using var span = Tracing.Start("issue receipts");
        var last = await read.ReadNewestAsync(cancel).FirstOrDefaultAsync(cancel);
        if (last is { Completed: false })
        {
            return await CompleteAsync(last, cancel);
        }

        var number = (last?.Number ?? 0) + 1;
        if (
            await receipts.ReadBatchAsync(number, cancel) is null
            && !await WriteAsync(number, last?.LostReturns ?? [], cancel)
        )
        {
            return null;
        }

        return await CompleteAsync(await RecordAsync(number, by, cancel), cancel);
    }

    public async Task<ReceiptBatch?> FindAsync(int number, CancellationToken cancel) =>
        await records.FindAsync(Kind, IdOf(number), cancel) is { } stored ? ReadReceipts.ToBatch(stored) : null;

    private async Task<bool> WriteAsync(int number, IReadOnlyList<ReceiptLine> lostReturns, CancellationToken cancel)
    {
        var before = await read.AlreadyIssuedAsync(cancel);
        var waiting = await read.ReadWaitingAsync(cancel);
        List<ReceiptLine> lines =
        [
            .. lostReturns.Select(line => line.TakenBack()),
            .. waiting
                .Where(line => !before.Contains(line))
                .Select(line => before.Names(line.Id) ? line.Rename(number) : line),
        ];
        if (lines.Count > 0)
        {
            await receipts.TryWriteBatchAsync(number, ReceiptCsv.Write(lines), cancel);
        }
        else
        {
            await DeleteAsync([], before, cancel);
        }

        return lines.Count > 0;
    }

    // What was written first, by whomever, is the batch. What waits is looked at before its record: it leaves only
    // after that.
    private async Task<ReceiptBatch> RecordAsync(int number, string by, CancellationToken cancel)
    {
        var csv =
            await receipts.ReadBatchAsync(number, cancel)
            ?? throw new InvalidOperationException($"Batch {number} was written and cannot be read.");
        var lines = ReceiptCsv.Read(csv);
        var lost = await find.RunAsync(lines, cancel);
        if (await FindAsync(number, cancel) is { } known)
        {
            return known;
        }

        var batch = new ReceiptBatch(
            number,
            clock.Now.Utc,
            by,
            ReceiptCsv.HashOf(csv),
            ReceiptTotals.Of(lines),
            Completed: false
        )
        {
            Lost = lost.Count,
            LostReturns = await find.ReturnsAsync(lost, cancel),
        };
        await SaveAsync(batch, cancel);
        return batch;
    }

    private async Task<ReceiptBatch> CompleteAsync(ReceiptBatch batch, CancellationToken cancel)
    {
        var lines = await read.LinesOfAsync(batch, cancel);
        await DeleteAsync(lines, await read.AlreadyIssuedAsync(cancel), cancel);
        var completed = batch with { Completed = true };
        await SaveAsync(completed, cancel);
        return completed;
    }

    // By what they tell and not by their ids alone: the ids of lost books may have come up again for other receipts.
    private async Task DeleteAsync(IReadOnlyList<ReceiptLine> issued, AlreadyIssued before, CancellationToken cancel)
    {
        var told = issued.Select(line => line.Told()).ToHashSet();
        foreach (var bucket in Bucket.All)
        {
            var keys = await receipts
                .ReadPendingAsync(bucket, cancel)
                .Where(pending => ReceiptCsv.LinesOf(pending).All(line => told.Contains(line) || before.Contains(line)))
                .Select(pending => pending.Key)
                .ToHashSetAsync(cancellationToken: cancel);
            if (keys.Count > 0)
            {
                await receipts.DeleteAsync(bucket, keys, cancel);
            }
        }
    }

    private Task SaveAsync(ReceiptBatch batch, CancellationToken cancel) =>
        records.SaveAsync(
            new StoredReport(
                Kind,
                IdOf(batch.Number),
                JsonSerializer.Serialize(batch, ReportJson.Default.ReceiptBatch)
            ),
            cancel
        );

    private static string IdOf(int number) => number.ToString("00000000", CultureInfo.InvariantCulture);
}
