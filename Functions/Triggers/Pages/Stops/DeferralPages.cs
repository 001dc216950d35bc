using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Pages;
using Autopay.Pages.Stops;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Stops;

/// <summary>Whom does a hold stop, and until when?</summary>
public sealed class DeclarePages(ShowPage show, PreviewChange preview, ReadCycles cycles, CityOptions city)
{
    private const int MostListed = 20;

    [Function("DeclarePage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/deferrals/new")] HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PageAsync<DeclareDeferral>(
            request,
            async (frame, controls) => await ReadAsync(request.Query, frame.Today, controls, cancel),
            cancel
        );

    [Function("DeferralPart")]
    [AllowedToEverybody]
    public Task<IActionResult> PreviewAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/deferrals/preview")] HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PartAsync<DeferralPreview>(
            request,
            async (_, controls) => await LookAsync(DeferralAsk.Of(request.Query), controls, cancel),
            cancel
        );

    private async Task<DeclareModel> ReadAsync(
        IQueryCollection query,
        DateOnly today,
        Controls controls,
        CancellationToken cancel
    )
    {
        var all = await CycleList.OfAsync(city, cycles, cancel);
        var ask = query["ready"] == "outage" ? DeferralAsk.Outage(all, today) : DeferralAsk.Of(query);
        var listed = controls.Deferrals.Reverse().OrderByDescending(it => it.IsInForce).Take(MostListed);
        return new DeclareModel(await LookAsync(ask, controls, cancel), all, city.Cycles, [.. listed]);
    }

    private async Task<DeferralLook> LookAsync(DeferralAsk ask, Controls controls, CancellationToken cancel)
    {
        if (!ask.IsWhole)
        {
            return new DeferralLook(ask, null, null, [], city.Cycles);
        }

        var overlaps = controls.Deferrals.Where(it =>
            it.IsInForce
            && it.Cycles.Except(it.ClearedCycles).Intersect(ask.Cycles).Any()
            && it.DueFrom <= ask.To
            && it.DueTo >= ask.From
        );
        var (seen, refused) = await Previews.TryAsync(() => preview.RunAsync(ask.ToChange(), isFresh: false, cancel));
        return new DeferralLook(ask, seen, refused, [.. overlaps], city.Cycles);
    }
}

/// <summary>One deferral, and its end.</summary>
public sealed class DeferralPage(ShowPage show, PreviewChange preview, IControlsStore store)
{
    [Function("DeferralPage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/deferrals/{id}")] HttpRequest request,
        string id,
        CancellationToken cancel
    ) =>
        show.PageAsync<OneDeferral>(
            request,
            async (_, controls) => await ReadAsync(HttpJson.Id(id, "id"), controls, cancel),
            cancel
        );

    private async Task<DeferralModel> ReadAsync(string id, Controls controls, CancellationToken cancel)
    {
        var deferral =
            controls.Find(new DeferralId(id)) ?? throw new NotYetKnownException($"There is no hold or merge {id}.");
        var (seen, refused) = deferral.IsInForce
            ? await Previews.TryAsync(() =>
                preview.RunAsync(new DeferralWithdrawn(deferral.Id), isFresh: false, cancel)
            )
            : (null, null);
        var declared = await store
            .ReadHistoryAsync(cancel)
            .FirstOrDefaultAsync(row => row.Change is DeferralDeclared it && it.Id == deferral.Id, cancel);
        return new DeferralModel(deferral, declared?.Authority, seen, refused);
    }
}

/// <summary>The cycles that a form offers: those that the city has named, else those that have accounts.</summary>
internal static class CycleList
{
    public static async Task<IReadOnlyList<CycleNumber>> OfAsync(
        CityOptions city,
        ReadCycles read,
        CancellationToken cancel
    ) =>
        [
            .. city.Cycles.Count > 0
                ? city.Cycles.Select(it => new CycleNumber(it.Cycle)).Order()
                : (await read.RunAsync(isFresh: false, cancel)).Select(it => new CycleNumber(it.Cycle)),
        ];
}

/// <summary>A preview, or why there is none: a form shows either.</summary>
internal static class Previews
{
    public static async Task<(T? Seen, string? Refused)> TryAsync<T>(Func<Task<T>> preview)
        where T : class
    {
        try
        {
            return (await preview(), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Message);
        }
        catch (BadRequestException bad)
        {
            return (null, bad.Message);
        }
    }
}
