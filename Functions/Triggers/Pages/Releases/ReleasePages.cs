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
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/releases")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var cycle = request.Query["cycle"].FirstOrDefault() is { } text ? HttpJson.Cycle(text) : (CycleNumber?)null;
        var held = controls.Deferrals.Where(it => it.Action == DeferralAction.Hold).SelectMany(it => it.Cycles);
        var toPlan = held.Distinct().Where(it => it == (cycle ?? it) && controls.WhyNotReleased(it) is null).Order();
        var model = new ReleaseListModel(await read.ListAsync(cycle, cancel), [.. toPlan], cycle, city.Cycles);
        return await show.RunAsync<ReleaseList>(frame, model);
    }

    [Function("ReleasePage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/releases/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var view = await FindAsync(id, cancel);
        var lines = view.Step == ReleaseStep.Planning ? null : await LinesAsync(id, cancel);
        var sent = lines?.Where(line => line.Outcome == PlanOutcome.ToBank).Select(line => (line.Open, line.Billed));
        var model = new ReleaseModel(
            view,
            city.Cycles,
            lines is null ? null : Shown(request.Query, lines),
            SizeBins.Of([.. sent ?? []]),
            controls.Halt
        );
        return await show.RunAsync<OneRelease>(frame, model);
    }

    [Function("ReleaseProgressPart")]
    [AllowedToEverybody]
    public async Task<IActionResult> ProgressAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/releases/{id}/progress")]
            HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var (frame, _) = await show.FrameAsync(request, cancel);
        var view = await FindAsync(id, cancel);
        return await show.RunPartAsync<ReleaseProgressPart>(
            request,
            new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Model"] = view,
                ["Was"] = Enum.TryParse<ReleaseStep>(request.Query["was"], out var was) ? was : view.Step,
            }
        );
    }

    private async Task<ReleaseView> FindAsync(string id, CancellationToken cancel) =>
        await read.FindAsync(HttpJson.Id(id, "id"), cancel)
        ?? throw new NotYetKnownException($"There is no release {id}.");

    private async Task<IReadOnlyList<PlanLine>> LinesAsync(string id, CancellationToken cancel) =>
        (await read.ReadLinesAsync(id, (null, null, null), LineOrder.Amount, (null, null), cancel))?.Lines ?? [];

    private static LinesShown Shown(IQueryCollection query, IReadOnlyList<PlanLine> lines) =>
        LinesShown.Of(
            lines,
            Enum.TryParse<PlanFlag>(query["flag"], out var flag) ? flag : null,
            query["find"].ToString().Trim(),
            HttpJson.Number(query, "from", 0, int.MaxValue) ?? 0
        );
}
