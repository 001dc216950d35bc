using Autopay.Application.Certifying;
using Autopay.Application.Importing;
using Autopay.Application.Releasing;

namespace Autopay.Application.Finance;

/// <summary>
/// The second person's word, and what follows from it outside of the controls. An act that was approved by a run that
/// died is done by the next sweep.
/// </summary>
public sealed class DecideApproval(
    ChangeControls change,
    OverrideCertificate overriding,
    AgreedOnAccounts accounts,
    AgreeImport imports,
    AcceptLateReceipts late
)
{
    /// <exception cref="AnotherPersonException">The same person asked for it.</exception>
    /// <exception cref="RefusedException">It is decided, too old, or not what was shown any more.</exception>
    public async Task<Controls> ApproveAsync(ApprovalGiven given, ChangeRequest request, CancellationToken cancel)
    {
        await overriding.RefuseChangedAsync(given.Id, cancel);
        await late.RefuseChangedAsync(given.Id, cancel);
        await accounts.RefuseChangedAsync(given.Id, cancel);
        await imports.RefuseChangedAsync(given.Id, cancel);
        await change.RunAsync(given, request, cancel);
        await accounts.FinishAsync(cancel);
        await imports.FinishAsync(cancel);
        return await overriding.FinishAsync(cancel);
    }

    /// <exception cref="RefusedException">It is decided or too old.</exception>
    public async Task<Controls> RejectAsync(string id, ChangeRequest request, CancellationToken cancel)
    {
        var answer = await change.RunAsync(new ApprovalRejected(id), request, cancel);
        await imports.RejectAsync(id, cancel);
        return answer.Controls;
    }
}
