using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <summary>
/// A clear in spite of differences: one person asks, another approves exactly these. It takes effect as any clear
/// does, when the files that arrived before are applied (R26); if they change the certificate, nobody has approved
/// what it says then.
/// </summary>
public sealed class OverrideCertificate(
    CompareTotals compare,
    ChangeControls change,
    ClearBacklog clear,
    IControlsStore store,
    Policies policies
)
{
    /// <returns>The controls, with the request for an approval where the city wants one.</returns>
    /// <exception cref="CertificateRefusedException">Counts contradict what is said of a channel.</exception>
    /// <exception cref="RefusedException">There is nothing to override.</exception>
    public async Task<Controls> AskAsync(
        string id,
        BacklogCleared wanted,
        ChangeRequest request,
        CancellationToken cancel
    )
    {
        var (_, clearing) = await PreviewAsync(wanted, cancel);
        if (policies.SecondPerson)
        {
            return (await change.RunAsync(new ApprovalAsked(id, clearing), request, cancel)).Controls;
        }

        await change.RunAsync(clearing, request, cancel);
        return await FinishAsync(cancel);
    }

    /// <summary>What would be asked of a second person; nothing changes.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<(Certificate Certificate, BacklogClearing Clearing)> PreviewAsync(
        BacklogCleared wanted,
        CancellationToken cancel
    )
    {
        change.RefuseFutureWatermarks(wanted);
        var certificate = await FindAsync(wanted.Cycles[0], wanted.ReceivedThrough, cancel);
        return certificate.IsBorneOut
            ? throw new RefusedException(
                $"There is nothing to override: of cycle {certificate.Cycle}, {certificate.ToSentence()}. Clear it."
            )
            : (
                certificate,
                new BacklogClearing(wanted.Cycles, wanted.ReceivedThrough) { Override = OverrideOf(certificate) }
            );
    }

    /// <summary>Before a yes: what is posted may have changed since the first person asked.</summary>
    /// <exception cref="RefusedException">The certificate says something else than what was asked for.</exception>
    public async Task RefuseChangedAsync(string approval, CancellationToken cancel)
    {
        var asked = (await store.LoadAsync(cancel)).Controls.Approvals.FirstOrDefault(it => it.Id == approval);
        if (asked is { Decided: null, Act: BacklogClearing { Override: { } differences } clearing })
        {
            var now = await FindAsync(clearing.Cycles[0], clearing.ReceivedThrough, cancel);
            if (now.Hash != differences.Certificate)
            {
                throw new RefusedException(
                    $"What you were shown is not so any more: of cycle {now.Cycle}, {now.ToSentence()}. You have "
                        + "approved nothing. Look at the certificate and ask anew."
                );
            }
        }
    }

    /// <summary>After a yes.</summary>
    public async Task<Controls> FinishAsync(CancellationToken cancel)
    {
        await clear.FinishAsync(cancel);
        return (await store.LoadAsync(cancel)).Controls;
    }

    private async Task<Certificate> FindAsync(
        CycleNumber cycle,
        IReadOnlyDictionary<string, DateOnly> receivedThrough,
        CancellationToken cancel
    )
    {
        var certificate = (await compare.RunAsync(cycle, receivedThrough, cancel)).Certificate;
        var contradictions = Watermarks.Contradictions(receivedThrough, certificate);
        return contradictions.Count == 0
            ? certificate
            : throw new CertificateRefusedException(
                $"Cycle {cycle} cannot be cleared. {string.Join(" ", contradictions)}",
                [],
                contradictions
            );
    }

    private static CertificateOverride OverrideOf(Certificate certificate) =>
        new(certificate.Hash, certificate.Lines.Count, certificate.Differences.Count, certificate.DifferenceCents)
        {
            UncountedDays = certificate.Uncounted is null ? null : certificate.DaysUncounted,
            Lowered = certificate.Lowered.Count is > 0 and var lowered ? lowered : null,
            InPlace = certificate.InPlace,
        };
}
