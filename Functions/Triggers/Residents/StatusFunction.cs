using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.PublicStatus;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

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
    private const string Caching = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";

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
        var tag = new EntityTagHeaderValue(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}\""
        );
        request.HttpContext.Response.Headers.CacheControl = Caching;
        request.HttpContext.Response.Headers.ETag = tag.ToString();
        return IsKnown(request, tag)
            ? new StatusCodeResult(StatusCodes.Status304NotModified)
            : new ContentResult { Content = text, ContentType = "application/json" };
    }

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request
            .GetTypedHeaders()
            .IfNoneMatch.Any(known =>
                known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any
            );
}
