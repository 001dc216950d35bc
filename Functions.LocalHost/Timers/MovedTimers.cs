using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Triggers;
using Autopay.LocalHost.Workers;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace Autopay.LocalHost.Timers;

/// <summary>
/// The SDK's timers follow the real clock. When the local clock is moved, each timer whose time came on the way runs
/// once, as after a host that stood still.
/// </summary>
internal sealed class MovedTimers(
    WorkerHost worker,
    TriggerCalls calls,
    HostSettings settings,
    ILogger<MovedTimers> logger
)
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <summary>
    /// Begins them and does not wait: whoever moved the clock is answered, and the host waits for them when it stops.
    /// </summary>
    public void Run(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (
            var timer in worker.Functions.Where(function =>
                function.IsTimer && !settings.IsDisabled(function.Name) && CameDue(function, from, to)
            )
        )
        {
            _ = RunAsync(timer);
        }
    }

    private static bool CameDue(WorkerFunction timer, DateTimeOffset from, DateTimeOffset to) =>
        CrontabSchedule.Parse(timer.Text("schedule")!, WithSeconds).GetNextOccurrence(from.UtcDateTime)
        <= to.UtcDateTime;

    private async Task RunAsync(WorkerFunction timer)
    {
        logger.Calling(timer.Name, "the clock was moved past its time");
        try
        {
            await calls.OfTimerAsync(timer.Name, isPastDue: true, status: null, CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.CallFailed(timer.Name, failure.Message);
        }
    }
}
