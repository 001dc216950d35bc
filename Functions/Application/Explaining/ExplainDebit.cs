using Autopay.Application.Ports.Books;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>Why an account was charged, or is to be: from the ledger, its history and the controls.</summary>
public sealed class ExplainDebit(ILedgerStore ledgers, IControlsStore controlsStore, CityClock clock)
{
    /// <returns>Null when there is no such account, or it never had the debit.</returns>
    public async Task<Explanation?> RunAsync(DebitId debit, CancellationToken cancel)
    {
        if (await ledgers.LoadAsync(debit.Account, cancel) is not { } entry)
        {
            return null;
        }

        var past = new AccountPast(
            entry.Ledger,
            await ledgers.ReadArchivedAsync(debit.Account, cancel),
            await ReadHistoryAsync(entry.Ledger, cancel)
        );
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        return Explain.Debit(debit, past, controls, clock.City, clock.Now);
    }

    // What was saved since the ledger was read is not part of it; a history with a hole tells nothing.
    private async Task<IReadOnlyList<DatedEvent>> ReadHistoryAsync(AccountLedger ledger, CancellationToken cancel)
    {
        List<DatedEvent> events = [];
        var next = 1;
        await foreach (var row in ledgers.ReadHistoryAsync(ledger.Id, cancel))
        {
            if (row.Sequence > ledger.Operations)
            {
                break;
            }

            if (row.Sequence != next++)
            {
                return [];
            }

            var on = clock.City.At(row.Authority.At).Today;
            events.AddRange(row.Events.Select(happened => new DatedEvent(on, happened)));
        }

        return events;
    }
}
