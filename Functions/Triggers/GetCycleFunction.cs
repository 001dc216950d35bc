using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

public sealed class GetCycleFunction(ReadCycles read)
{
    [Function("GetCycle")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles/{cycle}")] HttpRequest request, string cycle, CancellationToken cancel)
    {
        var number = HttpJson.Cycle(cycle);
        return (await read.RunAsync(cancel)).FirstOrDefault(view => view.Cycle == number.Value) is { } found
            ? HttpJson.Ok(found)
            : HttpJson.NotFound($"There is no cycle {cycle}.");
    }
}
