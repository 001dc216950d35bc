using Autopay.Application.Importing;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application;

public enum FoundKind
{
    Account,
    Bill,
    Payment,
    Debit,
}

/// <summary>Something of that id, and the account that it is of.</summary>
/// <param name="Resembles">An account whose id is another one but for zeros, case or blanks (R30).</param>
public sealed record Found(FoundKind Kind, string Id, AccountId Account, bool Resembles = false);

/// <summary>
/// What has an id: an account, a bill, a payment or a debit. At most five reads of single rows. A bill or payment is
/// found as a file named it: its account may be one that we do not know.
/// </summary>
public sealed class FindById(ILedgerStore ledgers, IIdRegister register)
{
    public async Task<IReadOnlyList<Found>> RunAsync(string id, CancellationToken cancel)
    {
        var found = await Task.WhenAll(
            DebitId.TryParse(id, out var debit) ? FindDebitAsync(debit, cancel) : FindAccountAsync(id, cancel),
            FindAsync(FoundKind.Bill, IdKind.Bill, id, cancel),
            FindAsync(FoundKind.Payment, IdKind.Payment, id, cancel)
        );
        return [.. found.OfType<Found>()];
    }

    private async Task<Found?> FindAccountAsync(string id, CancellationToken cancel)
    {
        var account = new AccountId(id);
        return await ledgers.LoadAsync(account, cancel) is not null ? new Found(FoundKind.Account, id, account)
            : await register.FindAsync(IdKind.Account, LookAlikes.NameOf(account), cancel) is { } other
                ? new Found(FoundKind.Account, other.Value, other, Resembles: true)
            : null;
    }

    // An account may be called like a debit; then it has none of that id.
    private async Task<Found?> FindDebitAsync(DebitId debit, CancellationToken cancel)
    {
        if (await ledgers.LoadAsync(debit.Account, cancel) is not { } entry)
        {
            return await FindAccountAsync(debit.Value, cancel);
        }

        var isThere =
            entry.Ledger.Debits.Any(it => it.Id == debit)
            || (await ledgers.ReadArchivedAsync(debit.Account, cancel)).Any(it => it.Id == debit);
        return isThere ? new Found(FoundKind.Debit, debit.Value, debit.Account) : null;
    }

    private async Task<Found?> FindAsync(FoundKind found, IdKind kind, string id, CancellationToken cancel) =>
        await register.FindAsync(kind, id, cancel) is { } account ? new Found(found, id, account) : null;
}
