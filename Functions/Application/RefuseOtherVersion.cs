using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application;

/// <summary>
/// Before a change: a person decides on what is shown, so of another version nothing is changed. An account has its
/// own, everything else that of the city's controls. What saves an account or the controls looks once more.
/// </summary>
public sealed class RefuseOtherVersion(ILedgerStore ledgers, IControlsStore controlsStore)
{
    /// <param name="account">Whose change it is; null: the city's.</param>
    /// <exception cref="ChangedMeanwhileException">It is of another version by now.</exception>
    public async Task RunAsync(AccountId? account, long expected, CancellationToken cancel)
    {
        if (account is null)
        {
            var version = (await controlsStore.LoadAsync(cancel)).Controls.Version;
            if (version != expected)
            {
                throw await ChangedMeanwhileException.OfControlsAsync(controlsStore, expected, version, cancel);
            }

            return;
        }

        if (await ledgers.LoadAsync(account.Value, cancel) is { Ledger.Operations: var now } && now != expected)
        {
            var other = new OtherVersionException(account.Value, expected, now);
            throw await ChangedMeanwhileException.OfAccountAsync(ledgers, other, cancel);
        }
    }
}
