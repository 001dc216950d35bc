namespace Autopay.LocalHost;

/// <summary>The two steps of stopping: first nothing new begins, and when the host loses patience running functions are told to give up.</summary>
internal sealed class HostDrain : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource outOfPatience = new();

    public HostDrain() => (Stopping, OutOfPatience) = (stopping.Token, outOfPatience.Token);

    public CancellationToken Stopping { get; }

    public CancellationToken OutOfPatience { get; }

    public void Begin() => stopping.Cancel();

    public void LosePatience() => outOfPatience.Cancel();

    /// <summary>Cancels too: a host that is disposed without a stop must not go on listening.</summary>
    public void Dispose()
    {
        stopping.Cancel();
        outOfPatience.Cancel();
        stopping.Dispose();
        outOfPatience.Dispose();
    }
}
