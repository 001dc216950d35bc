using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Runs;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Reconciling;

/// <summary>
/// Our books against the provider's, both ways, over every intent that can still change. It asks, records what the
/// provider says, cancels what nobody needs, and never charges to find out.
/// </summary>
public sealed class Reconcile(
    IProviderRecords records,
    MatchIntents match,
    FindOursOnly oursOnly,
    LookAgain again,
    BackfillEvents backfill,
    ReconcileAftermath aftermath,
    IReportStore reports,
    IControlsStore controlsStore,
    CityClock clock
)
{
    public const string Kind = "reconcile";

    /// <summary>60 days in which a debit can come back, and the days that it takes to settle.</summary>
    private static readonly TimeSpan AtRisk = TimeSpan.FromDays(70);

    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <param name="wanted">From when on; null: everything that can still change, and at least since the last run that
    /// looked at everything.</param>
    /// <exception cref="RefusedException">The window begins in the future: it would agree about nothing.</exception>
    public Task<ReconcileReport> RunAsync(DateTimeOffset? wanted, string by, CancellationToken cancel) =>
        RunAsync(wanted, by, RunTurn.Whole, cancel);

    /// <summary>The same, gone on with where an earlier turn ended.</summary>
    /// <exception cref="TurnOverException">This turn ends before the run does.</exception>
    public async Task<ReconcileReport> RunAsync(
        DateTimeOffset? wanted,
        string by,
        RunTurn turn,
        CancellationToken cancel
    )
    {
        using var span = Tracing.Start("reconcile");
        ProviderTurn.LetPeopleGoFirst();
        var work =
            await ReconcileTurn.ResumeAsync(turn, cancel)
            ?? ReconcileTurn.Begin(turn, await BeginAsync(wanted, by, cancel));
        var report = await aftermath.DateAsync(await TryAsync(work, cancel), cancel);
        await reports.SaveAsync(
            new StoredReport(Kind, report.Id, JsonSerializer.Serialize(report, ReportJson.Default.ReconcileReport)),
            cancel
        );
        await aftermath.RunAsync(report, work.Tally, cancel);
        return report;
    }

    private async Task<ReconcilePlace> BeginAsync(DateTimeOffset? wanted, string by, CancellationToken cancel)
    {
        var now = clock.Now.Utc;
        if (wanted >= now)
        {
            throw new RefusedException($"Nothing can be compared from {wanted:u} on: it is {now:u}.");
        }

        var since = (await controlsStore.LoadAsync(cancel)).Controls.ReconcileSince;
        var begun = new ReconcileReport
        {
            Id = now.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture),
            To = now,
            By = by,
            IsWhole = wanted is null || wanted <= now - AtRisk,
            From = Earliest(
                wanted ?? now - AtRisk,
                since - Overlap,
                wanted is null ? (await LastGoodAsync(cancel))?.To - Overlap : null
            ),
        };
        return new ReconcilePlace(begun, Recovering: since is not null) { Ranges = [new IntentRange(begun.From)] };
    }

    private async Task<ReconcileReport> TryAsync(ReconcileTurn work, CancellationToken cancel)
    {
        var (begun, tally) = (work.Place.Counts, work.Tally);
        try
        {
            await MatchAsync(work, cancel);
            await oursOnly.RunAsync(begun.From, begun.To, work, cancel);
            if (tally is { Theirs: 0, Ours: > 0 })
            {
                return tally.Report(begun) with
                {
                    State = RunState.Failed,
                    Failure = $"The provider listed nothing, and {tally.Ours} attempts of ours name an intent",
                };
            }

            await (begun.IsWhole ? again.RunAsync(tally, work.Place.Recovering, cancel) : Task.CompletedTask);
            return tally.Report(begun);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or TurnOverException))
        {
            return tally.Report(begun) with { State = RunState.Failed, Failure = failure.Message };
        }
    }

    // Stripe gives a page only to whoever knows the last intent of the one before: ranges are read side by side, and
    // what they bring is matched together.
    private async Task MatchAsync(ReconcileTurn work, CancellationToken cancel)
    {
        if (!work.IsResumed)
        {
            (work.Tally.MissedEvents, work.Tally.EventsThrough) = await backfill.RunAsync(cancel);
        }

        while (work.Place.Ranges is { Count: > 0 } ranges)
        {
            var pages = await Task.WhenAll(ranges.Select(range => records.ReadIntentsAsync(range, cancel)));
            await match.RunAsync(
                [.. pages.SelectMany(page => page.Intents)],
                work.Tally,
                work.Place.Recovering,
                cancel
            );
            await work.PassAsync(pages, cancel);
        }
    }

    private async Task<ReconcileReport?> LastGoodAsync(CancellationToken cancel)
    {
        await foreach (var stored in reports.ReadNewestAsync(Kind, cancel))
        {
            if (
                JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReconcileReport) is
                { State: not RunState.Failed, IsWhole: true } report
            )
            {
                return report;
            }
        }

        return null;
    }

    private static DateTimeOffset Earliest(params DateTimeOffset?[] instants) =>
        instants.OfType<DateTimeOffset>().Min();
}
