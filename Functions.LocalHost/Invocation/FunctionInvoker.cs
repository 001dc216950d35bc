using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class FunctionInvoker(
    FunctionPipeline pipeline, IServiceScopeFactory scopes, HostSettings settings, HostClock clock, HostDrain drain, ILoggerFactory loggers)
{
    /// <summary>Runs the function in a scope of its own. False when it failed, which is logged here; never throws.</summary>
    public async Task<bool> TryInvokeAsync(FunctionDescriptor function, InvocationInput input, string reason, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        var (id, started) = (Guid.NewGuid().ToString(), clock.Time.GetTimestamp());
        logger.Executing(function.Name, reason, id);
        try
        {
            await InvokeAsync(function, input, id, cancellationToken);
            logger.Executed(function.Name, id, clock.Time.GetElapsedTime(started).TotalMilliseconds);
            return true;
        }
        catch (Exception exception)
        {
            logger.ExecutionFailed(exception, function.Name, id, clock.Time.GetElapsedTime(started).TotalMilliseconds);
            return false;
        }
    }

    private async Task InvokeAsync(FunctionDescriptor function, InvocationInput input, string id, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.FunctionTimeout, clock.Time);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, drain.OutOfPatience, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        input.Http?.RequestServices = scope.ServiceProvider;
        await pipeline.ExecuteAsync(new LocalFunctionContext(function, input, id, scope.ServiceProvider, cancelled.Token));
        if (timeout.IsCancellationRequested)
        {
            // The real host would have ended the process, so whatever the function did after that does not count.
            throw new TimeoutException($"Function '{function.Name}' took longer than the functionTimeout of {settings.FunctionTimeout}.");
        }
    }
}
