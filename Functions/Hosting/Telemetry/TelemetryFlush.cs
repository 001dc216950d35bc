using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Autopay.Hosting;

/// <summary>
/// Sends what is buffered. An instance may be frozen or taken away as soon as a timer's run has ended, before the next minute's export;
/// what that run measured would be lost, or arrive hours late.
/// </summary>
internal sealed class TelemetryFlush(IServiceProvider services)
{
    private const int PatienceMilliseconds = 5_000;

    private static readonly HashSet<string> Timers =
    [
        .. from type in typeof(TelemetryFlush).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
           where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null)
           select method.GetCustomAttribute<FunctionAttribute>()!.Name,
    ];

    public void AfterTimer(string function)
    {
        if (Timers.Contains(function))
        {
            services.GetService<MeterProvider>()?.ForceFlush(PatienceMilliseconds);
            services.GetService<TracerProvider>()?.ForceFlush(PatienceMilliseconds);
            services.GetService<LoggerProvider>()?.ForceFlush(PatienceMilliseconds);
        }
    }
}
