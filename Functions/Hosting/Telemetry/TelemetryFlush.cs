using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Autopay.Hosting.Telemetry;

/// <summary>
/// Sends what is buffered. An instance may be frozen or taken away as soon as a timer's run has ended, before the next
/// minute's export; what that run measured would be lost, or arrive hours late.
/// </summary>
internal sealed class TelemetryFlush(IServiceProvider services)
{
    private static readonly HashSet<string> Timers =
    [
        .. from type in typeof(TelemetryFlush).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null)
        select method.GetCustomAttribute<FunctionAttribute>()!.Name,
    ];

    /// <summary>How long a run waits for a collector that does not answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public async Task AfterTimerAsync(string function)
    {
        if (!Timers.Contains(function))
        {
            return;
        }

        try
        {
            await Task.Run(Flush).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            // It goes on in the background: the sweep must not wait for dashboards.
        }
    }

    private void Flush()
    {
        services.GetService<MeterProvider>()?.ForceFlush();
        services.GetService<TracerProvider>()?.ForceFlush();
        services.GetService<LoggerProvider>()?.ForceFlush();
    }
}
