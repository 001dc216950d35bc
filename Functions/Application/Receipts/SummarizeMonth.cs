namespace Autopay.Application.Receipts;

/// <summary>A calendar month by the day on which money moved: what the billing system's own month must show.</summary>
/// <param name="Batches">The batches with lines of this month, with what of them falls into it.</param>
/// <param name="NotIssued">What no batch has yet: it will come with a later one.</param>
public sealed record MonthSummary(
    string Month,
    ReceiptTotals Totals,
    IReadOnlyList<DaySummary> Days,
    IReadOnlyList<BatchInMonth> Batches,
    ReceiptTotals NotIssued
);

public sealed record DaySummary(DateOnly Day, ReceiptTotals Totals);

public sealed record BatchInMonth(int Number, DateTimeOffset IssuedAt, string Sha256, ReceiptTotals Totals);

/// <summary>Adds up the issued batches, and what waits for one.</summary>
public sealed class SummarizeMonth(ReadReceipts receipts)
{
    public async Task<MonthSummary> RunAsync(DateOnly first, CancellationToken cancel)
    {
        var last = first.AddMonths(1).AddDays(-1);
        bool IsInMonth(ReceiptLine line) => line.Date >= first && line.Date <= last;
        var found = await receipts.SinceAsync(first, cancel);
        List<ReceiptLine> all = [.. found.All.Where(IsInMonth)];
        var days = all.GroupBy(line => line.Date)
            .OrderBy(day => day.Key)
            .Select(day => new DaySummary(day.Key, ReceiptTotals.Of([.. day])));
        var batches = found
            .Issued.OrderBy(batch => batch.Batch.Number)
            .Select(batch => (batch.Batch, Lines: batch.Lines.Where(IsInMonth).ToList()))
            .Where(batch => batch.Lines.Count > 0)
            .Select(batch => new BatchInMonth(
                batch.Batch.Number,
                batch.Batch.IssuedAt,
                batch.Batch.Sha256,
                ReceiptTotals.Of(batch.Lines)
            ));
        return new MonthSummary(
            first.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
            ReceiptTotals.Of(all),
            [.. days],
            [.. batches],
            ReceiptTotals.Of([.. found.Waiting.Where(IsInMonth)])
        );
    }
}
