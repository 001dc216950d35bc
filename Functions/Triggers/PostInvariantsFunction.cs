using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class PostInvariantsFunction(CheckInvariants check, ILogger<PostInvariantsFunction> logger)
{
    [Function("PostInvariants")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invariants/check")] HttpRequest request, CancellationToken cancel)
    {
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var report = await check.RunAsync($"{HttpJson.User(request)}: {HttpJson.Reason(body.Reason)}", cancel);
        logger.InvariantsChecked(report);
        return HttpJson.Ok(report);
    }
}
