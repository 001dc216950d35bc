using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Stops;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Stops;

/// <summary>Something looks wrong: is it still going out, and how does it stop?</summary>
public sealed class HaltPage(ShowPage show, ReadReleases releases, PreviewResume preview)
{
    [Function("HaltPage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/halt")] HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PageAsync<Halting>(
            request,
            async (frame, controls) => await ReadAsync(frame.Now.Utc, controls, cancel),
            cancel
        );

    private async Task<HaltModel> ReadAsync(DateTimeOffset now, Controls controls, CancellationToken cancel)
    {
        var asked = controls.Approvals.LastOrDefault(it =>
            it is { Act: ChargingResumed, Decided: null } && !it.IsExpired(now)
        );
        return new HaltModel(
            controls.Halt,
            asked,
            controls.IsHalted ? await preview.RunAsync(isFresh: false, cancel) : null,
            await releases.UnderWayAsync(controls, cancel)
        );
    }
}

/// <summary>Who did what since a version of the controls: a sentence for whoever looked at that version.</summary>
public sealed class ChangesPart(ShowPage show, IControlsStore store)
{
    [Function("ChangesPart")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/changes")] HttpRequest request,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "since");
        var since = HttpJson.Number(request.Query, "since", 0, int.MaxValue) ?? 0;
        var (frame, _) = await show.FrameAsync(request, cancel);
        var changes = await store.ReadHistoryAsync(cancel).Where(row => row.Version > since).ToListAsync(cancel);
        return new ContentResult
        {
            Content = HaltText.Changed(changes, frame),
            ContentType = "text/plain; charset=utf-8",
        };
    }
}
