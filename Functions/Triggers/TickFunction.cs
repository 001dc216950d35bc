using Autopay.Application;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;

namespace Autopay.Triggers;

/// <summary>
/// What the timers do, for a scheduler outside the app: a dead timer subsystem is survivable. One that hangs up does not stop what it set off.
/// </summary>
public sealed class TickFunction(RunSweep sweep, IHostApplicationLifetime app)
{
    [Function("Tick")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tick")] HttpRequest request) =>
        HttpJson.Ok(await sweep.RunAsync(everyBucket: true, $"tick by {HttpJson.User(request)}", app.ApplicationStopping));
}
