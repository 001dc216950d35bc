using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <summary>
/// Late receipts keep a plan from being approved until two people have looked at them, or the cycle is cleared anew.
/// The debits are worked out anew anyway; what is missing beside them is not known. What has begun goes on.
/// </summary>
public sealed class AcceptLateReceipts(FindLateReceipts find, ChangeControls change, IControlsStore store)
{
    /// <returns>The controls, with the request for an approval where the city wants one.</returns>
    /// <exception cref="RefusedException">There is nothing to accept.</exception>
    public async Task<Controls> AskAsync(string id, CycleNumber cycle, ChangeRequest request, CancellationToken cancel)
    {
        ControlChange accepted = await PreviewAsync(cycle, cancel);
        var takesTwo = (await store.LoadAsync(cancel)).Controls.Policies.SecondPerson;
        var asked = takesTwo ? new ApprovalAsked(id, accepted) : accepted;
        return (await change.RunAsync(asked, request, cancel)).Controls;
    }

    /// <summary>What would be asked of a second person; nothing changes.</summary>
    /// <exception cref="RefusedException">There is nothing to accept.</exception>
    public async Task<LateReceiptsAccepted> PreviewAsync(CycleNumber cycle, CancellationToken cancel)
    {
        var waiting = (await find.RunAsync(cycle, cancel)).Waiting;
        return waiting.Count > 0
            ? new LateReceiptsAccepted(LateReceipts.Of(waiting), waiting[0].Late!.ClearedAt)
            : throw new RefusedException(
                $"There is nothing to accept: no payment came in late for cycle {cycle}. To clear a cycle in spite of "
                    + "differences, say receivedThrough."
            );
    }

    /// <summary>Before a yes to late receipts, or to a release: what is posted may have changed meanwhile.</summary>
    /// <exception cref="RefusedException">Others came in since, or a release has some that nobody has
    /// accepted.</exception>
    public async Task RefuseChangedAsync(string approval, CancellationToken cancel)
    {
        var asked = (await store.LoadAsync(cancel)).Controls.Approvals.FirstOrDefault(it => it.Id == approval);
        switch (asked)
        {
            case { Decided: null, Act: LateReceiptsAccepted late }:
                await RefuseOthersAsync(late.Receipts, cancel);
                break;
            case { Decided: null, Act: CycleReleased released }:
                await RefuseReleaseAsync(released.Terms.Cycle, cancel);
                break;
        }
    }

    /// <exception cref="RefusedException">Payments came in late that nobody has accepted.</exception>
    public async Task RefuseReleaseAsync(CycleNumber cycle, CancellationToken cancel)
    {
        if ((await find.RunAsync(cycle, cancel)).Waiting is { Count: > 0 } waiting)
        {
            throw new RefusedException(
                $"Nothing is released: {LateReceipts.Of(waiting).ToSentence()}. {waiting[0].Reason} Look at the "
                    + $"certificate of cycle {cycle}; clear it anew, or ask an approver to accept what came late."
            );
        }
    }

    private async Task RefuseOthersAsync(LateReceipts shown, CancellationToken cancel)
    {
        var waiting = (await find.RunAsync(shown.Cycle, cancel)).Waiting;
        if (waiting.Count == 0 || LateReceipts.Of(waiting).Hash != shown.Hash)
        {
            throw new RefusedException(
                $"What you were shown is not so any more: {waiting.Count} payments wait now, of which you were shown "
                    + $"{shown.Count}. You have approved nothing. Look at the certificate and ask anew."
            );
        }
    }
}
