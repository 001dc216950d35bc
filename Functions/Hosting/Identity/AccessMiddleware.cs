using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting.Identity;

/// <summary>Every request over HTTP: not sent by a foreign page, by somebody known, who has the role.</summary>
internal sealed class AccessMiddleware(IIdentitySource identities, ILogger<AccessMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            await CheckAsync(context.FunctionDefinition.Name, http);
        }

        await next(context);
    }

    private async Task CheckAsync(string function, HttpContext http)
    {
        try
        {
            if (!Access.IsOpen(function))
            {
                ForgedRequests.Refuse(http.Request);
                await AdmitAsync(function, http);
            }
        }
        catch (AccessDeniedException denied)
        {
            logger.AccessDenied(function, denied.Status, denied.Message);
            throw;
        }
    }

    private async Task AdmitAsync(string function, HttpContext http)
    {
        var caller = await identities.IdentifyAsync(http);
        // Whoever is refused is known all the same: the page says whom an administrator has to give a role.
        caller.KeepIn(http);
        if (!Access.Allows(function, caller))
        {
            throw new AccessDeniedException(
                StatusCodes.Status403Forbidden,
                $"This needs the role {Access.Needed(function)}."
            );
        }

        (caller with { ActsAs = [.. Access.RolesOf(function).Where(caller.Roles.Contains)] }).KeepIn(http);
    }
}
