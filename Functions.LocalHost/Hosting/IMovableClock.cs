namespace Autopay.LocalHost;

/// <summary>A clock that somebody may move forward: timers whose schedule came on the way run once, as after a host that stood still.</summary>
public interface IMovableClock
{
    /// <summary>How often it was moved so far.</summary>
    int Moves { get; }

    /// <summary>Ends when timers are to look at the clock again.</summary>
    Task NextMove { get; }
}
