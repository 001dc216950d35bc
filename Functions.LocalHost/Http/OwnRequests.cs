using System.Net;
using Microsoft.AspNetCore.Http;

namespace Autopay.LocalHost.Http;

/// <summary>For what only the person at this machine may do.</summary>
internal static class OwnRequests
{
    /// <summary>
    /// A page in the developer's browser can reach loopback too: it cannot send JSON here unasked, nor name another
    /// host by rebinding.
    /// </summary>
    /// <returns>The status of the refusal, or null.</returns>
    public static int? Refuse(HttpContext http) =>
        http switch
        {
            _ when RefuseForeign(http) is { } status => status,
            _ when !http.Request.HasJsonContentType() => StatusCodes.Status415UnsupportedMediaType,
            _ => null,
        };

    /// <summary>The same of a link: one of our own pages, or what was typed.</summary>
    public static int? RefuseForeign(HttpContext http) =>
        IsLoopback(http) && http.Request.Headers["Sec-Fetch-Site"].ToString() is ("" or "none" or "same-origin")
            ? null
            : StatusCodes.Status403Forbidden;

    private static bool IsLoopback(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        && (
            http.Request.Host.Host == "localhost"
            || (IPAddress.TryParse(http.Request.Host.Host, out var host) && IPAddress.IsLoopback(host))
        );
}
