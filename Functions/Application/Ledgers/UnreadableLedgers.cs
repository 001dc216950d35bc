using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Ledgers;

/// <summary>
/// Accounts whose ledger cannot be read: spoilt, or written by a newer version. They wait on the stuck list, and leave
/// it when they can be looked at.
/// </summary>
public sealed class UnreadableLedgers(IStuckStore stuck, CityClock clock)
{
    private readonly AsyncLocal<ISet<AccountId>?> noted = new();

    /// <summary>From here on, in this run and whatever it calls: the accounts that are left out.</summary>
    public IReadOnlySet<AccountId> Note()
    {
        var accounts = new HashSet<AccountId>();
        noted.Value = accounts;
        return accounts;
    }

    public Task ListAsync(AccountId account, string why, CancellationToken cancel)
    {
        noted.Value?.Add(account);
        return stuck.PutAsync(
            new StuckItem(
                EvaluateBucket.IdOf(account),
                EvaluateBucket.StuckKind,
                $"The ledger cannot be read: {why}",
                account.Value,
                clock.Now.Utc
            ),
            cancel
        );
    }
}
