using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PutBacklogFunction(ChangeControls change, CityClock clock)
{
    [Function("PutBacklog")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/cycles/{cycle}/backlog")] HttpRequest request, string cycle, CancellationToken cancel)
    {
        var number = HttpJson.Cycle(cycle);
        var body = await HttpJson.ReadAsync<BacklogRequest>(request);
        var controls = await change.RunAsync(body.ToChange(number), clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason)), cancel);
        return HttpJson.Ok(controls.BacklogOf(number));
    }
}
