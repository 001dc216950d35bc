using System.Net;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;

namespace Autopay.LocalHost.Local;

/// <summary>
/// Identities for one machine, believed from loopback only: the header names one, or the cookie that the links of the
/// console set. Named like a role it has that role alone; any other name has them all.
/// </summary>
internal sealed class DevelopmentIdentity : IDevelopmentIdentity
{
    public const string Cookie = "autopay-user";
    private const string Header = "X-Autopay-User";
    private const string Default = "developer";
    private const int LongestName = 128;

    public Task<Caller> IdentifyAsync(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
        {
            throw new AccessDeniedException(
                StatusCodes.Status401Unauthorized,
                "Development identities are for this machine only."
            );
        }

        var name =
            new[] { http.Request.Headers[Header].ToString(), http.Request.Cookies[Cookie] ?? "" }.FirstOrDefault(IsName)
            ?? Default;
        return Task.FromResult(
            new Caller(
                name,
                Enum.TryParse<Role>(name, ignoreCase: true, out var role)
                    ? new HashSet<Role> { role }
                    : Enum.GetValues<Role>().ToHashSet()
            )
        );
    }

    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);
}
