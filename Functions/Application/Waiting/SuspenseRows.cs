using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Waiting;

/// <summary>
/// Rows about money that is in suspense. It leaves suspense by an assignment or a reversal only, whatever files say
/// later: so one account at most ever gets it, and a bounced check counts nowhere as paid (R5, R13).
/// </summary>
public sealed class SuspenseRows(ISuspenseStore suspense, AssignSuspense assign, ChangeAccount change)
{
    /// <returns>How it ended; null of a payment whose account is still unknown.</returns>
    public async Task<CommandResult?> TryApplyAsync(
        ImportRow row,
        string importId,
        Authority authority,
        CancellationToken cancel
    )
    {
        try
        {
            return row.ToCommand(default) is ReversePayment asked
                ? await ReverseAsync(row.Account, asked.Payment, asked.Why, authority, cancel)
                : await PostAsync(row, importId, authority, cancel);
        }
        catch (RefusedException refused)
        {
            return new CommandResult(0, refused.Message);
        }
    }

    // The account is known by now: the payment goes where it was meant to go.
    private async Task<CommandResult?> PostAsync(
        ImportRow row,
        string importId,
        Authority authority,
        CancellationToken cancel
    )
    {
        var payment = row.Payment!(default);
        var waiting = (await suspense.FindAsync(row.Account.Value, payment.Id, cancel))!;
        if (
            waiting is { IsPosted: true, AssignedTo: { } has }
            && (has == row.Account || Versions.Of(waiting.Payment) != Versions.Of(payment))
        )
        {
            // That account's ledger knows it by now: what differs waits there for a person (R31).
            var again = await change.RunAsync(
                has,
                now => row.ToCommand(now) with { Source = importId },
                authority,
                cancel
            );
            return again?.Commands[0];
        }

        if (!waiting.IsOf(payment))
        {
            throw new RefusedException(
                $"Payment {payment.Id} is in suspense with other content; what is stored stays as it is."
            );
        }

        return await assign.RunAsync(payment.Id, row.Account.Value, row.Account, authority, cancel) is { } posted
            ? new CommandResult(posted.Events.Count, null)
            : null;
    }

    /// <summary>
    /// Takes back a payment that is or was in suspense under this account: nobody gets it, or who got it gives it back
    /// (R5).
    /// </summary>
    /// <exception cref="RefusedException">The account that it was assigned to refuses.</exception>
    public async Task<CommandResult> ReverseAsync(
        AccountId named,
        PaymentId payment,
        string why,
        Authority authority,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var waiting = (await suspense.FindAsync(named.Value, payment, cancel))!;
            if (waiting.ReversedBy is not null)
            {
                return new CommandResult(0, null);
            }

            if (waiting.WaitsForItsLedger && !await TryFinishAsync(waiting, cancel))
            {
                continue;
            }

            if (waiting.AssignedTo is { } account)
            {
                var reversed =
                    await change.RunAsync(account, now => new ReversePayment(payment, why, now), authority, cancel)
                    ?? throw new InvalidOperationException(
                        $"Payment {payment} was assigned to account {account}, which is not there."
                    );
                return new CommandResult(reversed.Events.Count, null);
            }

            if (
                await suspense.SaveAsync(waiting with { ReversedBy = authority with { Why = why } }, cancel) is not null
            )
            {
                return new CommandResult(1, null);
            }
        }
    }

    // When the ledger refuses it, it is open again.
    private async Task<bool> TryFinishAsync(SuspensePayment assigned, CancellationToken cancel)
    {
        try
        {
            await assign.FinishAsync(assigned, cancel);
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }
}
