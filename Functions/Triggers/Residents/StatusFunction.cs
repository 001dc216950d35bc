using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.PublicStatus;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Residents;

/// <summary>What residents may know, without signing in. Nobody is told who they are, and caches may keep it.</summary>
public sealed class StatusFunction(
    ReadStatus read,
    IReadOnlyList<CycleName> cycles,
    StatusOptions options,
    CityClock clock
)
{
    public const string Name = "GetStatus";

    [Function(Name)]
    [OpenToAll]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/status")] HttpRequest request,
        CancellationToken cancel
    )
    {
        HttpJson.Names(request.Query);
        if (await read.RunAsync(cancel) is not { } status)
        {
            throw new NotReadyException("The status cannot be read right now; ask again in a minute.");
        }

        var text = JsonSerializer.Serialize(StatusView.Of(status, cycles, options, clock), HttpJson.Options);
        return PublicAnswer.Of(request, text, "application/json");
    }
}
