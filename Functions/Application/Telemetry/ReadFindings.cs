using System.Text.Json;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;

namespace Autopay.Application.Telemetry;

/// <summary>What the nightly checks found last, and what of it is still unexplained.</summary>
/// <param name="Broken">Invariants that the last check found violated, and whether that halts charging.</param>
/// <param name="DoubleCharged">Debits with two charges that live at the provider (I1).</param>
/// <param name="NewDifferences">Unexplained for less than 24 hours.</param>
/// <param name="OldDifferences">Unexplained for longer.</param>
public sealed record Findings(
    IReadOnlyList<BrokenInvariant> Broken,
    int DoubleCharged,
    int NewDifferences,
    int OldDifferences
);

public sealed record BrokenInvariant(string Id, bool Halts);

public sealed class ReadFindings(IReportStore reports, CityClock clock)
{
    private static readonly TimeSpan Old = TimeSpan.FromHours(24);

    /// <param name="stuck">The open items of the stuck list.</param>
    public async Task<Findings> RunAsync(IReadOnlyList<StuckItem> stuck, CancellationToken cancel)
    {
        var invariants = await NewestAsync(
            CheckInvariants.Kind,
            json => JsonSerializer.Deserialize(json, ReportJson.Default.InvariantReport),
            _ => true,
            cancel
        );
        var reconcile = await NewestAsync(
            Reconcile.Kind,
            json => JsonSerializer.Deserialize(json, ReportJson.Default.ReconcileReport),
            report => report.IsWhole,
            cancel
        );
        var (fresh, old) = (0, 0);
        foreach (var item in stuck)
        {
            var isOld = item.Since + Old <= clock.Now.Utc;
            (fresh, old) =
                item.Kind != Reconcile.Kind ? (fresh, old)
                : isOld ? (fresh, old + 1)
                : (fresh + 1, old);
        }

        return new Findings(
            [
                .. invariants
                    ?.Invariants.Where(result => !result.Holds)
                    .Select(result => new BrokenInvariant(result.Id, CheckInvariants.Halts(result)))
                    ?? [],
            ],
            reconcile?.Differences.Count(difference => difference.Kind == DifferenceKind.ChargedTwice) ?? 0,
            fresh,
            old
        );
    }

    private async Task<T?> NewestAsync<T>(
        string kind,
        Func<string, T?> read,
        Func<T, bool> counts,
        CancellationToken cancel
    )
        where T : class
    {
        await foreach (var stored in reports.ReadNewestAsync(kind, cancel))
        {
            if (read(stored.Json) is { } report && counts(report))
            {
                return report;
            }
        }

        return null;
    }
}
