namespace Autopay.LocalHost;

/// <summary>Waits twice as long each time that a queue is found empty; a message starts it over.</summary>
internal sealed class PollingDelay(TimeSpan maximum)
{
    public static readonly TimeSpan Minimum = TimeSpan.FromMilliseconds(100);
    private TimeSpan next = Minimum;

    public void Reset() => next = Minimum;

    public TimeSpan Next()
    {
        var delay = next;
        next = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, maximum.Ticks));
        return delay;
    }
}
