using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PostImportAgainFunction(RepeatImport repeat, CityClock clock)
{
    [Function("PostImportAgain")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/again")] HttpRequest request, string id, CancellationToken cancel)
    {
        var importId = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await repeat.RunAsync(importId, authority, cancel) is { } import ? ImportViews.ToAccepted(import) : HttpJson.NotFound($"There is no import {id}.");
    }
}
