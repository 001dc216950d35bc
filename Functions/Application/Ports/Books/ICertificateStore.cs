namespace Autopay.Application.Ports.Books;

/// <summary>Counted totals, and the certificates that clears have relied on.</summary>
public interface ICertificateStore
{
    /// <summary>The totals that count, of all cycles, in any order.</summary>
    Task<IReadOnlyList<ControlTotal>> ReadTotalsAsync(CancellationToken cancel);

    /// <summary>Each takes the place of the one of its key.</summary>
    Task PutTotalsAsync(IReadOnlyCollection<ControlTotal> totals, CancellationToken cancel);

    /// <summary>Keeps a certificate under its cycle and version for good.</summary>
    /// <returns>False when that version is kept already.</returns>
    Task<bool> TryKeepAsync(CertificateDocument document, CancellationToken cancel);

    /// <summary>The kept certificates of the cycle, oldest first.</summary>
    Task<IReadOnlyList<CertificateDocument>> ReadAsync(CycleNumber cycle, CancellationToken cancel);
}
