using Autopay.Application.Ports;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class GetImportFunction(IImportStore imports)
{
    [Function("GetImport")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/imports/{id}")] HttpRequest request, string id, CancellationToken cancel) =>
        await imports.FindAsync(HttpJson.Id(id, "id"), cancel) is { } import ? HttpJson.Ok(ImportViews.ToView(import)) : HttpJson.NotFound($"There is no import {id}.");
}
