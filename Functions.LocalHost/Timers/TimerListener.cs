using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class TimerListener(
    TimerTriggerAttribute trigger, TimerStatus status, TimerTick tick, HostDrain drain, HostClock clock, ILogger logger) : IListener
{
    // A timer of the runtime cannot wait for longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    public async Task RunAsync()
    {
        var moves = clock.Moves;
        var isPastDue = await LoadAsync();
        if (trigger.RunOnStartup && !isPastDue)
        {
            await TryAsync(() => tick.RunAsync(clock.UtcNow, isPastDue: false, "on startup"));
        }

        while (await UntilNextAsync())
        {
            // A past-due tick is one whose time has come already, so nothing is waited for; or one that the clock was moved over.
            isPastDue |= clock.Moves != moves && status.Next < clock.UtcNow;
            moves = clock.Moves;
            isPastDue &= !await TryAsync(() => tick.RunAsync(status.Next, isPastDue, isPastDue ? "past due" : "on schedule"));
        }
    }

    private async Task<bool> LoadAsync()
    {
        var isPastDue = false;
        while (!drain.Stopping.IsCancellationRequested && !await TryAsync(async () => isPastDue = await status.LoadAsync(clock.UtcNow)))
        {
            // TryAsync has waited.
        }

        return isPastDue;
    }

    private async Task<bool> UntilNextAsync()
    {
        while (status.Next > clock.UtcNow && !drain.Stopping.IsCancellationRequested)
        {
            await clock.WaitUntilAsync(status.Next, LongestWait, drain.Stopping);
        }

        return !drain.Stopping.IsCancellationRequested;
    }

    private async Task<bool> TryAsync(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception exception)
        {
            logger.TimerStorageTrouble(exception.Message);
            await clock.WaitAsync(StorageRetry, drain.Stopping);
            return false;
        }
    }
}
