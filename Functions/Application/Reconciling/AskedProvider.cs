using System.Text.Json;
using Autopay.Application.Ports;
using Autopay.Domain.Invariants;

namespace Autopay.Application;

/// <summary>
/// The invariants that need the provider's word (I1, I7), as the last reconcile over all that can still change found them. One that did not run,
/// failed, or ran too long ago has not asked (I21).
/// </summary>
public sealed class AskedProvider(IReportStore reports, CityClock clock)
{
    public static IReadOnlyList<string> Invariants { get; } = ["I1", "I7"];

    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);

    /// <param name="newestIntent">When the newest attempt that names an intent was begun; null when none does, and nobody need be asked.</param>
    internal async Task<(IReadOnlyList<InvariantResult> Results, string? WhyNot)> RunAsync(DateTimeOffset? newestIntent, CancellationToken cancel)
    {
        var (last, twice) = await LastWholeAsync(cancel);
        var why = newestIntent is { } newest ? WhyNotAsked(last, newest) : null;
        var (theirs, ours) = (last?.Theirs ?? 0, last?.Ours ?? 0);
        return newestIntent is null && theirs + ours == 0 ? ([], null) :
        (
            [
                new InvariantResult("I1", why is null && !twice && last?.State != RunState.Failed, theirs),
                new InvariantResult("I7", why is null && last?.State == RunState.Agrees, theirs + ours),
            ],
            why);
    }

    private string? WhyNotAsked(ReconcileReport? last, DateTimeOffset newest) =>
        last is null ? "no reconcile ever ran"
        : last.State == RunState.Failed ? $"reconcile {last.Id} failed: {last.Failure}"
        : last.To + Recent < clock.Now.Utc ? $"reconcile {last.Id} is more than {Recent.TotalDays:0} days old"
        : last.Theirs + last.Ours == 0 && newest >= last.From + Recent && newest < last.To ? $"reconcile {last.Id} looked at nothing"
        : null;

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
