using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PostWaiverFunction(ChangeControls change, CityClock clock)
{
    [Function("PostWaiver")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/waivers")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadAsync<WaiverRequest>(request);
        var id = HttpJson.Id(body.Id ?? Requests.NewId("waiver", clock.Now.Utc), "id");
        var waived = new PenaltyWaived(id, body.DueFrom, body.DueTo, body.PenaltyFrom, body.PenaltyTo);
        var controls = await change.RunAsync(waived, clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason)), cancel);
        return HttpJson.Ok(controls.Waivers, StatusCodes.Status201Created);
    }
}
