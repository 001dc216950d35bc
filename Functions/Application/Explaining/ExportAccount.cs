using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>All that the books know of one account.</summary>
/// <param name="History">Every operation, oldest first.</param>
/// <param name="Explanations">Of every debit that the account ever had, oldest first.</param>
/// <param name="GivenOut">Who took it, why and when.</param>
public sealed record AccountExport(
    AccountView View,
    IReadOnlyList<HistoryRow> History,
    IReadOnlyList<Explanation> Explanations,
    Authority GivenOut
);

/// <summary>Answers a customer who asks what is known of him. That it was given out is in the record.</summary>
public sealed class ExportAccount(ReadAccount read, ILedgerStore ledgers, ExplainDebit explain, ChangeControls change)
{
    /// <returns>Null when there is no such account.</returns>
    public async Task<AccountExport?> RunAsync(AccountId account, Authority authority, CancellationToken cancel)
    {
        if (await read.RunAsync(account, StoryMonths.All, cancel) is not { } view)
        {
            return null;
        }

        var export = new AccountExport(
            view,
            await ledgers.ReadHistoryAsync(account, cancel).ToListAsync(cancel),
            await explain.AllAsync(account, cancel),
            authority
        );
        await change.RunAsync(new AccountExported(account), authority, cancel);
        return export;
    }
}
