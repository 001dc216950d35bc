using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Waiting;

/// <summary>
/// A person says whose a suspended payment is: it is posted there like any back payment, once (R13). It is marked
/// first, so that no other account can get it; until the account's ledger has it, it counts as open, and the sweep goes
/// on with it.
/// </summary>
public sealed class AssignSuspense(
    ISuspenseStore suspense,
    ChangeAccount change,
    FollowEarlyRows follow,
    IControlsStore controls,
    IStuckStore stuck,
    CityClock clock
)
{
    /// <returns>Null when there is no such payment in suspense, or no such account.</returns>
    /// <exception cref="RefusedException">Several accounts could be meant, it was assigned to another account or
    /// reversed before, or the account's ledger refuses it.</exception>
    public async Task<AccountResult?> RunAsync(
        PaymentId payment,
        string? namedAccount,
        AccountId account,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (
            await FindAsync(payment, namedAccount, cancel) is not { } waiting
            || await change.FindAsync(account, cancel) is null
        )
        {
            return null;
        }

        // A reversal that names this account may have waited for it (R33).
        return await FinishAsync(await MarkAsync(waiting, account, authority, cancel), cancel) is not { } posted
            ? null
            : await follow.RunAsync(posted.Entry.Ledger, authority, cancel) ?? posted;
    }

    /// <summary>
    /// A person says that it is no money of the utility's: it leaves suspense and no account ever gets it (R33).
    /// </summary>
    /// <returns>False when there is no such payment in suspense.</returns>
    /// <exception cref="RefusedException">Several accounts could be meant, or an account has it already.</exception>
    public async Task<bool> DiscardAsync(
        PaymentId payment,
        string? namedAccount,
        Authority authority,
        CancellationToken cancel
    )
    {
        while (await FindAsync(payment, namedAccount, cancel) is { } waiting)
        {
            if (waiting.AssignedTo is { } account)
            {
                throw new RefusedException($"Payment {payment} was assigned to account {account}: reverse it there.");
            }

            if (
                waiting.ReversedBy is not null
                || await suspense.SaveAsync(
                    waiting with
                    {
                        ReversedBy = authority with { Why = $"discarded: {authority.Why}" },
                    },
                    cancel
                )
                    is not null
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Posts what is marked as assigned; posting it again changes nothing.</summary>
    /// <exception cref="RefusedException">The account has another payment of this id: nothing was posted, and the money
    /// is still to be assigned.</exception>
    public async Task<AccountResult?> FinishAsync(SuspensePayment assigned, CancellationToken cancel)
    {
        try
        {
            var authority = assigned.AssignedBy! with { At = clock.Now.Utc };
            var posted = await change.RunAsync(
                assigned.AssignedTo!.Value,
                now => new PostBackPayment(assigned.Payment with { PostedOn = now.Today }, now),
                authority,
                cancel
            );
            if (posted is not null && !assigned.IsPosted)
            {
                await suspense.SaveAsync(assigned with { IsPosted = true }, cancel);
            }

            return posted;
        }
        catch (RefusedException) when (!assigned.IsPosted)
        {
            await suspense.SaveAsync(assigned with { AssignedTo = null, AssignedBy = null }, cancel);
            throw;
        }
    }

    /// <summary>Goes on with whatever was marked and not posted: whoever marked it died in between.</summary>
    public async Task FinishAllAsync(CancellationToken cancel)
    {
        var waits = await suspense.ReadAllAsync(cancel).Where(waiting => waiting.WaitsForItsLedger).ToListAsync(cancel);
        if (waits.Count > 0)
        {
            // While a restore is not finished nothing is decided: a refusal for that is not the ledger's.
            await controls.LoadAsync(cancel);
        }

        foreach (var assigned in waits)
        {
            try
            {
                await FinishAsync(assigned, cancel);
            }
            catch (RefusedException)
            {
                // It is open again, and listed: a person assigns it anew.
            }
            catch (Exception failure) when (EvaluateBucket.IsOfTheAccount(failure))
            {
                await stuck.PutAsync(
                    EvaluateBucket.StuckOf(assigned.AssignedTo!.Value, failure, clock.Now.Utc),
                    cancel
                );
            }
        }
    }

    private async Task<SuspensePayment> MarkAsync(
        SuspensePayment waiting,
        AccountId account,
        Authority authority,
        CancellationToken cancel
    )
    {
        var payment = waiting.Payment.Id;
        if (waiting.ReversedBy is { } reversed)
        {
            throw new RefusedException($"Payment {payment} was reversed while it was in suspense: {reversed.Why}");
        }

        if (waiting.AssignedTo is { } assigned)
        {
            return assigned == account
                ? waiting
                : throw new RefusedException($"Payment {payment} was assigned to account {assigned} before.");
        }

        // Somebody else may be first: then theirs counts.
        return await suspense.SaveAsync(waiting with { AssignedTo = account, AssignedBy = authority }, cancel)
            ?? await MarkAsync(
                (await suspense.FindAsync(waiting.NamedAccount, payment, cancel))!,
                account,
                authority,
                cancel
            );
    }

    private async Task<SuspensePayment?> FindAsync(PaymentId payment, string? namedAccount, CancellationToken cancel)
    {
        if (namedAccount is not null)
        {
            return await suspense.FindAsync(namedAccount, payment, cancel);
        }

        var found = await suspense
            .ReadAllAsync(cancel)
            .Where(waiting => waiting.Payment.Id == payment)
            .ToListAsync(cancel);
        return found.Count < 2
            ? found.FirstOrDefault()
            : throw new RefusedException(
                $"Payment {payment} is in suspense for accounts "
                    + $"{string.Join(" and ", found.Select(waiting => waiting.NamedAccount))}: say with "
                    + "namedAccount which one is meant."
            );
    }
}
