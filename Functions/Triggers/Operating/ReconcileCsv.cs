using Autopay.Application.Reconciling;
using Autopay.Imports;

namespace Autopay.Triggers.Operating;

/// <summary>
/// A run of reconcile as a file: every row says what was looked at and how it ended, and one without a difference
/// stands for a run that found none.
/// </summary>
internal static class ReconcileCsv
{
    public static string Write(ReconcileReport report) =>
        CsvText.Write(
            [
                "run",
                "state",
                "from",
                "to",
                "theirs",
                "ours",
                "matched",
                "differences",
                "kind",
                "intent",
                "debit",
                "since",
                "age_days",
                "detail",
                "failure",
            ],
            report.Differences.Count == 0
                ?
                [
                    [.. Run(report), null, null, null, null, null, null, report.Failure],
                ]
                : report.Differences.Select(difference => ToRow(report, difference))
        );

    private static IReadOnlyList<object?> ToRow(ReconcileReport report, Difference it) =>
        [
            .. Run(report),
            it.Kind,
            it.IntentId,
            it.Debit,
            it.Since,
            it.Since is { } since ? (report.To - since).Days : null,
            it.Detail,
            report.Failure,
        ];

    private static IEnumerable<object?> Run(ReconcileReport report) =>
        [
            report.Id,
            report.State,
            report.From,
            report.To,
            report.Theirs,
            report.Ours,
            report.Matched,
            report.DifferenceCount,
        ];
}
