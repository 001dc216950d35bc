using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

/// <summary>Live: the process answers. Ready: it can read the city's flags; a halt is shown.</summary>
public sealed class HealthFunctions(IControlsStore controls)
{
    [Function("HealthLive")]
    public IActionResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) => HttpJson.Ok(new { status = "live" });

    [Function("HealthReady")]
    public async Task<IActionResult> ReadyAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return HttpJson.Ok(new { status = "ready", halted = (await controls.LoadAsync(cancel)).Controls.IsHalted });
        }
        catch (Exception away) when (away is not OperationCanceledException)
        {
            return HttpJson.Ok(new { status = "storage is away" }, StatusCodes.Status503ServiceUnavailable);
        }
    }
}
