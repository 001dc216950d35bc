using Autopay.Application.Work;
using Autopay.Imports;

namespace Autopay.Triggers.Work;

/// <summary>
/// The work list for a spreadsheet: every item of the filter, the totals last under the column of the amounts.
/// </summary>
internal static class WorkCsv
{
    private static readonly string[] Header =
    [
        "kind",
        "account",
        "bill",
        "debit",
        "payment",
        "deferral",
        "cycles",
        "due_date",
        "amount",
        "reason",
        "since",
        "age_days",
        "import",
        "id",
        "ways_out",
    ];

    public static string Write(WorkPage page)
    {
        var whole = ToTotal($"{page.Total.Count} in all", page.Total.Cents);
        return CsvText.Write(Header, [.. page.Items.Select(ToRow), .. page.Totals.Select(ToRow), whole]);
    }

    private static IReadOnlyList<object?> ToRow(WorkEntry entry) =>
        [
            entry.Kind,
            entry.Account?.Value,
            entry.Bill?.Value,
            entry.Debit?.Value,
            entry.Payment?.Value,
            entry.Deferral?.Value,
            string.Join("; ", entry.Cycles),
            entry.DueDate,
            entry.Cents is { } cents ? CsvText.Dollars(cents) : null,
            entry.Reason,
            entry.Since,
            entry.AgeDays,
            entry.Import,
            entry.Id,
            string.Join("; ", entry.Actions.Select(way => $"{way.Method} {way.Path}")),
        ];

    private static IReadOnlyList<object?> ToRow(WorkTotal total) =>
        ToTotal($"{total.Count} {WorkQuery.NameOf(total.Kind)}", total.Cents);

    private static IReadOnlyList<object?> ToTotal(string what, long cents) =>
        ["total", null, null, null, null, null, null, null, CsvText.Dollars(cents), what, null, null, null, null, null];
}
