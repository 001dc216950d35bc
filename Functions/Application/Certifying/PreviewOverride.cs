using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <summary>What a clear in spite of differences would do.</summary>
/// <param name="Shown">What the second person would read.</param>
public sealed record PreviewOfOverride(PreviewOfChange Clear, Certificate Certificate, string Shown);

/// <summary>What would be accepted of a cycle that stays cleared.</summary>
/// <param name="Version">Of the controls.</param>
/// <param name="Shown">What the second person would read.</param>
public sealed record PreviewOfAcceptance(long Version, LateReceipts Receipts, string Shown);

/// <summary>An override before anybody asks for it; changes nothing.</summary>
public sealed class PreviewOverride(
    OverrideCertificate overriding,
    AcceptLateReceipts late,
    PreviewChange preview,
    IControlsStore store,
    CityClock clock
)
{
    /// <exception cref="CertificateRefusedException">Counts contradict what is said of a channel.</exception>
    /// <exception cref="RefusedException">There is nothing to override.</exception>
    public async Task<PreviewOfOverride> RunAsync(BacklogCleared wanted, bool isFresh, CancellationToken cancel)
    {
        var (certificate, clearing) = await overriding.PreviewAsync(wanted, cancel);
        var clear = await preview.RunAsync(wanted, isFresh, cancel);
        return new PreviewOfOverride(clear, certificate, (await ShowAsync(clearing, cancel)).Shown);
    }

    /// <exception cref="RefusedException">There is nothing to accept.</exception>
    public async Task<PreviewOfAcceptance> RunAsync(CycleNumber cycle, CancellationToken cancel)
    {
        var accepted = await late.PreviewAsync(cycle, cancel);
        var (version, shown) = await ShowAsync(accepted, cancel);
        return new PreviewOfAcceptance(version, accepted.Receipts, shown);
    }

    private async Task<(long Version, string Shown)> ShowAsync(ControlChange act, CancellationToken cancel)
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        var asked = controls.Change(new ApprovalAsked("preview", act), clock.Authority("autopay", "Preview"));
        return (controls.Version, asked.Approvals[^1].Shown);
    }
}
