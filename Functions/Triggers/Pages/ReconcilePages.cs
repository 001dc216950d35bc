using System.Text.Json;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Books;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>Do our books and Stripe's say the same?</summary>
public sealed class ReconcilePages(ShowPage show, IReportStore reports)
{
    private const int MostRuns = 31;

    [Function("ReconcilesPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/reconcile")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        var runs = await reports
            .ReadNewestAsync(Reconcile.Kind, cancel)
            .Take(MostRuns)
            .Select(stored => Read(stored))
            .ToListAsync(cancel);
        return await show.RunAsync<ReconcileList>(frame, new ReconcileListModel(runs));
    }

    [Function("ReconcilePage")]
    [AllowedToEverybody]
    public async Task<IActionResult> OneAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/reconcile/{run}")] HttpRequest request,
        string run,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        return await reports.FindAsync(Reconcile.Kind, HttpJson.Id(run, "run"), cancel) is { } stored
            ? await show.RunAsync<ReconcileRun>(frame, Read(stored))
            : throw new NotYetKnownException($"There is no run {run}.");
    }

    private static ReconcileReport Read(StoredReport stored) =>
        JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReconcileReport)!;
}
