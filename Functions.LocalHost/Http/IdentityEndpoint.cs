using Autopay.LocalHost.Local;
using Microsoft.AspNetCore.Http;

namespace Autopay.LocalHost.Http;

/// <summary>
/// GET /local/identity?name=preparer&amp;to=/console: this browser is that development identity from now on. It exists
/// on this machine alone, where any header says the same.
/// </summary>
internal static class IdentityEndpoint
{
    public const string Route = "/local/identity";

    public static void Choose(HttpContext http)
    {
        if (OwnRequests.RefuseForeign(http) is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        var (name, to) = (http.Request.Query["name"].ToString(), http.Request.Query["to"].ToString());
        if (!DevelopmentIdentity.IsName(name))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        http.Response.Cookies.Append(
            DevelopmentIdentity.Cookie,
            name,
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict }
        );
        // Never to another machine: a path alone.
        http.Response.Redirect(to.StartsWith("/console", StringComparison.Ordinal) ? to : "/console");
    }
}
