using Autopay.Application.Telemetry;
using Autopay.Application.Work;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Work;
using Autopay.Triggers.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Work;

/// <summary>What waits for finance, and each item with its ways out.</summary>
public sealed class WorkPages(ShowPage show, ReadWork read, SeeCity see)
{
    private const int ItemsAPage = 50;

    [Function("WorkPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/work")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var (isMine, gone) = (request.Query["mine"] == "true", GoneItem.Parse(request.Query["gone"].ToString()));
        PageQuery.KeepFilter(request, "mine", "gone", "for", "format", "limit");
        var (filter, after, _, _) = WorkQuery.Of(request);
        filter = isMine ? filter with { Kinds = [.. filter.Kinds.Where(kind => WorkAct.IsFor(kind, frame))] } : filter;
        var city = await see.LookAsync(controls, cancel);
        var page = await read.RunAsync(filter, (after, ItemsAPage), city, cancel);
        return await show.RunAsync<WorkList>(
            frame,
            new WorkListModel(
                page,
                filter,
                isMine,
                PageTokens.Seal(request, page.Next),
                await read.CountForEngineersAsync(city, cancel)
            )
            {
                Controls = controls,
                Gone = gone is { } asked && await FindAsync(asked, city, cancel) is null ? asked : null,
            }
        );
    }

    [Function("WorkItemPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> ItemAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/work-item/{kind}/{id}")] HttpRequest request,
        string kind,
        string id,
        CancellationToken cancel
    )
    {
        var known =
            WorkLinks.KindOf(kind)
            ?? throw new BadRequestException($"There is no kind of work '{HttpJson.Id(kind, "kind")}'.");
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var account = request.Query["account"].ToString();
        var asked = new GoneItem(known, HttpJson.StuckId(id), account.Length == 0 ? null : account);
        var entry = await FindAsync(asked, controls, cancel);
        return await show.RunAsync<WorkDetail>(
            frame,
            new WorkItemModel(asked, entry, entry is null ? [] : WorkAct.Of(entry, controls)),
            entry is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK
        );
    }

    private async Task<WorkEntry?> FindAsync(GoneItem asked, Controls controls, CancellationToken cancel) =>
        WorkKinds.AudienceOf(asked.Kind) == WorkAudience.Finance
            ? await FindAsync(asked, await see.LookAsync(controls, cancel), cancel)
            : (await read.RunAsync(OfKind(asked), null, null, cancel)).Items.FirstOrDefault(asked.Is);

    private async Task<WorkEntry?> FindAsync(GoneItem asked, SeenCity city, CancellationToken cancel) =>
        (await read.RunAsync(OfKind(asked), (null, null), city, cancel)).Items.FirstOrDefault(asked.Is);

    private static WorkFilter OfKind(GoneItem asked) => new(WorkKinds.AudienceOf(asked.Kind), [asked.Kind]);
}
