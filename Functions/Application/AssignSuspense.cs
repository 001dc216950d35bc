using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>A person says whose a suspended payment is: it is posted there like any back payment, once (R13).</summary>
public sealed class AssignSuspense(ISuspenseStore suspense, ChangeAccount change, CityClock clock)
{
    /// <returns>Null when there is no such payment in suspense, or no such account.</returns>
    /// <exception cref="RefusedException">It was assigned to another account before, or that account's ledger refuses it.</exception>
    public async Task<AccountResult?> RunAsync(PaymentId payment, string? namedAccount, AccountId account, Authority authority, CancellationToken cancel)
    {
        if (await FindAsync(payment, namedAccount, cancel) is not { } waiting)
        {
            return null;
        }

        if (await change.FindAsync(account, cancel) is null)
        {
            return null;
        }

        // Marked first: after a crash it is posted again here, and nowhere else.
        if (!await suspense.TryAssignAsync(waiting with { AssignedTo = account, AssignedBy = authority }, cancel))
        {
            throw new RefusedException($"Payment {payment} was assigned to another account before.");
        }

        return await PostAsync(waiting, account, authority, cancel);
    }

    private async Task<AccountResult?> PostAsync(SuspendedPayment waiting, AccountId account, Authority authority, CancellationToken cancel)
    {
        try
        {
            return await change.RunAsync(account, now => new PostBackPayment(waiting.Payment with { PostedOn = clock.Now.Today }, now), authority, cancel);
        }
        catch (RefusedException)
        {
            // The account has another payment of this id: nothing was posted, so the money is still to be assigned.
            await suspense.TakeBackAsync(waiting, cancel);
            throw;
        }
    }

    private async Task<SuspendedPayment?> FindAsync(PaymentId payment, string? namedAccount, CancellationToken cancel)
    {
        await foreach (var waiting in suspense.ReadAllAsync(cancel))
        {
            if (waiting.Payment.Id == payment && (namedAccount is null || waiting.NamedAccount == namedAccount))
            {
                return waiting;
            }
        }

        return null;
    }
}
