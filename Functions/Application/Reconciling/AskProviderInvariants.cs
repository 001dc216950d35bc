using System.Text.Json;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Reconciling;

/// <summary>
/// The invariants that need the provider's word (I1, I7), as the last reconcile over all that can still change found
/// them. One that did not run, failed, or ran too long ago has not asked (I21).
/// </summary>
public sealed class AskProviderInvariants(IReportStore reports, CityClock clock)
{
    public static IReadOnlyList<string> Invariants { get; } = ["I1", "I7"];

    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);

    /// <param name="begun">When the attempts that name an intent were begun; null when none does, and nobody need be
    /// asked.</param>
    internal async Task<(IReadOnlyList<InvariantResult> Results, string? WhyNot)> RunAsync(
        IntentSpan? begun,
        CancellationToken cancel
    )
    {
        var (last, twice) = await LastWholeAsync(cancel);
        if (last is null && begun is { } first && clock.Now.Utc < first.Oldest + Recent)
        {
            return (
                [
                    .. Invariants.Select(id => new InvariantResult(id, Holds: true, 0)
                    {
                        Note = InvariantResult.NothingYet,
                    }),
                ],
                null
            );
        }

        var why = begun is { } span ? WhyNotAsked(last, span.Newest) : null;
        var (theirs, ours) = (last?.Theirs ?? 0, last?.Ours ?? 0);
        return begun is null && theirs + ours == 0
            ? ([], null)
            : (
                [
                    new InvariantResult("I1", why is null && !twice && last?.State != RunState.Failed, theirs),
                    new InvariantResult("I7", why is null && last?.State == RunState.Agrees, theirs + ours),
                ],
                why
            );
    }

    // "Never" is told from two days after the first intent on: until then the nightly comparison comes first.
    private string? WhyNotAsked(ReconcileReport? last, DateTimeOffset newest) =>
        last is null ? "no comparison ever ran"
        : last.State == RunState.Failed ? $"the comparison of {Civil(last.To)} failed: {last.Failure}"
        : last.To + Recent < clock.Now.Utc
            ? $"the last comparison, of {Civil(last.To)}, is more than {Recent.TotalDays:0} days old"
        : last.Theirs + last.Ours == 0 && newest >= last.From + Recent && newest < last.To
            ? $"the comparison of {Civil(last.To)} looked at nothing"
        : null;

    private string Civil(DateTimeOffset at) =>
        $"{clock.City.At(at).Today:yyyy-MM-dd} {clock.City.At(at).TimeOfDay:HH:mm}";

    private async Task<(ReconcileReport? Last, bool Twice)> LastWholeAsync(CancellationToken cancel)
    {
        var twice = false;
        await foreach (var stored in reports.ReadNewestAsync(Reconcile.Kind, cancel))
        {
            var report = JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReconcileReport)!;
            twice |= report.Differences.Any(difference => difference.Kind == DifferenceKind.ChargedTwice);
            if (report.IsWhole)
            {
                return (report, twice);
            }
        }

        return (null, twice);
    }
}

/// <summary>When the oldest and the newest attempt that name an intent were begun, UTC.</summary>
internal sealed record IntentSpan(DateTimeOffset Oldest, DateTimeOffset Newest);
