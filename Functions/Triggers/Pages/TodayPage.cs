using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Cycles;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages;

/// <summary>Is anything of mine waiting, and what goes out next?</summary>
public sealed class TodayPage(ShowPage show, ReadToday read)
{
    [Function("TodayPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var isFresh = HttpJson.Flag(request.Query, "fresh");
        return await show.RunAsync<Today>(frame, await read.RunAsync(controls, isFresh, cancel));
    }
}
