using Autopay.Application;
using Autopay.Application.Certifying;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>Whether what the office counted is entered.</summary>
public sealed class GetCertificateFunctions(ReadCertificate read, FindLateReceipts late, CityClock clock)
{
    [Function("GetCertificate")]
    [AllowedToEverybody]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles/{cycle}/certificate")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        HttpJson.Names(request.Query, "version", "limit", PageTokens.Name);
        var version = HttpJson.Number(request.Query, "version", 0, int.MaxValue);
        if (version is null or 0)
        {
            var reading = await read.RunAsync(number, live: version is 0, clock.Now.Utc, cancel);
            return HttpJson.Ok(
                Page(request, CertificateView.Of(reading)) with
                {
                    LateReceipts = LateReceiptsView.Of(await late.RunAsync(number, cancel)),
                }
            );
        }

        var found = (await read.ReadKeptAsync(number, cancel)).FirstOrDefault(it => it.Version == version);
        return found is null
            ? HttpJson.NotFound($"Cycle {cycle} has no certificate {version}.")
            : HttpJson.Ok(Page(request, CertificateView.Of(found)));
    }

    // A line's key is its place: what is entered meanwhile moves no page.
    private static CertificateView Page(HttpRequest request, CertificateView whole)
    {
        var limit = HttpJson.Number(request.Query, "limit", 1, Paging.LargestLimit) ?? Paging.DefaultLimit;
        var begin = PageTokens.Open(request) is { } place ? whole.IndexBehind(place) : 0;
        var last = begin + limit < whole.Lines.Count ? whole.Lines[begin + limit - 1].Place : null;
        return whole with { Lines = [.. whole.Lines.Skip(begin).Take(limit)], Next = PageTokens.Seal(request, last) };
    }

    [Function("GetCertificates")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles/{cycle}/certificates")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) =>
        HttpJson.Ok(
            Paging.Page(
                request,
                [.. (await read.ReadKeptAsync(HttpJson.Cycle(cycle), cancel)).Select(KeptCertificate.Of)],
                it => it.Hash
            )
        );
}

public sealed class PutCertificateFunction(CountTotals count, ReadCertificate read, CityClock clock)
{
    [Function("PutCertificate")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/cycles/{cycle}/certificate")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        var body = await HttpJson.ReadAsync<CertificateRequest>(request);
        var asked = body.ToRequest(request, clock, body.Reason);
        await count.RunAsync(body.ToTotals(number, clock.Now.Today, asked.Authority), asked, cancel);
        return HttpJson.Ok(CertificateView.Of(await read.RunAsync(number, live: true, clock.Now.Utc, cancel)));
    }
}

/// <summary>
/// Asks a second person to clear a cycle in spite of its differences, or to leave it cleared in spite of what came
/// late.
/// </summary>
public sealed class PostCertificateOverrideFunction(
    OverrideCertificate overriding,
    AcceptLateReceipts late,
    CityClock clock
)
{
    [Function("PostCertificateOverride")]
    [AllowedTo(Role.Preparer)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cycles/{cycle}/certificate/override")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        var body = await HttpJson.ReadAsync<OverrideRequest>(request);
        var id = body.ApprovalId(body.ReceivedThrough is null ? "late" : "override", clock.Now.Utc);
        var asked = body.ToRequest(request, clock, body.Reason);
        var controls = body.ReceivedThrough is { } through
            ? await overriding.AskAsync(id, new BacklogCleared([number], Requests.Channels(through)), asked, cancel)
            : await late.AskAsync(id, number, asked, cancel);
        return HttpJson.Ok(HaltView.Of(controls));
    }
}

/// <summary>What an override would do, and what the second person would read. Changes nothing.</summary>
public sealed class PreviewOverrideFunction(PreviewOverride preview)
{
    [Function("PreviewOverride")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cycles/{cycle}/certificate/override/preview")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        var number = HttpJson.Cycle(cycle);
        HttpJson.Names(request.Query, "fresh");
        var body = await HttpJson.ReadAsync<OverridePreviewRequest>(request);
        if (body.ReceivedThrough is not { } through)
        {
            return HttpJson.Ok(PreviewViews.Of(await preview.RunAsync(number, cancel)));
        }

        var wanted = new BacklogCleared([number], Requests.Channels(through));
        var isFresh = HttpJson.Flag(request.Query, "fresh");
        return HttpJson.Ok(PreviewViews.Of(await preview.RunAsync(wanted, isFresh, cancel)));
    }
}
