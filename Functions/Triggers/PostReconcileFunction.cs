using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

internal sealed record ReconcileRequest(string Reason, DateTimeOffset? From = null);

public sealed class PostReconcileFunction(Reconcile reconcile, ILogger<PostReconcileFunction> logger)
{
    [Function("PostReconcile")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reconcile")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadAsync<ReconcileRequest>(request);
        var report = await reconcile.RunAsync(body.From, $"{HttpJson.User(request)}: {HttpJson.Reason(body.Reason)}", cancel);
        logger.Reconciled(report);
        return HttpJson.Ok(report, report.State == RunState.Failed ? StatusCodes.Status502BadGateway : StatusCodes.Status200OK);
    }
}
