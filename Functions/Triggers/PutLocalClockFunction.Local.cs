using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Autopay.Triggers;

internal sealed record LocalClockRequest(string Now);

/// <summary>Moves the local runtime's clock, and the sandbox's with it: whatever its bank has to say on the way is said, and timers that came due run once. Not part of the deployed app.</summary>
public sealed class PutLocalClockFunction(IServiceProvider services, IConfiguration configuration)
{
    [Function("PutLocalClock")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "local/clock")] HttpRequest request)
    {
        var now = LocalTimes.Parse((await HttpJson.ReadAsync<LocalClockRequest>(request)).Now, configuration);
        var clock = (LocalClock)services.GetService(typeof(LocalClock))!;
        if (now < clock.GetUtcNow())
        {
            throw new RefusedException($"It is {clock.GetUtcNow():u} already; the clock only moves forward.");
        }

        var sandbox = ((LocalServices)services.GetService(typeof(LocalServices))!).Sandbox;
        clock.MoveTo(now);
        sandbox?.Control.AdvanceTo(sandbox.Control.Clock.Now > now ? sandbox.Control.Clock.Now : now);
        clock.WakeTimers();
        return HttpJson.Ok(new { now = clock.GetUtcNow() });
    }
}
