namespace Autopay.Application.Ports.Books;

/// <summary>What of the storage answered, and by how much our clock is ahead of its own.</summary>
public sealed record StorageProbe(bool Tables, bool Queues, bool Blobs, TimeSpan? ClockSkew);

public interface IStorageProbe
{
    /// <summary>Never throws for a service that is away.</summary>
    Task<StorageProbe> ProbeAsync(CancellationToken cancel);
}
