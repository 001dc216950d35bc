using System.Globalization;
using Autopay.LocalHost;

namespace Autopay.Hosting;

/// <summary>
/// Real time plus an offset, so that a city's past outage can be walked through. Only in the local runtime; the offset is kept
/// beside the data, so that a killed app goes on at its own time.
/// </summary>
public sealed class LocalClock : TimeProvider, IMovableClock
{
    private TaskCompletionSource nextMove = NewMove();
    private TimeSpan offset;
    private string? file;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;

    public int Moves { get; private set; }

    public Task NextMove => nextMove.Task;

    /// <summary>Timers whose schedule came on the way run now. They do not by themselves: whoever moves the clock may have other clocks to move first.</summary>
    public void WakeTimers() => Interlocked.Exchange(ref nextMove, NewMove()).SetResult();

    /// <exception cref="InvalidOperationException">Time would run backwards.</exception>
    public void MoveTo(DateTimeOffset now)
    {
        if (now < GetUtcNow())
        {
            throw new InvalidOperationException($"It is {GetUtcNow():u} already; the clock only moves forward.");
        }

        Start(now);
    }

    /// <summary>Takes up the offset that is kept in the file, and keeps later ones there.</summary>
    internal void KeepIn(string path)
    {
        file = path;
        if (File.Exists(path))
        {
            offset = TimeSpan.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
        }
    }

    internal void Start(DateTimeOffset now)
    {
        (offset, Moves) = (now - base.GetUtcNow(), Moves + 1);
        if (file is not null)
        {
            File.WriteAllText(file, offset.ToString("c", CultureInfo.InvariantCulture));
        }
    }

    private static TaskCompletionSource NewMove() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
