using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

/// <summary>What the timers do, for a scheduler outside the app: a dead timer subsystem is survivable.</summary>
public sealed class TickFunction(RunSweep sweep)
{
    [Function("Tick")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tick")] HttpRequest request, CancellationToken cancel) =>
        HttpJson.Ok(await sweep.RunAsync(everyBucket: true, $"tick by {HttpJson.User(request)}", cancel));
}
