using Autopay.Application.Auditing;
using Autopay.Application.Finance;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Pages.Cycles;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Cycles;

/// <summary>Where is every dollar of this cycle?</summary>
public sealed class CyclePage(ShowPage show, ReadCycles cycles, ReadReleases releases, ReadAudit audit)
{
    private const int MostActs = 10;

    [Function("CyclePage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/cycles/{cycle}")] HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        var (frame, controls) = await show.FrameAsync(request, cancel);
        if (
            (await cycles.RunAsync(isFresh: false, cancel)).FirstOrDefault(it => it.Cycle == number.Value)
            is not { } view
        )
        {
            throw new NotYetKnownException($"There is no cycle {cycle}.");
        }

        var release = (await releases.NewestOfCyclesAsync(cancel)).GetValueOrDefault(number);
        var standing = new CycleStanding(view, controls, release, frame.Today);
        var isWhole = HttpJson.Flag(request.Query, "all");
        return await show.RunAsync<Cycle>(frame, new CycleModel(standing, await HistoryAsync(number, cancel), isWhole));
    }

    private async Task<IReadOnlyList<AuditedAct>> HistoryAsync(CycleNumber cycle, CancellationToken cancel)
    {
        var all = await audit.RunAsync(new AuditFilter(null, null, null, null), after: 0, limit: null, cancel);
        return [.. all.Acts.Where(act => act.IsAbout(cycle)).Reverse().Take(MostActs)];
    }
}

/// <summary>What opening a cycle again would hold, before anybody does it.</summary>
public sealed class ReopenPage(ShowPage show, PreviewChange preview, IReadOnlyList<CycleName> names)
{
    [Function("ReopenPage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/cycles/{cycle}/reopen")] HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        var (frame, controls) = await show.FrameAsync(request, cancel);
        var name =
            names.FirstOrDefault(it => it.Cycle == number.Value) ?? new CycleName(number.Value, $"Cycle {number}", "");
        var isCleared = controls.BacklogOf(number) is { Cleared: true } or { Clearing: not null };
        var would = isCleared ? await preview.RunAsync(new BacklogReopened([number]), isFresh: false, cancel) : null;
        return await show.RunAsync<Reopen>(
            frame,
            new ReopenModel(number.Value, name.Name, name.Area, isCleared, would?.Preview)
        );
    }
}

/// <summary>Due dates by cycles, over the span that is asked for.</summary>
public sealed class TimelinePage(ShowPage show, ReadTimeline read, IReadOnlyList<CycleName> names)
{
    private const int MostColumns = 400;

    [Function("TimelinePage")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/timeline")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (from, to) = (PageQuery.Day(request, "from"), PageQuery.Day(request, "to"));
        var (frame, _) = await show.FrameAsync(request, cancel);
        var timeline = await read.RunAsync(from, to, HttpJson.Flag(request.Query, "fresh"), cancel);
        return await show.RunAsync<TimelineView>(frame, TimelineModel.Of(timeline, names, MostColumns));
    }
}
