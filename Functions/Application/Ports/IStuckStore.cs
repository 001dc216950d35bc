namespace Autopay.Application.Ports;

/// <summary>Work that waits for a person: poison messages and accounts that could not be looked at.</summary>
public sealed record StuckItem(string Id, string Kind, string Reason, string Content, DateTimeOffset Since);

public interface IStuckStore
{
    /// <summary>Puts it on the list, or changes the reason of one that is there; its age stays.</summary>
    Task PutAsync(StuckItem item, CancellationToken cancel);

    Task RemoveAsync(string id, CancellationToken cancel);

    IAsyncEnumerable<StuckItem> ReadAllAsync(CancellationToken cancel);
}
