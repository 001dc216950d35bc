using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PostShieldFunction(ChangeControls change, CityClock clock)
{
    [Function("PostShield")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/shields")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadAsync<ShieldRequest>(request);
        var id = HttpJson.Id(body.Id ?? Requests.NewId("shield", clock.Now.Utc), "id");
        var controls = await change.RunAsync(
            new DisconnectShielded(id, body.Dates), clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason)), cancel);
        return HttpJson.Ok(controls.Shields, StatusCodes.Status201Created);
    }
}
