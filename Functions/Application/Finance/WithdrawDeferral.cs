using Autopay.Application.Certifying;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>
/// Finance takes a deferral back. Of a hold that is a clear (R7): the totals of the cycles that it still holds must
/// not differ.
/// </summary>
public sealed class WithdrawDeferral(ChangeControls change, IControlsStore store, CertifyClear certify)
{
    /// <exception cref="CertificateRefusedException">Totals of a cycle that it holds differ.</exception>
    /// <exception cref="RefusedException">There is no such deferral.</exception>
    public async Task<Controls> RunAsync(DeferralWithdrawn withdrawn, ChangeRequest request, CancellationToken cancel)
    {
        if ((await store.LoadAsync(cancel)).Controls.Find(withdrawn.Id) is { } deferral)
        {
            await certify.RefuseReleaseAsync(deferral, cancel);
        }

        return (await change.RunAsync(withdrawn, request, cancel)).Controls;
    }
}
