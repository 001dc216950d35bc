using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Operating;

internal sealed record ReconcileRequest(string Reason, DateTimeOffset? From = null);

public sealed class PostReconcileFunction(RunRequests runs)
{
    [Function("PostReconcile")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reconcile")] HttpRequest request
    )
    {
        var body = await HttpJson.ReadAsync<ReconcileRequest>(request);
        var by = $"{HttpJson.User(request)}: {HttpJson.Reason(body.Reason)}";
        return await runs.AnswerAsync(RunKind.Reconcile, request, by, body.From);
    }
}

public sealed class PostInvariantsFunction(RunRequests runs)
{
    [Function("PostInvariants")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invariants/check")] HttpRequest request
    )
    {
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var by = $"{HttpJson.User(request)}: {HttpJson.Reason(body.Reason)}";
        return await runs.AnswerAsync(RunKind.Invariants, request, by);
    }
}

/// <summary>The kept reports of reconcile and of the invariants.</summary>
public sealed class GetReportsFunctions(IReportStore reports)
{
    private const int MostRuns = 400;

    [Function("GetReconciles")]
    [AllowedToEverybody]
    public Task<IActionResult> ReconcilesAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reconcile")] HttpRequest request,
        CancellationToken cancel
    ) => NewestAsync(request, Reconcile.Kind, ReportJson.Default.ReconcileReport, cancel);

    [Function("GetInvariants")]
    [AllowedToEverybody]
    public Task<IActionResult> InvariantsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invariants")] HttpRequest request,
        CancellationToken cancel
    ) => NewestAsync(request, CheckInvariants.Kind, ReportJson.Default.InvariantReport, cancel);

    [Function("GetReconcile")]
    [AllowedToEverybody]
    public async Task<IActionResult> ReconcileAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reconcile/{run}")] HttpRequest request,
        string run,
        CancellationToken cancel
    )
    {
        if (await reports.FindAsync(Reconcile.Kind, HttpJson.Id(run, "run"), cancel) is not { } stored)
        {
            return HttpJson.NotFound($"There is no run {run}.");
        }

        var report = JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReconcileReport)!;
        return request.Query["format"] == "csv"
            ? new ContentResult { Content = ReconcileCsv.Write(report), ContentType = "text/csv" }
            : HttpJson.Ok(report);
    }

    // Read and written again: a report that was kept in another spelling is shown like all others.
    private async Task<IActionResult> NewestAsync<T>(
        HttpRequest request,
        string kind,
        JsonTypeInfo<T> type,
        CancellationToken cancel
    )
    {
        var kept = await reports.ReadNewestAsync(kind, cancel).Take(MostRuns).ToListAsync(cancel);
        var (items, next) = Paging.Page(request, kept, stored => stored.Id);
        return HttpJson.Ok(
            new ListPage<T>([.. items.Select(stored => JsonSerializer.Deserialize(stored.Json, type)!)], next)
        );
    }
}

public sealed class GetReturnRatesFunction(WatchReturns returns)
{
    [Function("GetReturnRates")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/return-rates")] HttpRequest request,
        CancellationToken cancel
    ) => HttpJson.Ok(await returns.ReadAsync(cancel));
}
