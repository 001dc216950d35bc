namespace Autopay.Rehearsal.World;

/// <summary>Time that moves only when the rehearsal moves it.</summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    /// <exception cref="InvalidOperationException">Time would run backwards.</exception>
    public void MoveTo(DateTimeOffset next) =>
        now =
            next >= now
                ? next
                : throw new InvalidOperationException($"Time cannot run backwards, from {now:u} to {next:u}.");
}
