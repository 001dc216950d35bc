using Autopay.Application;
using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>Plans of releases: made, sealed, and looked at.</summary>
public sealed class ReleasePlanFunctions(
    MakePlan make,
    SealPlan sealPlan,
    ReadReleases read,
    FindLateReceipts late,
    CityClock clock
)
{
    [Function("PostReleasePlan")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> PlanAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cycles/{cycle}/release-plan")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        var body = await HttpJson.ReadAsync<ReasonedChange>(request);
        var plan = await make.AskAsync(number, body.ToRequest(request, clock, body.Reason), cancel);
        return HttpJson.Ok(
            new
            {
                plan.Id,
                plan.Cycle,
                plan.State,
            },
            StatusCodes.Status202Accepted
        );
    }

    [Function("SealRelease")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> SealAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/releases/{id}/seal")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<SealRequest>(request);
        var asked = body.ToRequest(request, clock, body.Reason);
        return await sealPlan.RunAsync(HttpJson.Id(id, "id"), body.ToSealing(), asked, cancel) is not null
            ? HttpJson.Ok(ReleaseAnswer.Of((await read.FindAsync(id, cancel))!))
            : HttpJson.NotFound($"There is no release {id}.");
    }

    [Function("GetReleases")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/releases")] HttpRequest request,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query, "cycle", "state", "limit", PageTokens.Name);
        var cycle = request.Query["cycle"].FirstOrDefault() is { } text ? HttpJson.Cycle(text) : (CycleNumber?)null;
        var step = ReleaseDebitsQuery.One<ReleaseStep>(request.Query, "state");
        var page = (PageTokens.Open(request), Paging.LimitOf(request));
        var (views, next) = await read.ListAsync((cycle, step), page, cancel);
        return HttpJson.Ok(
            new ListPage<ReleaseAnswer>([.. views.Select(ReleaseAnswer.Of)], PageTokens.Seal(request, next))
        );
    }

    [Function("GetRelease")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/releases/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        await read.FindAsync(HttpJson.Id(id, "id"), cancel) is { } view
            ? HttpJson.Ok(
                ReleaseAnswer.Of(view) with
                {
                    LateReceipts = LateReceiptsView.Of(await late.RunAsync(view.Plan.Cycle, cancel)),
                }
            )
            : HttpJson.NotFound($"There is no release {id}.");

    [Function("GetReleaseDebits")]
    [AllowedToEverybody]
    public async Task<IActionResult> DebitsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/releases/{id}/debits")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var query = ReleaseDebitsQuery.Of(request);
        var page = await read.ReadLinesAsync(
            HttpJson.Id(id, "id"),
            (query.Outcome, query.Flag, query.State),
            query.Order,
            (query.After, query.IsCsv ? null : query.Limit),
            cancel
        );
        return page is null ? HttpJson.NotFound($"There is no release {id}, or no such debit in it.")
            : query.IsCsv ? new ContentResult { Content = ReleaseCsv.Write(page), ContentType = "text/csv" }
            : HttpJson.Ok(page with { Next = PageTokens.Seal(request, page.Next) });
    }
}

/// <summary>A release is approved by another person, goes on, and ends.</summary>
public sealed class ReleaseFunctions(ChangeControls change, ReadReleases read, AcceptLateReceipts late, CityClock clock)
{
    [Function("ApproveRelease")]
    [AllowedTo(Role.Approver)]
    public async Task<IActionResult> ApproveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/releases/{id}/approve")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ApproveRequest>(request);
        await read.RefuseOtherActAsync(HttpJson.Id(id, "id"), cancel);
        await late.RefuseChangedAsync(id, cancel);
        body.RefuseOtherTotal((await read.FindAsync(HttpJson.Id(id, "id"), cancel))?.Approval);
        return await ChangeAsync(
            id,
            new ApprovalGiven(id, body.Hash),
            body.ToRequest(request, clock, body.Reason),
            cancel
        );
    }

    [Function("RejectRelease")]
    [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]
    public async Task<IActionResult> RejectAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/releases/{id}/reject")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ReasonedChange>(request);
        await read.RefuseOtherActAsync(HttpJson.Id(id, "id"), cancel);
        return await ChangeAsync(id, new ApprovalRejected(id), body.ToRequest(request, clock, body.Reason), cancel);
    }

    [Function("GoRelease")]
    [AllowedTo(Role.Approver)]
    public async Task<IActionResult> GoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/releases/{id}/go")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ReasonedChange>(request);
        return await ChangeAsync(
            id,
            new ReleaseGone(id, clock.Now.Today),
            body.ToRequest(request, clock, body.Reason),
            cancel
        );
    }

    [Function("StopRelease")]
    [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]
    public async Task<IActionResult> StopAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/releases/{id}/stop")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<ReasonedChange>(request);
        return await ChangeAsync(id, new ReleaseStopped(id), body.ToRequest(request, clock, body.Reason), cancel);
    }

    [Function("GetReleaseProgress")]
    [AllowedToEverybody]
    public async Task<IActionResult> ProgressAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/releases/{id}/progress")] HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        await read.FindAsync(HttpJson.Id(id, "id"), cancel) is { } view
            ? HttpJson.Ok(
                new
                {
                    view.Step,
                    view.BucketsPlanned,
                    view.Progress,
                }
            )
            : HttpJson.NotFound($"There is no release {id}.");

    private async Task<IActionResult> ChangeAsync(
        string id,
        ControlChange act,
        ChangeRequest asked,
        CancellationToken cancel
    )
    {
        if (await read.FindAsync(HttpJson.Id(id, "id"), cancel) is null)
        {
            return HttpJson.NotFound($"There is no release {id}.");
        }

        await change.RunAsync(act, asked, cancel);
        return HttpJson.Ok(ReleaseAnswer.Of((await read.FindAsync(id, cancel))!));
    }
}
