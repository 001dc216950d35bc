using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;

namespace Autopay.Application.Receipts;

/// <summary>Every receipt once: what was issued, and what waits for a batch.</summary>
public sealed record ReceiptsSince(
    IReadOnlyList<(ReceiptBatch Batch, IReadOnlyList<ReceiptLine> Lines)> Issued,
    IReadOnlyList<ReceiptLine> Waiting
)
{
    public IEnumerable<ReceiptLine> All => Issued.SelectMany(batch => batch.Lines).Concat(Waiting);
}

/// <summary>Reads batches, their records, and the receipts that wait.</summary>
public sealed class ReadReceipts(IReceiptStore receipts, IReportStore records, CityClock clock)
{
    /// <summary>
    /// Every batch that may hold lines of that day or later (a line is never younger than its batch), and what waits
    /// beside them. What waits is read first: what is issued meanwhile is in both and counts once, and nothing is in
    /// neither.
    /// </summary>
    public async Task<ReceiptsSince> SinceAsync(DateOnly first, CancellationToken cancel)
    {
        var waiting = await ReadWaitingAsync(cancel);
        List<(ReceiptBatch, IReadOnlyList<ReceiptLine>)> issued = [];
        await foreach (var batch in ReadNewestAsync(cancel))
        {
            if (clock.City.At(batch.IssuedAt).Today < first)
            {
                break;
            }

            issued.Add((batch, await LinesOfAsync(batch, cancel)));
        }

        var told = issued.SelectMany(batch => batch.Item2).Select(line => line.Told()).ToHashSet();
        var before = await AlreadyIssuedAsync(cancel);
        return new ReceiptsSince(issued, [.. waiting.Where(line => !told.Contains(line) && !before.Contains(line))]);
    }

    /// <summary>Whatever has not left its bucket; some of it may be issued, or told by lost books.</summary>
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

    /// <summary>What the billing system heard from books that are lost.</summary>
    public async Task<AlreadyIssued> AlreadyIssuedAsync(CancellationToken cancel)
    {
        List<ReceiptLine> lines = [];
        await foreach (var batch in ReadNewestAsync(cancel))
        {
            lines.AddRange(batch.Lost > 0 ? await LinesOfAsync(batch, cancel) : []);
        }

        return new AlreadyIssued(lines);
    }

    public async Task<IReadOnlyList<ReceiptLine>> LinesOfAsync(ReceiptBatch batch, CancellationToken cancel) =>
        ReceiptCsv.Read(
            await receipts.ReadBatchAsync(batch.Number, cancel)
                ?? throw new InvalidOperationException($"Batch {batch.Number} has a record and no file.")
        );

    public async IAsyncEnumerable<ReceiptBatch> ReadNewestAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var stored in records.ReadNewestAsync(IssueReceipts.Kind, cancel))
        {
            yield return ToBatch(stored);
        }
    }

    internal static ReceiptBatch ToBatch(StoredReport stored) =>
        JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReceiptBatch)!;
}
