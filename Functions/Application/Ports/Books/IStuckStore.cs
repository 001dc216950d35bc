namespace Autopay.Application.Ports.Books;

/// <summary>How an item was closed.</summary>
public enum StuckClosing
{
    /// <summary>Done again; when it gets stuck again, it is open again.</summary>
    Replayed,

    /// <summary>Explained, or not worth doing; the same thing for the same reason stays closed.</summary>
    Discarded,

    /// <summary>By itself: what it waited for was done.</summary>
    Resolved,
}

/// <summary>
/// Work that waits for a person: poison messages, accounts that could not be looked at, differences with the provider.
/// </summary>
public sealed record StuckItem(string Id, string Kind, string Reason, string Content, DateTimeOffset Since)
{
    /// <summary>Null while it is open.</summary>
    public StuckClosing? Closing { get; init; }

    public Authority? ClosedBy { get; init; }
}

public interface IStuckStore
{
    /// <summary>Puts it on the list, or changes the reason of one that is there; its age stays.</summary>
    Task PutAsync(StuckItem item, CancellationToken cancel);

    /// <summary>Open or closed.</summary>
    Task<StuckItem?> FindAsync(string id, CancellationToken cancel);

    /// <summary>It stays as history, with who and why; false when it is closed already.</summary>
    Task<bool> TryCloseAsync(string id, StuckClosing closing, Authority authority, CancellationToken cancel);

    /// <summary>Its cause is gone by itself.</summary>
    Task RemoveAsync(string id, CancellationToken cancel);

    /// <summary>The open ones.</summary>
    IAsyncEnumerable<StuckItem> ReadAllAsync(CancellationToken cancel);
}
