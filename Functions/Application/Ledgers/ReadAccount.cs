using Autopay.Application.Ports.Books;

namespace Autopay.Application.Ledgers;

/// <summary>Why a debit is where it is, and when it is looked at next.</summary>
public sealed record DebitView(Debit Debit, string Why, DateTimeOffset? NextEvaluation);

/// <summary>One line of an account's story.</summary>
/// <param name="Name">What the directory called this person then: for reading only.</param>
/// <param name="Role">The roles in which it was done: for reading only.</param>
public sealed record StoryLine(
    DateTimeOffset At,
    string By,
    string? Name,
    string? Role,
    string Why,
    string What,
    string Reason
);

public sealed record AccountView(
    AccountLedger Ledger,
    Money Credit,
    IReadOnlyList<DebitView> Debits,
    IReadOnlyList<StoryLine> Story
);

/// <summary>The ledger, its history, and why each debit is where it is.</summary>
public sealed class ReadAccount(ILedgerStore ledgers, IControlsStore controlsStore)
{
    /// <returns>Null when there is no such account.</returns>
    public async Task<AccountView?> RunAsync(AccountId account, CancellationToken cancel)
    {
        if (await ledgers.LoadAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        List<StoryLine> story = [];
        await foreach (var row in ledgers.ReadHistoryAsync(account, cancel))
        {
            story.AddRange(
                row.Events.Select(happened => new StoryLine(
                    row.Authority.At,
                    row.Authority.By,
                    row.Authority.Name,
                    row.Authority.Role,
                    row.Authority.Why,
                    happened.Title(),
                    happened.Reason
                ))
            );
        }

        var archived = await ledgers.ReadArchivedAsync(account, cancel);
        var debits = archived
            .Concat(entry.Ledger.Debits)
            .OrderBy(debit => debit.Id)
            .Select(debit => new DebitView(debit, Why(debit, entry.Ledger, controls), entry.NextEvaluation));
        return new AccountView(entry.Ledger, entry.Ledger.Credit, [.. debits], story);
    }

    private static string Why(Debit debit, AccountLedger ledger, Controls controls) =>
        debit.State switch
        {
            DebitState.Scheduled or DebitState.RetryScheduled when controls.WhyNothingIsCharged is { } why => why,
            DebitState.Scheduled =>
                $"waits for {BankingCalendar.RollForward(debit.DueDate):yyyy-MM-dd}: {ledger.OpenOn(debit)} is open",
            DebitState.RetryScheduled => $"retry on {debit.RetryOn:yyyy-MM-dd}: {debit.Reason}",
            DebitState.Merged => $"inside {debit.MergedInto}: {debit.Reason}",
            _ => debit.Discrepancy ?? debit.Reason,
        };
}
