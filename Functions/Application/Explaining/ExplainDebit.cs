using Autopay.Application.Ports.Books;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>Why an account was charged, or is to be: from the ledger, its history and the controls.</summary>
public sealed class ExplainDebit(ILedgerStore ledgers, IControlsStore controlsStore, CityClock clock)
{
    /// <returns>Null when there is no such account, or it never had the debit.</returns>
    public async Task<Explanation?> RunAsync(DebitId debit, CancellationToken cancel) =>
        await ReadPastAsync(debit.Account, cancel) is { } past
            ? Explain.Debit(debit, past, await ControlsAsync(cancel), clock.City, clock.Now)
            : null;

    /// <summary>Of every debit that the account ever had, oldest first; none when there is no such account.</summary>
    public async Task<IReadOnlyList<Explanation>> AllAsync(AccountId account, CancellationToken cancel)
    {
        if (await ReadPastAsync(account, cancel) is not { } past)
        {
            return [];
        }

        var controls = await ControlsAsync(cancel);
        return
        [
            .. past
                .Archived.Concat(past.Ledger.Debits)
                .Select(debit => debit.Id)
                .Distinct()
                .Order()
                .Select(debit => Explain.Debit(debit, past, controls, clock.City, clock.Now))
                .OfType<Explanation>(),
        ];
    }

    private async Task<Controls> ControlsAsync(CancellationToken cancel) =>
        (await controlsStore.LoadAsync(cancel)).Controls;

    private async Task<AccountPast?> ReadPastAsync(AccountId account, CancellationToken cancel) =>
        await ledgers.LoadAsync(account, cancel) is { } entry
            ? new AccountPast(
                entry.Ledger,
                await ledgers.ReadArchivedAsync(account, cancel),
                await ReadHistoryAsync(entry.Ledger, cancel)
            )
            : null;

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
