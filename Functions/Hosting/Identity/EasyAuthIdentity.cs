using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting.Identity;

/// <summary>
/// The principal that Easy Auth puts in front of a request. It removes what a client sends under that name, but only
/// while it is on.
/// </summary>
internal sealed class EasyAuthIdentity(IdentityOptions options) : IIdentitySource
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL";
    private const int LargestHeader = 16 * 1024;
    private static readonly string[] ObjectId =
    [
        "oid",
        "http://schemas.microsoft.com/identity/claims/objectidentifier",
    ];
    private static readonly string[] Tenant = ["tid", "http://schemas.microsoft.com/identity/claims/tenantid"];
    private static readonly string[] Roles = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

    private static readonly string[] Names = ["name"];

    public Task<Caller> IdentifyAsync(HttpContext http)
    {
        var headers = http.Request.Headers[Header];
        if (headers is not [{ Length: > 0 and <= LargestHeader } text] || Parse(text)?.Claims is not { } claims)
        {
            throw new AccessDeniedException(
                StatusCodes.Status401Unauthorized,
                "Expected one principal, as the platform writes it."
            );
        }

        var caller = options.ToCaller(Values(claims, Tenant), Values(claims, ObjectId), Values(claims, Roles));
        return Task.FromResult(caller with { Name = Caller.NameOf(Values(claims, Names)) });
    }

    private static Principal? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Principal>(Convert.FromBase64String(text), JsonSerializerOptions.Web);
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Values(IReadOnlyList<Claim> claims, string[] types) =>
        claims
            .Where(claim => types.Contains(claim.Typ, StringComparer.Ordinal))
            .Select(claim => claim.Val)
            .OfType<string>();

    private sealed record Principal(IReadOnlyList<Claim>? Claims);

    private sealed record Claim(string? Typ, string? Val);
}
