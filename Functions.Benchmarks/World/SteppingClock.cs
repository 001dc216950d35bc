using System.Diagnostics;

namespace Autopay.Benchmarks.World;

/// <summary>
/// Time that moves only when it is told to, so that every run counts the same; or one that runs on from there, where
/// work goes on by itself.
/// </summary>
public sealed class SteppingClock(DateTimeOffset start, bool runs = false) : TimeProvider
{
    private readonly long started = Stopwatch.GetTimestamp();
    private long ticks = start.UtcTicks;

    private long Passed => runs ? Stopwatch.GetElapsedTime(started).Ticks : 0;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks) + Passed, TimeSpan.Zero);

    public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref ticks, instant.UtcTicks - Passed);

    public void Advance(TimeSpan span) => Interlocked.Add(ref ticks, span.Ticks);
}
