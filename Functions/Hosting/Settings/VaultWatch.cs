namespace Autopay.Hosting.Settings;

/// <summary>Since when the vault, which is asked, gives this instance no good secrets.</summary>
internal sealed class VaultWatch(TimeProvider time)
{
    /// <summary>An instance that nobody asks for anything asks nobody: its last failure then says nothing any more.
    /// </summary>
    internal static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);
    private volatile Failure? failing;

    /// <summary>Zero when the last answer was good, or nobody asks.</summary>
    public TimeSpan FailingFor =>
        failing is { } it && time.GetUtcNow() is var now && now - it.TriedAt <= Recent ? now - it.Since : TimeSpan.Zero;

    public void Answered() => failing = null;

    public void Failed()
    {
        var now = time.GetUtcNow();
        failing = new Failure(failing?.Since ?? now, now);
    }

    private sealed record Failure(DateTimeOffset Since, DateTimeOffset TriedAt);
}
