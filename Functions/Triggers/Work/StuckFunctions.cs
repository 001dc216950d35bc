using Autopay.Application.Stuck;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Work;

public sealed class GetStuckFunction(ReadStuck read)
{
    [Function("GetStuck")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stuck")] HttpRequest request,
        CancellationToken cancel
    ) => HttpJson.Ok(Paging.Page(request, await read.RunAsync(cancel), entry => entry.Id));
}

/// <summary>The two ways out for what is stuck; each again changes nothing.</summary>
public sealed class ResolveStuckFunctions(ResolveStuck resolve)
{
    [Function("ReplayStuck")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/stuck/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var why = HttpJson.Reason((await HttpJson.ReadAsync<ReasonRequest>(request)).Reason);
        return ToResult(
            await resolve.ReplayAsync(HttpJson.StuckId(id), HttpJson.User(request).Who, why, cancel),
            id,
            "replayed"
        );
    }

    [Function("DiscardStuck")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> DiscardAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/stuck/{id}/discard")] HttpRequest request,
        string id,
        CancellationToken cancel
    )
    {
        var why = HttpJson.Reason((await HttpJson.ReadAsync<ReasonRequest>(request)).Reason);
        return ToResult(
            await resolve.DiscardAsync(HttpJson.StuckId(id), HttpJson.User(request).Who, why, cancel),
            id,
            "discarded"
        );
    }

    private static IActionResult ToResult(StuckResolution resolution, string id, string done) =>
        resolution switch
        {
            StuckResolution.NotFound => HttpJson.NotFound($"Nothing is stuck under '{id}'."),
            StuckResolution.AlreadyDone => HttpJson.Ok(new { changed = false, result = "closed before" }),
            _ => HttpJson.Ok(new { changed = true, result = done }),
        };
}
