using System.Globalization;

namespace Autopay.Benchmarks.Report;

/// <summary>One line a run, so that a ratio can be followed over time. A line is added and none is changed.</summary>
public static class History
{
    // Of the largest city that was run whole; later ones of the same name are of another city.
    private static readonly (string Title, string What)[] Followed =
    [
        ("deferring, requests", "storage requests per debit: deferring"),
        ("releasing, requests", "storage requests per debit: releasing and charging"),
        ("releasing, rows", "ledger rows written per debit: releasing and charging"),
        ("releasing, bytes", "bytes written per debit: releasing and charging"),
        ("deferring, times the loop", "times as fast as a hand-written loop: deferring"),
        ("releasing, times the loop", "times as fast as a hand-written loop: releasing and charging"),
    ];

    public static string Head { get; } =
        $"| day | commit | {string.Join(" | ", Followed.Select(it => it.Title))} | missed |\n"
        + $"|---|---|{string.Concat(Followed.Select(_ => "---|"))}---|\n";

    public static string LineOf(DateTimeOffset at, string commit, IReadOnlyList<Budget> budgets)
    {
        var day = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var missed = budgets.Count(budget => budget.IsMissed).ToString(CultureInfo.InvariantCulture);
        string[] cells = [day, commit, .. Followed.Select(it => Text(budgets, it.What)), missed];
        return $"| {string.Join(" | ", cells)} |\n";
    }

    public static async Task AppendAsync(string file, string line)
    {
        var known = File.Exists(file) ? "" : Head;
        await File.AppendAllTextAsync(file, known + line);
    }

    private static string Text(IReadOnlyList<Budget> budgets, string what) =>
        budgets.FirstOrDefault(budget => budget.What == what) is { } found
            ? found.Measured.ToString("0.###", CultureInfo.InvariantCulture)
            : "";
}
