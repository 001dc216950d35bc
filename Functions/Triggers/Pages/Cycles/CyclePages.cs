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
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/cycles/{cycle}")] HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) =>
        show.PageAsync<Cycle>(
            request,
            async (frame, controls) =>
                new CycleModel(
                    await StandingAsync(HttpJson.Cycle(cycle), frame.Today, controls, cancel),
                    await HistoryAsync(HttpJson.Cycle(cycle), cancel),
                    HttpJson.Flag(request.Query, "all")
                ),
            cancel
        );

    private async Task<CycleStanding> StandingAsync(
        CycleNumber cycle,
        DateOnly today,
        Controls controls,
        CancellationToken cancel
    )
    {
        var view =
            (await cycles.RunAsync(await cycles.CountAsync(isFresh: false, cancel), controls, cancel)).FirstOrDefault(
                it => it.Cycle == cycle.Value
            ) ?? throw new NotYetKnownException($"There is no cycle {cycle}.");
        var release = (await releases.NewestOfCyclesAsync(controls, cancel)).GetValueOrDefault(cycle);
        return new CycleStanding(view, controls, release, today);
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
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/cycles/{cycle}/reopen")] HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) =>
        show.PageAsync<Reopen>(
            request,
            async (_, controls) => await ReadAsync(HttpJson.Cycle(cycle), controls, cancel),
            cancel
        );

    private async Task<ReopenModel> ReadAsync(CycleNumber number, Controls controls, CancellationToken cancel)
    {
        var name =
            names.FirstOrDefault(it => it.Cycle == number.Value) ?? new CycleName(number.Value, $"Cycle {number}", "");
        var isCleared = controls.BacklogOf(number) is { Cleared: true } or { Clearing: not null };
        var would = isCleared ? await preview.RunAsync(new BacklogReopened([number]), isFresh: false, cancel) : null;
        return new ReopenModel(number.Value, name.Name, name.Area, isCleared, would?.Preview);
    }
}

/// <summary>Due dates by cycles, over the span that is asked for.</summary>
public sealed class TimelinePage(ShowPage show, ReadTimeline read, IReadOnlyList<CycleName> names)
{
    private const int MostColumns = 400;

    [Function("TimelinePage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/timeline")] HttpRequest request,
        CancellationToken cancel
    ) => show.PageAsync<TimelineView>(request, async (_, _) => await ReadAsync(request, cancel), cancel);

    private async Task<TimelineModel> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var (from, to) = (PageQuery.Day(request, "from"), PageQuery.Day(request, "to"));
        var timeline = await read.RunAsync(from, to, HttpJson.Flag(request.Query, "fresh"), cancel);
        return TimelineModel.Of(timeline, names, MostColumns);
    }
}
