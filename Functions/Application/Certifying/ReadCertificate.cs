using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Certifying;

/// <summary>How far a cycle's certificate has come.</summary>
public enum CertificateState
{
    NoTotals,

    /// <summary>Files that arrived are not applied: the numbers may change.</summary>
    Draft,

    Differs,

    Agrees,

    /// <summary>The cycle is cleared on it.</summary>
    Cleared,

    /// <summary>The cycle is cleared in spite of its differences.</summary>
    Overridden,

    /// <summary>A clear relied on it, and is over.</summary>
    Former,
}

/// <summary>A certificate with what can be said of it.</summary>
/// <param name="AsOf">When the numbers were read, or the certificate was kept (UTC).</param>
/// <param name="Differences">With where to look; of a kept certificate that is not told.</param>
/// <param name="Document">Null while it is not kept.</param>
public sealed record CertificateReading(
    CertificateState State,
    int Version,
    DateTimeOffset AsOf,
    Certificate Certificate,
    IReadOnlyList<ExplainedLine> Differences,
    CertificateDocument? Document
);

/// <summary>A cycle's certificate as it is now, or as a clear relied on it.</summary>
public sealed class ReadCertificate(
    CompareTotals compare,
    ExplainDifferences explain,
    ICertificateStore store,
    IControlsStore controls,
    IImportStore imports
)
{
    /// <summary>Of a cycle that is cleared on a certificate that one; else what it would be now.</summary>
    /// <param name="now">What it would be now, cleared or not; UTC.</param>
    public async Task<CertificateReading> RunAsync(
        CycleNumber cycle,
        bool live,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var kept = await ReadKeptAsync(cycle, cancel);
        if (!live && kept.FirstOrDefault(it => it.State is not CertificateState.Former) is { } inForce)
        {
            return inForce;
        }

        var backlog = (await controls.LoadAsync(cancel)).Controls.BacklogOf(cycle);
        var through = backlog.Clearing?.ReceivedThrough ?? backlog.ReceivedThrough;
        var compared = await compare.RunAsync(cycle, through, cancel);
        var certificate = compared.Certificate;
        var state =
            !certificate.HasTotals ? CertificateState.NoTotals
            : await imports.ReadUnfinishedAsync(cancel).AnyAsync(cancel) ? CertificateState.Draft
            : !certificate.IsBorneOut ? CertificateState.Differs
            : CertificateState.Agrees;
        var differences = await explain.RunAsync(compared, cancel);
        return new CertificateReading(state, kept.Count + 1, now, certificate, differences, null);
    }

    /// <summary>Those that clears have relied on, newest first.</summary>
    public async Task<IReadOnlyList<CertificateReading>> ReadKeptAsync(CycleNumber cycle, CancellationToken cancel)
    {
        var inForce = (await controls.LoadAsync(cancel)).Controls.BacklogOf(cycle).Certificate;
        return [.. (await store.ReadAsync(cycle, cancel)).Reverse().Select(document => ToReading(document, inForce))];
    }

    private static CertificateReading ToReading(CertificateDocument document, string? inForce) =>
        new(
            document.Hash != inForce ? CertificateState.Former
                : document.Overridden ? CertificateState.Overridden
                : CertificateState.Cleared,
            document.Version,
            document.Asked.At,
            document.Certificate,
            [.. document.Certificate.Differences.Select(line => new ExplainedLine(line, []))],
            document
        );
}
