using System.Globalization;

namespace Autopay.Benchmarks.Report;

/// <summary>The table as Markdown, so that it can be kept as it was printed.</summary>
public static class BudgetTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<Budget> budgets)
    {
        List<string[]> rows =
        [
            ["budget", "of", "limit", "measured", "verdict"],
            .. budgets.Select(Cells),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        rows.Insert(1, [.. widths.Select(width => new string('-', width))]);
        return rows.Select(row => $"| {string.Join(" | ", row.Zip(widths, (cell, width) => cell.PadRight(width)))} |");
    }

    private static string[] Cells(Budget budget) =>
        [
            budget.What,
            budget.Of,
            budget.Limit is { } limit ? $"{(budget.IsAim ? "aim ≥" : "≤")} {Text(limit)}" : "",
            Text(budget.Measured),
            budget.Verdict,
        ];

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
