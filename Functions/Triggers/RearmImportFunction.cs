using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class RearmImportFunction(RearmImport rearm, CityClock clock)
{
    [Function("RearmImport")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/rearm")] HttpRequest request, string id, CancellationToken cancel)
    {
        var importId = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await rearm.RunAsync(importId, authority, cancel) is { } rearmed ? HttpJson.Ok(rearmed) : HttpJson.NotFound($"There is no import {id}.");
    }
}
