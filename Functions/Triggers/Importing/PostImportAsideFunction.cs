using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class PostImportAsideFunction(SetAsideImport setAside, CityClock clock)
{
    [Function("PostImportAside")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/set-aside")] HttpRequest request, string id, CancellationToken cancel)
    {
        var importId = HttpJson.Id(id, "id");
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        var authority = clock.Authority(HttpJson.User(request), HttpJson.Reason(body.Reason));
        return await setAside.RunAsync(importId, authority, cancel) is { } import ? HttpJson.Ok(ImportViews.ToView(import)) : HttpJson.NotFound($"There is no import {id}.");
    }
}
