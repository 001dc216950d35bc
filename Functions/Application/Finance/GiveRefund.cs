using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Charging;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>What became of a wish to give money back.</summary>
/// <param name="Result">What it changed; null when it waits for a second person.</param>
/// <param name="Asked">What waits for one.</param>
public sealed record RefundAnswer(AccountResult? Result, Approval? Asked);

/// <summary>
/// A person gives money of a collected debit back. When more of that debit would be gone than one person may give,
/// another one has to agree; then it is requested under the first person's id, and so once.
/// </summary>
public sealed class GiveRefund(
    ChangeAccount accounts,
    ChangeControls change,
    IControlsStore store,
    IStuckStore stuck,
    CityClock clock
)
{
    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">The rules refuse it; nothing changed.</exception>
    /// <exception cref="ChangedMeanwhileException">The account is of another version than expected.</exception>
    public async Task<RefundAnswer?> RunAsync(
        Func<Moment, RequestRefund> wanted,
        Authority authority,
        CancellationToken cancel,
        long? expectedVersion = null
    )
    {
        var account = wanted(clock.Now).Debit.Account;
        if (await accounts.FindAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        var controls = (await store.LoadAsync(cancel)).Controls;
        var limit = controls.Policies.RefundLimit;
        if (AgreedOf(entry.Ledger, wanted(clock.Now), controls) is { } agreed && agreed.Sum > limit)
        {
            return new RefundAnswer(null, await AskAsync(agreed, controls, authority, cancel));
        }

        var result = await accounts.RunAsync(
            account,
            now => wanted(now) with { MostAlone = limit },
            authority,
            cancel,
            expectedVersion
        );
        return result is null ? null : new RefundAnswer(result, null);
    }

    /// <summary>Before a yes: the account may have changed since the first person asked.</summary>
    /// <exception cref="RefusedException">The refund would be another one, or none, now.</exception>
    public async Task RefuseChangedAsync(string approval, CancellationToken cancel)
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        var asked = controls.Approvals.FirstOrDefault(it => it.Id == approval);
        if (
            asked is { Decided: null, Act: RefundAgreed agreed }
            && await accounts.FindAsync(agreed.Debit.Account, cancel) is { } entry
            && AgreedOf(entry.Ledger, ToCommand(agreed, asked.Asked.Why, clock.Now), controls) != agreed
        )
        {
            throw new RefusedException(
                $"What you were shown is not so any more: money of debit {agreed.Debit} was given back meanwhile. You "
                    + "have approved nothing. Look at the account and ask anew."
            );
        }
    }

    /// <summary>
    /// After a yes, and with every sweep: what two people have agreed on and nobody has requested yet. Requesting it
    /// again is harmless.
    /// </summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        foreach (var approval in (await store.LoadAsync(cancel)).Controls.Approvals.Where(it => it.IsToDo))
        {
            if (approval.Act is RefundAgreed agreed)
            {
                var outcome = await RequestAsync(approval, agreed, cancel);
                await change.RunAsync(
                    new AgreedActEnded(approval.Id, outcome),
                    clock.Authority("approvals", outcome),
                    cancel
                );
            }
        }
    }

    private async Task<string> RequestAsync(Approval approval, RefundAgreed agreed, CancellationToken cancel)
    {
        try
        {
            var result = await accounts.RunAsync(
                agreed.Debit.Account,
                now => ToCommand(agreed, approval.Asked.Why, now),
                approval.Asked with
                {
                    At = clock.Now.Utc,
                },
                cancel
            );
            return result is null
                ? throw new RefusedException($"There is no account {agreed.Debit.Account}.")
                : $"{agreed.Kind} {agreed.RequestId} of debit {agreed.Debit} is requested";
        }
        catch (RefusedException refusal)
        {
            // Approved, and refused by what happened since: whoever waits for the money is not forgotten.
            await stuck.PutAsync(
                new StuckItem(
                    approval.Id,
                    ProcessRefunds.FailedKind,
                    refusal.Message,
                    agreed.Debit.Account.Value,
                    clock.Now.Utc
                ),
                cancel
            );
            return $"Nothing was given back: {refusal.Message}";
        }
    }

    // The same wish again waits as it did.
    private async Task<Approval> AskAsync(
        RefundAgreed agreed,
        Controls controls,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (
            controls.Approvals.FirstOrDefault(it =>
                it.Act == agreed && (it.IsToDo || (it.Decided is null && !it.IsExpired(authority.At)))
            ) is
            { } waiting
        )
        {
            return waiting;
        }

        var id = IdOf(agreed, authority.At);
        var after = await change.RunAsync(new ApprovalAsked(id, agreed), authority, cancel);
        return after.Approvals.Single(it => it.Id == id);
    }

    // Null when it is requested already.
    private static RefundAgreed? AgreedOf(AccountLedger ledger, RequestRefund wanted, Controls controls) =>
        LedgerDecider.Decide(wanted, ledger, controls).OfType<RefundRequested>().FirstOrDefault()
            is { Refund: var refund }
            ? new RefundAgreed(
                refund.Debit,
                refund.RequestId,
                refund.Kind,
                refund.Amount,
                ledger.FindDebit(refund.Debit)!.Refunded
            )
            : null;

    private static RequestRefund ToCommand(RefundAgreed agreed, string why, Moment now) =>
        new(agreed.Debit, agreed.RequestId, agreed.Kind, agreed.Amount, why, now);

    private static string IdOf(RefundAgreed agreed, DateTimeOffset at)
    {
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{agreed.Debit}|{agreed.RequestId}|{agreed.Kind}|{agreed.Amount.Cents}|{at.UtcTicks}"
        );
        return $"refund-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..16]}";
    }
}
