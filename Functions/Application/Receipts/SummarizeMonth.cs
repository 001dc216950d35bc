using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>A calendar month by the day on which money moved: what the billing system's own month must show.</summary>
/// <param name="Batches">The batches with lines of this month, with what of them falls into it.</param>
/// <param name="NotIssued">What no batch has yet: it will come with a later one.</param>
public sealed record MonthSummary(
    string Month, ReceiptTotals Totals, IReadOnlyList<DaySummary> Days, IReadOnlyList<BatchInMonth> Batches, ReceiptTotals NotIssued);

public sealed record DaySummary(DateOnly Day, ReceiptTotals Totals);

public sealed record BatchInMonth(int Number, DateTimeOffset IssuedAt, string Sha256, ReceiptTotals Totals);

/// <summary>Reads the issued batches, and what waits for one.</summary>
public sealed class SummarizeMonth(IssueReceipts issue, IReceiptStore receipts, CityClock clock)
{
    public async Task<MonthSummary> RunAsync(DateOnly first, CancellationToken cancel)
    {
        var last = first.AddMonths(1).AddDays(-1);
        bool IsInMonth(ReceiptLine line) => line.Date >= first && line.Date <= last;
        List<ReceiptLine> all = [];
        List<BatchInMonth> batches = [];
        await foreach (var (batch, lines) in ReadSinceAsync(first, cancel))
        {
            List<ReceiptLine> inMonth = [.. lines.Where(IsInMonth)];
            all.AddRange(inMonth);
            batches.AddRange(inMonth.Count > 0 ? [new BatchInMonth(batch.Number, batch.IssuedAt, batch.Sha256, ReceiptTotals.Of(inMonth))] : []);
        }

        // A batch that was written and is not settled is counted once.
        var issued = all.Select(line => line.Id).ToHashSet();
        List<ReceiptLine> waiting = [.. (await issue.ReadWaitingAsync(cancel)).Where(line => IsInMonth(line) && !issued.Contains(line.Id))];
        all.AddRange(waiting);
        var days = all.GroupBy(line => line.Date).OrderBy(day => day.Key).Select(day => new DaySummary(day.Key, ReceiptTotals.Of([.. day])));
        return new MonthSummary(
            first.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), ReceiptTotals.Of(all), [.. days], [.. batches.OrderBy(batch => batch.Number)], ReceiptTotals.Of(waiting));
    }

    /// <summary>Every batch that may hold lines of that day or later, newest first: a line is never younger than its batch.</summary>
    public async IAsyncEnumerable<(ReceiptBatch Batch, IReadOnlyList<ReceiptLine> Lines)> ReadSinceAsync(
        DateOnly first, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var batch in issue.ReadNewestAsync(cancel))
        {
            if (clock.City.At(batch.IssuedAt).Today < first)
            {
                yield break;
            }

            yield return (batch, ReceiptCsv.Read(await receipts.ReadBatchAsync(batch.Number, cancel) ?? throw new InvalidOperationException($"Batch {batch.Number} has a record and no file.")));
        }
    }
}
