using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Reconciling;

/// <summary>One page of the provider's intents against our ledgers, read once per page and bucket.</summary>
public sealed class MatchIntents(
    ILedgerStore ledgers,
    IPaymentProvider provider,
    RecordIntentOutcome record,
    AdoptIntents adopt,
    CityClock clock
)
{
    /// <summary>A page names accounts of nearly all buckets, and each is a request or more.</summary>
    private const int BucketsAtOnce = 16;

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
        var pages = await InParallel.SelectAsync(
            [.. ours.GroupBy(intent => Bucket.Of(new AccountId(intent.AccountId!)))],
            BucketsAtOnce,
            async bucket => (bucket, await ReadAsync(bucket, cancel))
        );
        foreach (var (bucket, known) in pages)
        {
            foreach (var intent in bucket.OrderBy(intent => intent.AttemptNumber))
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
    }

    private async Task<Dictionary<AccountId, LedgerEntry>> ReadAsync(
        IGrouping<Bucket, IntentReading> bucket,
        CancellationToken cancel
    )
    {
        var accounts = bucket.Select(intent => new AccountId(intent.AccountId!)).Distinct().ToList();
        return (await ledgers.LoadManyAsync(bucket.Key, accounts, cancel)).ToDictionary(entry => entry.Ledger.Id);
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
