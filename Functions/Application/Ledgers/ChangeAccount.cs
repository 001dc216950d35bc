using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Ledgers;

/// <summary>A person asks something of one account: skip, re-arm, switch, suspend, approve, cancel.</summary>
public sealed class ChangeAccount(
    ILedgerStore ledgers,
    IControlsStore controlsStore,
    SendHints hints,
    LedgerWriter writer
)
{
    public Task<LedgerEntry?> FindAsync(AccountId account, CancellationToken cancel) =>
        ledgers.LoadAsync(account, cancel);

    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">The rules refuse it; nothing changed.</exception>
    /// <exception cref="ChangedMeanwhileException">The account is of another version than expected.</exception>
    public async Task<AccountResult?> RunAsync(
        AccountId account,
        Func<Moment, LedgerCommand> command,
        Authority authority,
        CancellationToken cancel,
        long? expectedVersion = null
    )
    {
        if (await ledgers.LoadAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var work = new AccountWork(entry, [command]) { ExpectedVersion = expectedVersion };
        var results = await WriteAsync(new WriteScope(Bucket.Of(account), controls, authority), work, cancel);
        if (results[0].Commands[0] is { Refusal: { } refusal } ended)
        {
            throw ended.IsEarly ? new NotYetKnownException(refusal) : new RefusedException(refusal);
        }

        if (results[0].Events.Count > 0)
        {
            // What the change makes due need not wait for the sweep.
            await hints.RunAsync([new EvaluateMessage(Bucket.Of(account).Number, authority.Why)]);
        }

        return results[0];
    }

    private async Task<IReadOnlyList<AccountResult>> WriteAsync(
        WriteScope scope,
        AccountWork work,
        CancellationToken cancel
    )
    {
        try
        {
            return await writer.WriteAsync(scope, [work], cancel);
        }
        catch (OtherVersionException other)
        {
            throw await ChangedMeanwhileException.OfAccountAsync(ledgers, other, cancel);
        }
    }
}
