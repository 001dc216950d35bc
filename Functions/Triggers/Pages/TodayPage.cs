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
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PageAsync<Today>(
            request,
            async (_, controls) => await read.RunAsync(controls, HttpJson.Flag(request.Query, "fresh"), cancel),
            cancel
        );
}
