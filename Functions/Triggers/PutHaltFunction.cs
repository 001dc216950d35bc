using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PutHaltFunction(ChangeControls change, CityClock clock)
{
    [Function("PutHalt")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/halt")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadAsync<HaltRequest>(request);
        ControlChange wanted = body.Halted ? new ChargingHalted() : new ChargingResumed();
        var controls = await change.RunAsync(wanted, clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason)), cancel);
        return HttpJson.Ok(new { halted = controls.IsHalted, controls.Halt, controls.WhyNothingIsCharged });
    }
}
