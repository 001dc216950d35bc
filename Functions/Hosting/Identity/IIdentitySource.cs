using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting.Identity;

/// <summary>
/// Says who sent a request. There is one source per deployment: what the platform says, a token, or a development
/// identity.
/// </summary>
internal interface IIdentitySource
{
    /// <exception cref="AccessDeniedException">401: nobody that can be believed. 403: somebody of another
    /// tenant.</exception>
    Task<Caller> IdentifyAsync(HttpContext http);
}

/// <summary>No source is configured: the start-up gate names what is missing, and nobody gets as far as here.</summary>
internal sealed class NoIdentitySource : IIdentitySource
{
    public Task<Caller> IdentifyAsync(HttpContext http) =>
        throw new AccessDeniedException(StatusCodes.Status401Unauthorized, "No identity is accepted here.");
}
