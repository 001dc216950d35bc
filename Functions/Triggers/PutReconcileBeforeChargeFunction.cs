using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

internal sealed record ReconcileBeforeChargeRequest(bool On, string Reason, DateTimeOffset? Since = null);

/// <summary>On: nothing is charged until reconcile has matched every intent since then. Off: only reconcile itself ends it.</summary>
public sealed class PutReconcileBeforeChargeFunction(ChangeControls change, Reconcile reconcile, CityClock clock)
{
    [Function("PutReconcileBeforeCharge")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/reconcile-before-charge")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadAsync<ReconcileBeforeChargeRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        if (!body.On)
        {
            var report = await reconcile.RunAsync(null, $"{authority.By}: {authority.Why}", cancel);
            return report.State == RunState.Agrees ? HttpJson.Ok(report) : throw new RefusedException($"Run {report.Id}: {report.State.ToString().ToLowerInvariant()}, {Plural.Of(report.DifferenceCount, "difference")}. The mode ends when every intent is matched.");
        }

        var since = body.Since is { } given && given <= clock.Now.Utc ? given : throw new BadRequestException("since: expected the instant of the backup, not in the future.");
        var controls = await change.RunAsync(new ReconcileDemanded(since), authority, cancel);
        return HttpJson.Ok(new { controls.ReconcileSince });
    }
}
