using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Reconciling;

/// <summary>
/// Differences that are on the list already, and whose intents are too old for a whole run to have met them: each is
/// looked at by itself. Age alone takes nothing off the list.
/// </summary>
public sealed class LookAgain(IStuckStore stuck, ILedgerStore ledgers, IPaymentProvider provider, MatchIntents match)
{
    internal async Task RunAsync(ReconcileTally tally, bool recovering, CancellationToken cancel)
    {
        var met = tally.Differences.Select(difference => difference.IntentId).Concat(tally.Seen).ToHashSet();
        var listed = await stuck.ReadAllAsync(cancel).Where(item => item.Kind == Reconcile.Kind).ToListAsync(cancel);
        foreach (var item in listed.Where(item => !met.Contains(ReconcileAftermath.IntentOf(item))))
        {
            await LookAsync(item, tally, recovering, cancel);
        }
    }

    private async Task LookAsync(StuckItem item, ReconcileTally tally, bool recovering, CancellationToken cancel)
    {
        var intent = ReconcileAftermath.IntentOf(item);
        switch (await provider.ReadAsync(intent))
        {
            case ProviderAnswer.Read read:
                await match.RunAsync([read.Intent], tally, recovering, cancel);
                break;
            case ProviderAnswer.Rejected:
                if (await FindAttemptAsync(item.Content, intent, cancel) is { } attempt)
                {
                    tally.Add(FindOursOnly.Unknown(attempt));
                }

                break;
            default:
                throw new ProviderAwayException($"Intent {intent} could not be read.");
        }
    }

    private async Task<Attempt?> FindAttemptAsync(string debit, string intent, CancellationToken cancel)
    {
        if (!DebitId.TryParse(debit, out var id) || await ledgers.LoadAsync(id.Account, cancel) is not { } entry)
        {
            return null;
        }

        var found =
            entry.Ledger.FindDebit(id)
            ?? (await ledgers.ReadArchivedAsync(id.Account, cancel)).FirstOrDefault(it => it.Id == id);
        return found?.Attempts.FirstOrDefault(attempt => attempt.IntentId == intent);
    }
}
