using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

/// <summary>Functions that somebody started by hand; they run on after the answer, and the host waits for them when it stops.</summary>
internal sealed class ManualInvocations(
    FunctionInvoker invoker, TimerMonitorFactory timers, HostClock clock, IConfiguration configuration, ILogger<ManualInvocations> logger)
{
    private readonly ConcurrentDictionary<Task, bool> running = [];

    public void Start(FunctionDescriptor function, string input)
    {
        var task = Task.Run(() => RunAsync(function, input));
        running.TryAdd(task, true);
        _ = task.ContinueWith(ended => running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    public Task DrainAsync() => Task.WhenAll(running.Keys);

    private async Task RunAsync(FunctionDescriptor function, string input)
    {
        try
        {
            var value = function.Trigger is TimerTriggerAttribute timer ? await TimerInfoAsync(function, timer) : InvocationInput.Of(input);
            await invoker.TryInvokeAsync(function, value, "started by hand", CancellationToken.None);
        }
        catch (Exception exception)
        {
            logger.TimerStorageTrouble(exception.Message);
        }
    }

    private async Task<InvocationInput> TimerInfoAsync(FunctionDescriptor function, TimerTriggerAttribute trigger)
    {
        var schedule = TimerSchedule.Parse(function.Name, configuration.ResolveNames(trigger.Schedule, function.Name));
        var isMonitored = schedule.IsMonitored(trigger, clock.UtcNow);
        return InvocationInput.Of(new TimerInfo { ScheduleStatus = isMonitored ? await timers.Create(function).TryReadAsync() : null });
    }
}
