using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class TimerTick(
    FunctionDescriptor function, TimerStatus status, TimerLock timerLock, FunctionInvoker invoker, HostClock clock, ILogger logger)
{
    /// <summary>Runs the function unless another host does or did. A run that fails is not repeated: the next tick is the next chance.</summary>
    public async Task RunAsync(DateTime tick, bool isPastDue, string reason)
    {
        await using var lease = await timerLock.TryAcquireAsync();
        if (lease is null || await lease.HasRunAsync(tick, clock.UtcNow))
        {
            logger.TickTakenElsewhere(tick);
            status.Advance(clock.UtcNow, tick);
            return;
        }

        await status.ReloadAsync();
        var startedAt = clock.UtcNow;
        var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = status.Visible };
        await invoker.TryInvokeAsync(function, InvocationInput.Of(info), reason, CancellationToken.None);
        status.Advance(startedAt, tick);
        await status.SaveAsync();
        await lease.RecordAsync(tick);
    }
}
