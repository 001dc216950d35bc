using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Reconciling;

/// <summary>Intents of the provider's list against our ledgers, each read once.</summary>
public sealed class MatchIntents(
    ILedgerStore ledgers,
    IPaymentProvider provider,
    RecordIntentOutcome record,
    AdoptIntents adopt,
    CityClock clock
)
{
    /// <summary>Pages name accounts here and there in all buckets: each is read by its key, and is a request.</summary>
    private const int AccountsAtOnce = 64;

    /// <summary>An intent younger than this may be in a worker's hands right now.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    /// <param name="recovering">After a restore: what the books do not know is taken over.</param>
    internal async Task RunAsync(
        IReadOnlyList<IntentReading> page,
        ReconcileTally tally,
        bool recovering,
        CancellationToken cancel
    )
    {
        var ours = page.Where(intent => intent.Environment == provider.Environment && intent.AccountId is not null)
            .ToList();
        tally.Foreign += page.Count - ours.Count;
        var accounts = ours.Select(intent => new AccountId(intent.AccountId!)).Distinct().ToList();
        var known = (
            await InParallel.SelectAsync(accounts, AccountsAtOnce, account => ledgers.LoadAsync(account, cancel))
        )
            .OfType<LedgerEntry>()
            .ToDictionary(entry => entry.Ledger.Id);
        foreach (var intent in ours.OrderBy(intent => intent.AttemptNumber))
        {
            await MatchAsync(
                known.GetValueOrDefault(new AccountId(intent.AccountId!))?.Ledger,
                intent,
                tally,
                recovering,
                cancel
            );
        }
    }

    private async Task MatchAsync(
        AccountLedger? ledger,
        IntentReading intent,
        ReconcileTally tally,
        bool recovering,
        CancellationToken cancel
    )
    {
        tally.Note(intent);
        var debit = await DebitAsync(ledger, intent, cancel);
        if (Reconciliation.IsOrphan(debit, intent))
        {
            await CancelAsync(intent, tally);
        }
        else if (recovering && await AdoptAsync(intent, tally, cancel))
        {
            return;
        }
        else if (Reconciliation.Compare(ledger, debit, intent) is not { } difference)
        {
            tally.Matched++;
        }
        else if ((difference.IsCurable ? await CureAsync(intent, cancel) : difference) is { } remains)
        {
            tally.Add(remains);
        }
        else
        {
            tally.Cured++;
        }
    }

    /// <returns>Whether nothing more is to be said of the intent.</returns>
    private async Task<bool> AdoptAsync(IntentReading intent, ReconcileTally tally, CancellationToken cancel)
    {
        var adoption = await adopt.RunAsync(intent, cancel);
        tally.Adopted += adoption == Adoption.TakenOver ? 1 : 0;
        tally.Matched += adoption == Adoption.Assigned ? 1 : 0;
        if (adoption == Adoption.InSuspense)
        {
            tally.Add(
                new Difference(
                    DifferenceKind.TheirsOnly,
                    intent.IntentId,
                    intent.DebitId,
                    $"{intent.KeptByUs} wait in suspense, because account {intent.AccountId} is not in the books: "
                        + "import the accounts again, or assign the payment"
                )
            );
        }

        return adoption != Adoption.None;
    }

    private async Task CancelAsync(IntentReading intent, ReconcileTally tally)
    {
        if (
            intent.CreatedAt + Young <= clock.Now.Utc
            && await provider.CancelAsync(intent.IntentId, IdempotencyKeys.CancelOrphan(intent.IntentId, clock.Now.Utc))
                is ProviderAnswer.Read { Intent.Status: IntentStatus.Cancelled }
        )
        {
            tally.OrphansCancelled++;
        }
    }

    private async Task<Difference?> CureAsync(IntentReading intent, CancellationToken cancel)
    {
        await record.RunAsync(intent.IntentId, "reconcile", cancel);
        var ledger = (await ledgers.LoadAsync(new AccountId(intent.AccountId!), cancel))?.Ledger;
        return Reconciliation.Compare(ledger, await DebitAsync(ledger, intent, cancel), intent);
    }

    private async Task<Debit?> DebitAsync(AccountLedger? ledger, IntentReading intent, CancellationToken cancel)
    {
        if (ledger is null || !DebitId.TryParse(intent.DebitId, out var id))
        {
            return null;
        }

        return ledger.FindDebit(id)
            ?? (await ledgers.ReadArchivedAsync(ledger.Id, cancel))
                .Where(debit => debit.Id == id)
                .Select(ledger.WithLateReturns)
                .FirstOrDefault();
    }
}
