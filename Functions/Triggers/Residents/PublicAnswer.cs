using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Autopay.Triggers.Residents;

/// <summary>An answer that is the same for everybody: caches keep it, and ask whether it still is.</summary>
internal static class PublicAnswer
{
    private const string Caching = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";

    /// <param name="mayPack">Nothing in it is anybody's secret, so that its length tells nothing.</param>
    public static IActionResult Of(HttpRequest request, string text, string mediaType, bool mayPack = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.ETag) = (Caching, tag.ToString());
        if (mayPack)
        {
            headers.Vary = "Accept-Encoding";
        }

        return IsKnown(request, tag) ? new StatusCodeResult(StatusCodes.Status304NotModified)
            : mayPack && TakesPacked(request) ? ToPacked(headers, bytes, mediaType)
            : new ContentResult { Content = text, ContentType = mediaType };
    }

    private static FileContentResult ToPacked(IHeaderDictionary headers, byte[] bytes, string mediaType)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        headers.ContentEncoding = "gzip";
        return new FileContentResult(packed.ToArray(), mediaType);
    }

    private static bool TakesPacked(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(it => it.Value == "gzip" && it.Quality is not 0);

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request
            .GetTypedHeaders()
            .IfNoneMatch.Any(known =>
                known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any
            );
}
