using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Releasing;

/// <summary>What became of a wish to take a bill out of a deferral, or back into it.</summary>
/// <param name="Result">What it changed; null when it waits for a second person.</param>
/// <param name="Asked">What waits for one.</param>
public sealed record ExemptionAnswer(AccountResult? Result, Approval? Asked);

/// <summary>
/// A person takes a bill out of a deferral (R38). Out of a hold that is a release of one bill: where the city wants
/// releases approved, another person has to agree, and then it is done in the name of the first one.
/// </summary>
public sealed class ExemptHeldBill(ChangeAccount accounts, ChangeControls change, IControlsStore store, CityClock clock)
{
    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">The rules refuse it; nothing changed.</exception>
    /// <exception cref="ChangedMeanwhileException">The account is of another version than expected.</exception>
    public async Task<ExemptionAnswer?> RunAsync(
        AccountId account,
        Func<Moment, ExemptBill> wanted,
        Authority authority,
        CancellationToken cancel,
        long? expectedVersion = null
    )
    {
        if (await accounts.FindAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        var controls = (await store.LoadAsync(cancel)).Controls;
        if (AgreedOf(entry.Ledger, wanted(clock.Now), controls) is { } agreed)
        {
            return new ExemptionAnswer(null, await AskAsync(agreed, controls, authority, cancel));
        }

        var result = await accounts.RunAsync(account, now => wanted(now), authority, cancel, expectedVersion);
        return result is null ? null : new ExemptionAnswer(result, null);
    }

    /// <summary>What a second person has to agree to; null where one person is enough, or nothing changes.</summary>
    /// <exception cref="RefusedException">The rules refuse it.</exception>
    public static ExemptionAgreed? AgreedOf(AccountLedger ledger, ExemptBill wanted, Controls controls) =>
        controls.Policies is { ReleaseApproval: true, SecondPerson: true }
        && wanted.On
        && controls.Find(wanted.Deferral) is { Action: DeferralAction.Hold }
        && LedgerDecider.Decide(wanted, ledger, controls).OfType<BillExempted>().Any()
            ? new ExemptionAgreed(ledger.Id, wanted.Bill, wanted.Deferral, ledger.BillOf(wanted.Bill).Open)
            : null;

    /// <summary>Before a yes: the account may have changed since the first person asked. Less is always fine.</summary>
    /// <exception cref="RefusedException">More is open by now, or it is exempted already.</exception>
    public async Task RefuseChangedAsync(string approval, CancellationToken cancel)
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        if (
            controls.Approvals.FirstOrDefault(it => it.Id == approval)
                is { Decided: null, Act: ExemptionAgreed agreed } asked
            && await accounts.FindAsync(agreed.Account, cancel) is { } entry
            && !(AgreedOf(entry.Ledger, ToCommand(agreed, asked.Asked.Why, clock.Now), controls)?.Open <= agreed.Open)
        )
        {
            throw new RefusedException(
                $"What you were shown is not so any more: bill {agreed.Bill} has changed meanwhile. You have approved "
                    + "nothing. Look at the account and ask anew."
            );
        }
    }

    /// <summary>After a yes, and with every sweep. Exempting again is harmless.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        foreach (var approval in (await store.LoadAsync(cancel)).Controls.Approvals.Where(it => it.IsToDo))
        {
            if (approval.Act is ExemptionAgreed agreed && await ExemptAsync(approval, agreed, cancel) is { } outcome)
            {
                await change.RunAsync(
                    new AgreedActEnded(approval.Id, outcome),
                    clock.Authority("approvals", outcome),
                    cancel
                );
            }
        }
    }

    // What the rules refuse by now, or what has grown since the yes, stays held: nobody waits for money that is not
    // there. Null when somebody wrote the account meanwhile: the next sweep looks again.
    private async Task<string?> ExemptAsync(Approval approval, ExemptionAgreed agreed, CancellationToken cancel)
    {
        try
        {
            var (account, why) = (agreed.Account, approval.Asked.Why);
            var ledger = (await accounts.FindAsync(account, cancel))?.Ledger;
            RefuseMore(ledger, ToCommand(agreed, why, clock.Now), agreed, (await store.LoadAsync(cancel)).Controls);
            var result = await accounts.RunAsync(
                account,
                now => ToCommand(agreed, why, now),
                approval.Asked with
                {
                    At = clock.Now.Utc,
                },
                cancel,
                ledger?.Operations
            );
            return result is null
                ? throw new RefusedException($"There is no account {account}.")
                : $"Bill {agreed.Bill} of account {account} is taken out of '{agreed.Deferral}'";
        }
        catch (ChangedMeanwhileException)
        {
            return null;
        }
        catch (RefusedException refusal)
        {
            return $"Nothing is taken out: {refusal.Message}";
        }
    }

    private static void RefuseMore(AccountLedger? ledger, ExemptBill wanted, ExemptionAgreed agreed, Controls controls)
    {
        if (ledger is not null && AgreedOf(ledger, wanted, controls) is { } now && now.Open > agreed.Open)
        {
            throw new RefusedException(
                $"bill {agreed.Bill} is {now.Open} by now, and {agreed.Open} was agreed on. Ask anew."
            );
        }
    }

    // The same wish again waits as it did.
    private async Task<Approval> AskAsync(
        ExemptionAgreed agreed,
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

        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{agreed.Account}|{agreed.Bill}|{agreed.Deferral}|{agreed.Open.Cents}|{authority.At.UtcTicks}"
        );
        var id = $"exempt-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..16]}";
        var after = await change.RunAsync(new ApprovalAsked(id, agreed), authority, cancel);
        return after.Approvals.Single(it => it.Id == id);
    }

    private static ExemptBill ToCommand(ExemptionAgreed agreed, string why, Moment now) =>
        new(agreed.Bill, agreed.Deferral, On: true, why, now);
}
