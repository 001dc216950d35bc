namespace Autopay.Application.Ports.Books;

/// <summary>The chain of acts upon the city's controls, and the anchors that are kept of it.</summary>
public interface IAuditTrail
{
    /// <summary>
    /// Every row, in the order of their numbers; the last is 0 and <see cref="AuditChain.Genesis"/> at first.
    /// </summary>
    IAsyncEnumerable<AuditRow> ReadAsync(CancellationToken cancel);

    /// <summary>The last row, as the controls themselves name it.</summary>
    Task<(long Number, string Hash)> ReadHeadAsync(CancellationToken cancel);

    /// <summary>Keeps the chain's end where nothing is ever written over; the same again changes nothing.</summary>
    Task AnchorAsync(AuditAnchor anchor, CancellationToken cancel);

    IAsyncEnumerable<AuditAnchor> ReadAnchorsAsync(CancellationToken cancel);

    /// <summary>The restores that have begun a generation, as they were kept beside the anchors.</summary>
    IAsyncEnumerable<RestoreAnchor> ReadRestoresAsync(CancellationToken cancel);
}
