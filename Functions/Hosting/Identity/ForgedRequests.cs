using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Autopay.Hosting.Identity;

/// <summary>
/// A page of somebody else in the browser of somebody who is signed in can send requests too (CSRF), but neither with a
/// header of our own nor from our origin. There are no CORS headers, so a browser that asks first is told nothing.
/// </summary>
internal static class ForgedRequests
{
    private const string Header = "X-CSRF";
    private static readonly string[] FormTypes =
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ];

    /// <exception cref="AccessDeniedException">403 or 415: it changes something and may come from a foreign
    /// page.</exception>
    public static void Refuse(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return;
        }

        RefuseForeign(request);
        // What a form of any page can send without asking first; no route of ours takes it, those without a body
        // neither.
        if (
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && FormTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        )
        {
            throw new AccessDeniedException(
                StatusCodes.Status415UnsupportedMediaType,
                $"A body of type {type.MediaType} is never taken."
            );
        }
    }

    /// <summary>Also of a read that leaves something behind, such as that it was made.</summary>
    /// <exception cref="AccessDeniedException">403: it may come from a foreign page.</exception>
    public static void RefuseForeign(HttpRequest request)
    {
        if (request.Headers[Header] is not ["1"])
        {
            throw new AccessDeniedException(
                StatusCodes.Status403Forbidden,
                $"Expected the header '{Header}: 1' with every change."
            );
        }

        if (
            !IsOwnOrigin(request) || request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
        )
        {
            throw new AccessDeniedException(
                StatusCodes.Status403Forbidden,
                "This change was asked for by another site's page."
            );
        }
    }

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.ToString() switch
        {
            "" => true,
            var text => Uri.TryCreate(text, UriKind.Absolute, out var origin)
                && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase),
        };
}
