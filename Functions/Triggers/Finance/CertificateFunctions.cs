using Autopay.Application;
using Autopay.Application.Certifying;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>Whether what the office counted is entered.</summary>
public sealed class GetCertificateFunctions(ReadCertificate read, CityClock clock)
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
        var version = HttpJson.Number(request.Query, "version", 0, int.MaxValue);
        if (version is null or 0)
        {
            return HttpJson.Ok(
                CertificateView.Of(await read.RunAsync(number, live: version is 0, clock.Now.Utc, cancel))
            );
        }

        return (await read.ReadKeptAsync(number, cancel)).FirstOrDefault(it => it.Version == version) is { } kept
            ? HttpJson.Ok(CertificateView.Of(kept))
            : HttpJson.NotFound($"Cycle {cycle} has no certificate {version}.");
    }

    [Function("GetCertificates")]
    [AllowedToEverybody]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cycles/{cycle}/certificates")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) => HttpJson.Ok((await read.ReadKeptAsync(HttpJson.Cycle(cycle), cancel)).Select(KeptCertificate.Of));
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

/// <summary>Asks a second person to clear a cycle in spite of its differences.</summary>
public sealed class PostCertificateOverrideFunction(OverrideCertificate overriding, CityClock clock)
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
        var controls = await overriding.AskAsync(
            body.IdOr(null, "override", clock.Now.Utc),
            new BacklogCleared([number], Requests.Channels(body.ReceivedThrough)),
            body.ToRequest(request, clock, body.Reason),
            cancel
        );
        return HttpJson.Ok(HaltView.Of(controls));
    }
}
