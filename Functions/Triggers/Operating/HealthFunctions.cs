using Autopay.Application;
using Autopay.Application.Runs;
using Autopay.Application.Telemetry;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Operating;

/// <summary>
/// Live: the process answers. Ready: what it needs answers too; a halt is shown. Deep, for operators: how old
/// everything is.
/// </summary>
public sealed class HealthFunctions(ReadHealth health, MeasureBooks measure, RunRequests runs)
{
    public const string LiveName = "HealthLive";
    public const string ReadyName = "HealthReady";

    [Function(LiveName)]
    [OpenToAll]
    public IActionResult Live(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request
    ) => HttpJson.Ok(new { status = "live", ThisBuild.Current.Build });

    [Function(ReadyName)]
    [OpenToAll]
    public async Task<IActionResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var found = await health.RunAsync(cancel);
        return HttpJson.Ok(found, found.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    [Function("HealthDeep")]
    [AllowedTo(Role.Operator)]
    public Task<IActionResult> DeepAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/deep")] HttpRequest request
    ) => runs.AnswerAsync(RunKind.Measure, request, measure.RunAsync);
}
