using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Notifying;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Residents;

/// <summary>What the city told everybody of debits to come, and its taking back (R44).</summary>
public sealed class PublicNoticeFunctions(RecordPublicNotice record, ChangeControls change, CityClock clock)
{
    private const int Accepted = StatusCodes.Status202Accepted;

    [Function("PostPublicNotice")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/public-notices")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<PublicNoticeRequest>(request);
        var recorded = body.ToChange(clock);
        var asked = body.ToRequest(request, clock, body.Reason);
        var id = $"notice-{recorded.Id}";
        var done = await record.RunAsync(id, recorded, asked, cancel);
        return done.Controls.PublicNotices.FirstOrDefault(notice => notice.Id == recorded.Id) is { } notice
            ? HttpJson.Ok(notice, Requests.StatusOf(done))
            : HttpJson.Ok(ApprovalView.Of(Asked(done.Controls, id)), Accepted);
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

    private static Approval Asked(Controls controls, string id) =>
        controls.Approvals.LastOrDefault(asked => asked.Id == id)
        ?? throw new RefusedException($"{id} was asked for, and nobody approved it within a day.");

    private static PublicNotice Find(Controls controls, string id) =>
        controls.PublicNotices.First(notice => notice.Id == id);
}
