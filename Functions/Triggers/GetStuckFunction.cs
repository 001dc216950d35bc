using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class GetStuckFunction(ReadStuck read)
{
    [Function("GetStuck")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stuck")] HttpRequest request, CancellationToken cancel) =>
        HttpJson.Ok(await read.RunAsync(cancel));
}
