using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PostDeferralFunction(ChangeControls change, CityClock clock)
{
    [Function("PostDeferral")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/deferrals")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadAsync<DeferralRequest>(request);
        var declared = body.ToChange(Requests.NewId("deferral", clock.Now.Utc));
        var controls = await change.RunAsync(declared, clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason)), cancel);
        return HttpJson.Ok(controls.Find(declared.Id)!, StatusCodes.Status201Created);
    }
}
