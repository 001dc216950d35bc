using Microsoft.AspNetCore.Http;

namespace Autopay.LocalHost;

internal sealed class HttpFunctionEndpoint(FunctionInvoker invoker)
{
    public async Task ServeAsync(FunctionDescriptor function, HttpContext http)
    {
        if (await invoker.TryInvokeAsync(function, InvocationInput.Of(http), "called over HTTP", http.RequestAborted))
        {
            return;
        }

        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }
}
