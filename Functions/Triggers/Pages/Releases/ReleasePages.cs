using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Pages;
using Autopay.Pages.Pictures;
using Autopay.Pages.Releases;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Releases;

/// <summary>Is it safe to let these debits go, and what exactly will go?</summary>
public sealed class ReleasePages(ShowPage show, ReadReleases read, CityOptions city)
{
    [Function("ReleasesPage")]
    [AllowedToEverybody]
    public Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/releases")] HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PageAsync<ReleaseList>(
            request,
            async (_, controls) => await ReadListAsync(request.Query["cycle"].FirstOrDefault(), controls, cancel),
            cancel
        );

    [Function("ReleasePage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/releases/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        show.PageAsync<OneRelease>(
            request,
            async (_, controls) => await ReadAsync(id, request.Query, controls, cancel),
            cancel
        );

    [Function("ReleaseProgressPart")]
    [AllowedToEverybody]
    public Task<IActionResult> ProgressAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/releases/{id}/progress")]
            HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        show.LivePartAsync<ReleaseProgressPart>(
            request,
            async (_, controls) =>
                new ProgressModel(
                    await read.FollowAsync(HttpJson.Id(id, "id"), controls, cancel) ?? throw NoRelease(id),
                    Enum.TryParse<ReleaseStep>(request.Query["was"], out var was) ? was : null
                ),
            cancel
        );

    private async Task<ReleaseListModel> ReadListAsync(string? asked, Controls controls, CancellationToken cancel)
    {
        var cycle = asked is { } text ? HttpJson.Cycle(text) : (CycleNumber?)null;
        var held = controls.Deferrals.Where(it => it.Action == DeferralAction.Hold).SelectMany(it => it.Cycles);
        var toPlan = held.Distinct().Where(it => it == (cycle ?? it) && controls.WhyNotReleased(it) is null).Order();
        return new ReleaseListModel(await read.ListAsync(cycle, controls, cancel), [.. toPlan], cycle, city.Cycles);
    }

    private async Task<ReleaseModel> ReadAsync(
        string id,
        IQueryCollection query,
        Controls controls,
        CancellationToken cancel
    )
    {
        var view = await FindAsync(id, controls, cancel);
        var sketch = view.Step == ReleaseStep.Planning ? null : await read.ReadSketchAsync(id, cancel);
        return new ReleaseModel(
            view,
            city.Cycles,
            sketch is null ? null : await ShownAsync(id, query, sketch, cancel),
            sketch is null ? null : SizeBins.Of(sketch.Sizes),
            controls.Halt
        );
    }

    private async Task<ReleaseView> FindAsync(string id, Controls controls, CancellationToken cancel) =>
        await read.FindAsync(HttpJson.Id(id, "id"), controls, cancel) ?? throw NoRelease(id);

    private static NotYetKnownException NoRelease(string id) => new($"There is no release {id}.");

    // Every line is read only for those who look for some of them.
    private async Task<LinesShown> ShownAsync(
        string id,
        IQueryCollection query,
        PlanSketch sketch,
        CancellationToken cancel
    )
    {
        var flag = Enum.TryParse<PlanFlag>(query["flag"], out var asked) ? asked : (PlanFlag?)null;
        var state = Enum.TryParse<LineState>(query["state"], out var those) ? those : (LineState?)null;
        var find = query["find"].ToString().Trim();
        var from = HttpJson.Number(query, "from", 0, int.MaxValue) ?? 0;
        return flag is null && state is null && find.Length == 0 && from == 0
            ? LinesShown.Of(sketch)
            : LinesShown.Of(await LinesAsync(id, state, cancel), flag, find, from) with
            {
                State = state,
                All = sketch.Lines,
            };
    }

    private async Task<IReadOnlyList<PlanLine>> LinesAsync(string id, LineState? state, CancellationToken cancel) =>
        (await read.ReadLinesAsync(id, (null, null, state), LineOrder.Amount, (null, null), cancel))?.Lines ?? [];
}
