using Autopay.Application.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Autopay.Hosting.Telemetry;

/// <summary>
/// A span for each call over HTTP, named after its function: a path would name accounts. Messages and timers begin
/// theirs in the verbs; what a timer's run has told is sent before the run ends.
/// </summary>
internal sealed class TelemetryMiddleware(TelemetryFlush flush) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await FollowAsync(context, next);
            return;
        }

        using var span = Tracing.StartRoot(context.FunctionDefinition.Name, http.Request.Headers.TraceParent);
        await next(context);
        span?.SetTag("http.response.status_code", http.Response.StatusCode);
    }

    private async Task FollowAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            await flush.AfterTimerAsync(context.FunctionDefinition.Name);
        }
    }
}
