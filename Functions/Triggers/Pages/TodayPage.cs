using Autopay.Hosting.Identity;
using Autopay.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>Is anything of mine waiting, and what goes out next?</summary>
public sealed class TodayPage(ShowPage show)
{
    [Function("TodayPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        return await show.RunAsync<Today>(frame);
    }
}
