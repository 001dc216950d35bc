using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting.Identity;

/// <summary>
/// Behind the platform's sign-in: its principal is the outer gate, and the token that came with the request is
/// validated here as well. Both must be of one person; name and roles are the token's.
/// </summary>
internal sealed class SignedInIdentity(EasyAuthIdentity principals, BearerIdentity tokens) : IIdentitySource
{
    // The token of a browser's session, out of the platform's token store. A client may send anything under this name:
    // only what the authority signed counts.
    private const string SessionToken = "X-MS-TOKEN-AAD-ID-TOKEN";

    public async Task<Caller> IdentifyAsync(HttpContext http)
    {
        var named = await principals.IdentifyAsync(http);
        var own = BearerIdentity.TokenOf(http.Request);
        var token =
            own
            ?? (http.Request.Headers[SessionToken] is [{ Length: > 0 } session] ? session : null)
            ?? throw Denied("The platform names somebody, and no token came with it.");
        var caller = await tokens.CallerOfAsync(token, http.RequestAborted);
        return !string.Equals(caller.Who, named.Who, StringComparison.OrdinalIgnoreCase)
                ? throw Denied("The token is not of the person whom the platform names.")
            : own is null ? caller with { SignedInUntil = BearerIdentity.EndOf(token) }
            : caller;
    }

    private static AccessDeniedException Denied(string why) => new(StatusCodes.Status401Unauthorized, why);
}
