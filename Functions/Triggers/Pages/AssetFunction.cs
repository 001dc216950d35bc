using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Autopay.Triggers.Pages;

/// <summary>Style and script of the pages. What a browser has, it keeps: another version has another address.</summary>
public sealed class AssetFunction
{
    public const string Name = "Asset";
    private const string Caching = "public, max-age=31536000, immutable";

    [Function(Name)]
    [OpenToAll]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{file}")] HttpRequest request,
        string file
    )
    {
        if (Asset.Find(file) is not { } asset)
        {
            return HttpJson.NotFound("There is no such file; load the page again.");
        }

        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.ETag, headers.Vary) = (Caching, asset.Tag, "Accept-Encoding");
        if (request.Headers.IfNoneMatch.Contains(asset.Tag))
        {
            return new StatusCodeResult(StatusCodes.Status304NotModified);
        }

        var isPacked = request.GetTypedHeaders().AcceptEncoding.Any(it => it.Value == "gzip" && it.Quality is not 0);
        headers.ContentEncoding = isPacked ? "gzip" : default;
        return new FileContentResult((isPacked ? asset.Packed : asset.Bytes).ToArray(), asset.MediaType);
    }
}
