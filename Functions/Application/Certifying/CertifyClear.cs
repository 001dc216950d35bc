using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <summary>A cycle whose certificate bears its clear out.</summary>
/// <param name="Hash">Of the kept certificate; null without counted totals.</param>
/// <param name="Says">What it says, with the counts that were replaced; null without one.</param>
public sealed record CertifiedCycle(CycleNumber Cycle, string? Hash, string? Says)
{
    public static CertifiedCycle Of(CertificateDocument document) =>
        new(document.Certificate.Cycle, document.Hash, SaysOf(document.Certificate));

    private static string SaysOf(Certificate certificate) =>
        certificate.InPlace is { } inPlace
            ? $"{certificate.ToSentence()}; counts were replaced: {inPlace}"
            : certificate.ToSentence();
}

/// <summary>
/// A clear is borne out by the cycle's certificate: every total agrees, or an approver has overridden exactly these
/// differences, and no count contradicts the watermarks. Without counted totals nothing is asked, unless the city
/// requires them.
/// </summary>
public sealed class CertifyClear(
    CompareTotals compare,
    ExplainDifferences explain,
    ICertificateStore store,
    IControlsStore controls
)
{
    private const int Tries = 10;

    /// <exception cref="CertificateRefusedException">Counts contradict what is said of a channel.</exception>
    public async Task RefuseContradictedAsync(BacklogCleared cleared, CancellationToken cancel)
    {
        foreach (var cycle in cleared.Cycles)
        {
            RefuseContradicted((await compare.RunAsync(cycle, cleared.ReceivedThrough, cancel)).Certificate, []);
        }
    }

    /// <summary>Withdrawing a hold is clearing what it still holds (R7); through which days is not said.</summary>
    /// <exception cref="CertificateRefusedException">Totals of a cycle that it holds differ.</exception>
    public async Task RefuseReleaseAsync(Deferral deferral, CancellationToken cancel)
    {
        if (deferral is { IsInForce: true, Action: DeferralAction.Hold })
        {
            foreach (var cycle in deferral.Cycles.Except(deferral.ClearedCycles))
            {
                var compared = await compare.RunAsync(cycle, new Dictionary<string, DateOnly>(), cancel);
                RefuseDiffering(compared.Certificate, await explain.RunAsync(compared, cancel));
            }
        }
    }

    /// <summary>All of its cycles, or none: their certificates are kept before the clear, which names them.</summary>
    /// <exception cref="CertificateRefusedException">Totals differ, or contradict what is said.</exception>
    public async Task<IReadOnlyList<CertifiedCycle>> RequireAsync(
        BacklogCleared cleared,
        Authority authority,
        CancellationToken cancel
    )
    {
        List<Certificate> certificates = [];
        foreach (var cycle in cleared.Cycles)
        {
            var compared = await compare.RunAsync(cycle, cleared.ReceivedThrough, cancel);
            var differences = await explain.RunAsync(compared, cancel);
            RefuseContradicted(compared.Certificate, differences);
            RefuseDiffering(compared.Certificate, differences);
            certificates.Add(compared.Certificate);
        }

        var clearing = new Clearing(authority.By, authority.Why, authority.At, cleared.ReceivedThrough);
        List<CertifiedCycle> certified = [];
        foreach (var certificate in certificates)
        {
            certified.Add(await KeepAsync(certificate, clearing, cancel));
        }

        return certified;
    }

    /// <param name="clearing">Who cleared, through which days, and what was overridden.</param>
    /// <returns>Null when the certificate does not bear it out, or says something else than what was
    /// overridden.</returns>
    public async Task<CertifiedCycle?> TryAsync(CycleNumber cycle, Clearing clearing, CancellationToken cancel)
    {
        var certificate = (await compare.RunAsync(cycle, clearing.ReceivedThrough, cancel)).Certificate;
        var isBorneOut = certificate.IsBorneOut || certificate.Hash == clearing.Override?.Certificate;
        return isBorneOut && Watermarks.Contradictions(clearing.ReceivedThrough, certificate).Count == 0
            ? await KeepAsync(certificate, clearing, cancel)
            : null;
    }

    // A document a clear: the same numbers once more are cleared by somebody, at another time. A clear that is finished
    // by two sweeps, or once more after a run that died, is the document that there is.
    private async Task<CertifiedCycle> KeepAsync(Certificate certificate, Clearing clearing, CancellationToken cancel)
    {
        var cycle = certificate.Cycle;
        if (certificate is { HasTotals: false, IsBorneOut: true })
        {
            return new CertifiedCycle(cycle, null, null);
        }

        for (var tries = 0; tries < Tries; tries++)
        {
            var kept = await store.ReadAsync(cycle, cancel);
            var document = CertificateDocument.Of(
                kept.Count + 1,
                certificate,
                new Authority(clearing.By, clearing.Reason, clearing.AskedAt),
                await AskedByAsync(clearing, cancel)
            );
            if (kept.FirstOrDefault(it => it.IsOfTheSameClear(document)) is { } known)
            {
                return CertifiedCycle.Of(known);
            }

            if (await store.TryKeepAsync(document, cancel))
            {
                return CertifiedCycle.Of(document);
            }
        }

        throw new RefusedException("Somebody else clears this cycle too; look at it and try again.");
    }

    private async Task<Authority?> AskedByAsync(Clearing clearing, CancellationToken cancel) =>
        clearing.Override is { } overriding
            ? (await controls.LoadAsync(cancel))
                .Controls.Approvals.FirstOrDefault(approval =>
                    approval is { Act: BacklogClearing asked, Decided: not null, IsRejected: false }
                    && asked.Override == overriding
                )
                ?.Asked
            : null;

    private static void RefuseContradicted(Certificate certificate, IReadOnlyList<ExplainedLine> differences)
    {
        var contradictions = Watermarks.Contradictions(certificate.ReceivedThrough, certificate);
        if (contradictions.Count > 0)
        {
            throw new CertificateRefusedException(
                $"Cycle {certificate.Cycle} cannot be cleared. {string.Join(" ", contradictions)}",
                differences,
                contradictions
            );
        }
    }

    private static void RefuseDiffering(Certificate certificate, IReadOnlyList<ExplainedLine> differences)
    {
        if (!certificate.IsBorneOut)
        {
            List<string> why =
            [
                .. differences.Take(1).Select(first => $"{first.Line}. {first.WhereToLook[0].Text}"),
                .. certificate.Uncounted?.Select(channel => channel.ToString()) ?? [],
                .. certificate
                    .Lowered.Take(1)
                    .Select(line => $"{line.InPlace}: an approver can override that, or the count is put right."),
            ];
            throw new CertificateRefusedException(
                $"Cycle {certificate.Cycle} cannot be cleared: {certificate.ToSentence()}. {string.Join(" ", why)}",
                differences,
                []
            )
            {
                Uncounted = certificate.Uncounted ?? [],
            };
        }
    }
}
