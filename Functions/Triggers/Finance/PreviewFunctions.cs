using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>What a change of the controls would do. Changes nothing and asks for no reason.</summary>
public sealed class PreviewFunctions(PreviewChange preview, PreviewResume resume, CityClock clock)
{
    [Function("PreviewDeferral")]
    [AllowedToEverybody]
    public async Task<IActionResult> DeferralAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/deferrals/preview")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<DeferralPreviewRequest>(request);
        return await AnswerAsync(request, body.ToChange(clock.Now.Utc), cancel);
    }

    [Function("PreviewWithdrawal")]
    [AllowedToEverybody]
    public Task<IActionResult> WithdrawalAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/deferrals/{id}/withdraw/preview")]
            HttpRequest request,
        string id,
        CancellationToken cancel
    ) => AnswerAsync(request, new DeferralWithdrawn(new DeferralId(HttpJson.Id(id, "id"))), cancel);

    [Function("PreviewClear")]
    [AllowedToEverybody]
    public Task<IActionResult> ClearAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles/{cycle}/clear/preview")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) => AnswerAsync(request, new BacklogCleared([HttpJson.Cycle(cycle)], Requests.Channels(null)), cancel);

    [Function("PreviewReopen")]
    [AllowedToEverybody]
    public Task<IActionResult> ReopenAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles/{cycle}/reopen/preview")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) => AnswerAsync(request, new BacklogReopened([HttpJson.Cycle(cycle)]), cancel);

    [Function("PreviewResume")]
    [AllowedToEverybody]
    public async Task<IActionResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/halt/resume/preview")] HttpRequest request,
        CancellationToken cancel
    ) => HttpJson.Ok(PreviewViews.Of(await resume.RunAsync(IsFresh(request), cancel)));

    [Function("PreviewWaiver")]
    [AllowedToEverybody]
    public async Task<IActionResult> WaiverAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/waivers/preview")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<WaiverPreviewRequest>(request);
        return HttpJson.Ok(
            PreviewViews.Of(await preview.RunAsync(body.ToChange(clock.Now.Utc), IsFresh(request), cancel))
        );
    }

    [Function("PreviewWaiverWithdrawal")]
    [AllowedToEverybody]
    public async Task<IActionResult> WaiverWithdrawalAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/waivers/{id}/withdraw/preview")]
            HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var withdrawn = new WaiverWithdrawn(HttpJson.Id(id, "id"));
        return HttpJson.Ok(PreviewViews.Of(await preview.RunAsync(withdrawn, IsFresh(request), cancel)));
    }

    [Function("PreviewShieldWithdrawal")]
    [AllowedToEverybody]
    public async Task<IActionResult> ShieldWithdrawalAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/shields/{id}/withdraw/preview")]
            HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var withdrawn = new ShieldWithdrawn(HttpJson.Id(id, "id"));
        return HttpJson.Ok(PreviewViews.Of(await preview.RunAsync(withdrawn, IsFresh(request), cancel)));
    }

    [Function("PreviewShield")]
    [AllowedToEverybody]
    public async Task<IActionResult> ShieldAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/shields/preview")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ShieldPreviewRequest>(request);
        return HttpJson.Ok(
            PreviewViews.Of(await preview.RunAsync(body.ToChange(clock.Now.Utc), IsFresh(request), cancel))
        );
    }

    private async Task<IActionResult> AnswerAsync(
        HttpRequest request,
        ControlChange change,
        CancellationToken cancel
    ) => HttpJson.Ok(PreviewViews.Of(await preview.RunAsync(change, IsFresh(request), cancel)));

    private static bool IsFresh(HttpRequest request)
    {
        HttpJson.Names(request.Query, "fresh");
        return HttpJson.Flag(request.Query, "fresh");
    }
}
