using Autopay.Application.Telemetry;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Operating;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Operating;

/// <summary>Is it up, is it halted, what is not moving? It stands when the storage does not.</summary>
public sealed class HealthPages(ShowPage show, ReadCondition read)
{
    public const string Name = "HealthPage";
    private const int MostItems = 100;

    [Function(Name)]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/health")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var condition = await read.RunAsync(MostItems, cancel);
        if (condition.Stuck is null)
        {
            return await show.RunAsync<HealthSummary>(
                show.FrameWithoutBooks(request),
                new HealthModel(condition, null),
                StatusCodes.Status503ServiceUnavailable
            );
        }

        var (frame, controls) = await show.FrameAsync(request, cancel);
        return await show.RunAsync<HealthSummary>(frame, new HealthModel(condition, controls));
    }
}
