using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class TimerListenerFactory(
    IConfiguration configuration, TimerMonitorFactory monitors, FunctionInvoker invoker, HostDrain drain, HostClock clock, ILoggerFactory loggers)
{
    public TimerListener Create(FunctionDescriptor function, TimerTriggerAttribute trigger)
    {
        var schedule = TimerSchedule.Parse(function.Name, configuration.ResolveNames(trigger.Schedule, function.Name));
        var logger = loggers.CreateLogger($"Timer.{function.Name}");
        var status = new TimerStatus(schedule, schedule.IsMonitored(trigger, clock.UtcNow) ? monitors.Create(function) : null);
        var tick = new TimerTick(function, status, monitors.CreateLock(function), invoker, clock, logger);
        logger.TimerListening(function.Name, trigger.Schedule, schedule.Next(clock.UtcNow));
        return new TimerListener(trigger, status, tick, drain, clock, logger);
    }
}
