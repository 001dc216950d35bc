using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Residents;

/// <summary>What the city told everybody of debits to come, and its taking back (R44).</summary>
public sealed class PublicNoticeFunctions(ChangeControls change, CityClock clock)
{
    [Function("PostPublicNotice")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/public-notices")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<PublicNoticeRequest>(request);
        var recorded = body.ToChange(clock);
        var done = await change.RunAsync(recorded, body.ToRequest(request, clock, body.Reason), cancel);
        return HttpJson.Ok(Find(done.Controls, recorded.Id), Requests.StatusOf(done));
    }

    [Function("DeletePublicNotice")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/public-notices/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var withdrawn = new PublicNoticeWithdrawn(HttpJson.Id(id, "id"));
        var terms = Requests.Reasoned(request.Query);
        var done = await change.RunAsync(withdrawn, terms.ToRequest(request, clock, terms.Reason), cancel);
        return HttpJson.Ok(Find(done.Controls, withdrawn.Id));
    }

    private static PublicNotice Find(Controls controls, string id) =>
        controls.PublicNotices.First(notice => notice.Id == id);
}
