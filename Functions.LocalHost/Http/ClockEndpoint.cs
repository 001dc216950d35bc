using System.Text.Json;
using Autopay.Hosting;
using Autopay.LocalHost.Local;
using Autopay.LocalHost.Timers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Http;

/// <summary>
/// PUT /local/clock with {"now": "2020-02-20T10:00"} moves the local clock forward, and the sandbox's with it: whatever
/// its bank has to say on the way is said, and timers that came due run once.
/// </summary>
internal sealed class ClockEndpoint(
    LocalClock clock,
    LocalServices services,
    MovedTimers timers,
    IConfiguration configuration
)
{
    public const string Route = "/local/clock";

    public async Task MoveAsync(HttpContext http)
    {
        if (OwnRequests.Refuse(http) is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        try
        {
            var body =
                await http.Request.ReadFromJsonAsync<Body>(HttpJson.Options, http.RequestAborted)
                ?? throw new BadRequestException("Expected JSON such as {\"now\": \"2020-02-20T10:00\"}.");
            Move(LocalTimes.Parse(body.Now, configuration));
            await http.Response.WriteAsJsonAsync(new { now = clock.GetUtcNow() }, http.RequestAborted);
        }
        catch (Exception wrong) when (wrong is BadRequestException or JsonException)
        {
            await Problems.WriteAsync(http.Response, StatusCodes.Status400BadRequest, wrong.Message);
        }
        catch (InvalidOperationException backwards)
        {
            await Problems.WriteAsync(http.Response, StatusCodes.Status409Conflict, backwards.Message);
        }
    }

    private void Move(DateTimeOffset now)
    {
        var from = clock.GetUtcNow();
        clock.MoveTo(now);
        services.Sandbox?.Control.AdvanceTo(
            services.Sandbox.Control.Clock.Now > now ? services.Sandbox.Control.Clock.Now : now
        );
        timers.Run(from, now);
    }

    private sealed record Body(string Now);
}
