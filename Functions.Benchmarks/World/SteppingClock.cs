namespace Autopay.Benchmarks.World;

/// <summary>Time that moves only when it is told to, so that every run counts the same.</summary>
public sealed class SteppingClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref ticks, instant.UtcTicks);

    public void Advance(TimeSpan span) => Interlocked.Add(ref ticks, span.Ticks);
}
