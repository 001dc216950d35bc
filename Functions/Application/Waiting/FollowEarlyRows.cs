using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Waiting;

/// <summary>
/// What has waited for a bill or payment is applied when a person brings that in, as when a file does (R33).
/// </summary>
public sealed class FollowEarlyRows(IWaitingRows waiting, ChangeAccount change)
{
    /// <returns>The account after the last of them; null when none of them has changed anything.</returns>
    public async Task<AccountResult?> RunAsync(AccountLedger ledger, Authority authority, CancellationToken cancel)
    {
        AccountResult? last = null;
        foreach (
            var row in (await waiting.ReadOpenAsync(cancel)).Where(row =>
                row.Account == ledger.Id
                && row.For is WaitingFor.Payment or WaitingFor.Bill
                && OpenAccounts.IsKnownTo(ledger, row)
            )
        )
        {
            last = await ApplyAsync(row, authority, cancel) ?? last;
        }

        return last;
    }

    // What is refused goes on waiting, on the list.
    private async Task<AccountResult?> ApplyAsync(WaitingRow row, Authority authority, CancellationToken cancel)
    {
        try
        {
            var applied = await change.RunAsync(row.Account, WaitingForAccount.Command(row), authority, cancel);
            await waiting.EndAsync(row, WaitingEnd.Applied, authority, cancel);
            return applied;
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
