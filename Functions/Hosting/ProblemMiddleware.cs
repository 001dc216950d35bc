using Autopay.Application;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting;

/// <summary>Turns failures of HTTP functions into problem details without internals. Every other function's failure goes on: its message must come again.</summary>
internal sealed class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        SecurityHeaders.Write(http.Response.Headers);
        try
        {
            await next(context);
        }
        catch (BadRequestException bad)
        {
            await Problems.WriteAsync(http.Response, bad.Status, "The request cannot be taken", bad.Message);
        }
        catch (AccessDeniedException denied)
        {
            await Problems.WriteAsync(http.Response, denied.Status, "Not allowed", denied.Message);
        }
        catch (RefusedException refused)
        {
            await Problems.WriteAsync(http.Response, StatusCodes.Status409Conflict, "Refused", refused.Message);
        }
        catch (ProviderAwayException away)
        {
            await Problems.WriteAsync(http.Response, StatusCodes.Status503ServiceUnavailable, "The payment provider does not answer", away.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.Unhandled(context.FunctionDefinition.Name, failure);
            await Problems.WriteAsync(http.Response, StatusCodes.Status500InternalServerError, "Something went wrong", null);
        }
    }
}
