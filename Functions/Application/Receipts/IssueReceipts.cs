using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>
/// Receipts for the billing system, in numbered batches. Once-only by order of the steps: the batch's bytes are written once, then its record, then its
/// receipts leave their buckets, and only then can the next batch begin. A run that dies in between is finished by the next one, from the bytes.
/// </summary>
public sealed class IssueReceipts(IReceiptStore receipts, IReportStore records, CityClock clock)
{
    public const string Kind = "receipts";

    /// <returns>Null when there is nothing to tell.</returns>
    public async Task<ReceiptBatch?> RunAsync(string by, CancellationToken cancel)
    {
        using var span = Tracing.Start("issue receipts");
        var last = await NewestAsync(cancel);
        if (last is { Settled: false })
        {
            return await SettleAsync(last, cancel);
        }

        var number = (last?.Number ?? 0) + 1;
        if (await receipts.ReadBatchAsync(number, cancel) is null && !await WriteAsync(number, cancel))
        {
            return null;
        }

        // What was written first, by whomever, is the batch.
        var csv = await receipts.ReadBatchAsync(number, cancel) ?? throw new InvalidOperationException($"Batch {number} was written and cannot be read.");
        var batch = new ReceiptBatch(number, clock.Now.Utc, by, ReceiptCsv.HashOf(csv), ReceiptTotals.Of(ReceiptCsv.Read(csv)), Settled: false);
        await SaveAsync(batch, cancel);
        return await SettleAsync(batch, cancel);
    }

    public async Task<ReceiptBatch?> FindAsync(int number, CancellationToken cancel) =>
        await records.FindAsync(Kind, IdOf(number), cancel) is { } stored ? ToBatch(stored) : null;

    public async IAsyncEnumerable<ReceiptBatch> ReadNewestAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var stored in records.ReadNewestAsync(Kind, cancel))
        {
            yield return ToBatch(stored);
        }
    }

    /// <summary>What has not left its bucket; while a batch is not settled it may be in that one already, under the same ids.</summary>
    public async Task<IReadOnlyList<ReceiptLine>> ReadWaitingAsync(CancellationToken cancel)
    {
        List<ReceiptLine> lines = [];
        foreach (var bucket in Bucket.All)
        {
            await foreach (var pending in receipts.ReadPendingAsync(bucket, cancel))
            {
                lines.AddRange(ReceiptCsv.LinesOf(pending));
            }
        }

        return lines;
    }

    private async Task<bool> WriteAsync(int number, CancellationToken cancel)
    {
        var lines = await ReadWaitingAsync(cancel);
        if (lines.Count > 0)
        {
            await receipts.TryWriteBatchAsync(number, ReceiptCsv.Write(lines), cancel);
        }

        return lines.Count > 0;
    }

    private async Task<ReceiptBatch> SettleAsync(ReceiptBatch batch, CancellationToken cancel)
    {
        var csv = await receipts.ReadBatchAsync(batch.Number, cancel) ?? throw new InvalidOperationException($"Batch {batch.Number} has a record and no file.");
        foreach (var bucket in ReceiptCsv.Read(csv).GroupBy(line => Bucket.Of(new AccountId(line.Account))))
        {
            await receipts.DeleteAsync(bucket.Key, bucket.Select(line => line.Key).ToHashSet(), cancel);
        }

        var settled = batch with { Settled = true };
        await SaveAsync(settled, cancel);
        return settled;
    }

    private async Task<ReceiptBatch?> NewestAsync(CancellationToken cancel)
    {
        await foreach (var batch in ReadNewestAsync(cancel))
        {
            return batch;
        }

        return null;
    }

    private Task SaveAsync(ReceiptBatch batch, CancellationToken cancel) =>
        records.SaveAsync(new StoredReport(Kind, IdOf(batch.Number), JsonSerializer.Serialize(batch, ReportJson.Default.ReceiptBatch)), cancel);

    private static ReceiptBatch ToBatch(StoredReport stored) => JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReceiptBatch)!;

    private static string IdOf(int number) => number.ToString("00000000", CultureInfo.InvariantCulture);
}
