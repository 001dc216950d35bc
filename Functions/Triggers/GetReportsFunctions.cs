using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

/// <summary>The kept reports of reconcile and of the invariants, as they were written.</summary>
public sealed class GetReportsFunctions(IReportStore reports)
{
    private const int MostRuns = 31;

    [Function("GetReconciles")]
    public Task<IActionResult> ReconcilesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reconcile")] HttpRequest request, CancellationToken cancel) =>
        NewestAsync(Reconcile.Kind, cancel);

    [Function("GetInvariants")]
    public Task<IActionResult> InvariantsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invariants")] HttpRequest request, CancellationToken cancel) =>
        NewestAsync(CheckInvariants.Kind, cancel);

    [Function("GetReconcile")]
    public async Task<IActionResult> ReconcileAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reconcile/{run}")] HttpRequest request, string run, CancellationToken cancel)
    {
        if (await reports.FindAsync(Reconcile.Kind, HttpJson.Id(run, "run"), cancel) is not { } stored)
        {
            return HttpJson.NotFound($"There is no run {run}.");
        }

        return request.Query["format"] == "csv"
            ? new ContentResult { Content = ToCsv(JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReconcileReport)!), ContentType = "text/csv" }
            : Json(stored.Json);
    }

    private async Task<IActionResult> NewestAsync(string kind, CancellationToken cancel)
    {
        var newest = new List<string>();
        await foreach (var stored in reports.ReadNewestAsync(kind, cancel))
        {
            newest.Add(stored.Json);
            if (newest.Count == MostRuns)
            {
                break;
            }
        }

        return Json($"[{string.Join(',', newest)}]");
    }

    private static string ToCsv(ReconcileReport report) => CsvText.Write(
        ["run", "kind", "intent", "debit", "detail"],
        report.Differences.Select(it => (IReadOnlyList<object>)[report.Id, it.Kind.ToString(), it.IntentId, it.Debit ?? "", it.Detail]));

    private static ContentResult Json(string json) => new() { Content = json, ContentType = "application/json" };
}
