using Autopay.Application.Finance;

namespace Autopay.Application.Releasing;

/// <summary>What two people agree on and one account's ledger does: refunds, and bills taken out of a hold.</summary>
public sealed class AgreedOnAccounts(GiveRefund refunds, ExemptHeldBill exemptions)
{
    /// <summary>Before a yes.</summary>
    /// <exception cref="RefusedException">The account has changed since the first person asked.</exception>
    public async Task RefuseChangedAsync(string approval, CancellationToken cancel)
    {
        await refunds.RefuseChangedAsync(approval, cancel);
        await exemptions.RefuseChangedAsync(approval, cancel);
    }

    /// <summary>After a yes, and with every sweep: what was approved by a run that died.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        await refunds.FinishAsync(cancel);
        await exemptions.FinishAsync(cancel);
    }
}
