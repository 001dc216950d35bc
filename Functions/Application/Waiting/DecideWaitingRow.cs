using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Waiting;

/// <summary>
/// A person decides about a row that waits: it is applied, to the account that it names or to another one, or discarded
/// (R30, R33, R40).
/// </summary>
public sealed class DecideWaitingRow(
    IWaitingRows waiting,
    AccountBooks books,
    ReadImportContext readContext,
    IdConflicts conflicts,
    OpenAccounts open,
    ChangeAccount change,
    FollowEarlyRows follow
)
{
    /// <returns>Null when there is no such row, or no such account.</returns>
    /// <exception cref="RefusedException">It does not wait any more, or the rules refuse it now: it goes on
    /// waiting.</exception>
    public async Task<AccountResult?> ApplyAsync(
        string id,
        AccountId? to,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (await FindAsync(id, cancel) is not { } row)
        {
            return null;
        }

        return row.Content.Enrolment is not null
            ? await OpenAsync(row, to, authority, cancel)
            : await ApplyToAsync(row, to ?? row.Account, authority, cancel);
    }

    /// <returns>False when there is no such row.</returns>
    /// <exception cref="RefusedException">It does not wait any more.</exception>
    public async Task<bool> DiscardAsync(string id, Authority authority, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } row)
        {
            return false;
        }

        await waiting.EndAsync(row, WaitingEnd.Discarded, authority, cancel);
        return true;
    }

    private async Task<AccountResult?> ApplyToAsync(
        WaitingRow row,
        AccountId account,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (await change.FindAsync(account, cancel) is null)
        {
            return null;
        }

        var wanted = row.ToImportRow() with { Account = account };
        var context = await readContext.RunAsync(row.Kind, [wanted], cancel);
        await conflicts.FreeAsync(context.Conflicts, cancel);
        var applied = await change.RunAsync(account, WaitingForAccount.Command(row), authority, cancel);
        await waiting.EndAsync(row, WaitingEnd.Applied, authority, cancel);
        return applied is null ? null : await follow.RunAsync(applied.Entry.Ledger, authority, cancel) ?? applied;
    }

    // The person says that it is no look-alike: it opens with everything that has waited for it (R33).
    private async Task<AccountResult> OpenAsync(
        WaitingRow row,
        AccountId? to,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (to is { } other && other != row.Account)
        {
            throw new RefusedException(
                $"The row opens account {row.Account}; it cannot be applied to account {other}."
            );
        }

        if ((await change.FindAsync(row.Account, cancel))?.Ledger.EnrolledAt > row.Since)
        {
            throw new RefusedException(
                $"A later accounts file has changed account {row.Account} since this row came: discard it."
            );
        }

        var bucket = Bucket.Of(row.Account);
        var context = await readContext.RunAsync(ImportKind.Accounts, [row.ToImportRow()], cancel);
        var controls = (await books.Controls.LoadAsync(cancel)).Controls;
        var waits = (await open.PrepareAsync(bucket, [row.Account], context, authority, cancel))[row.Account];
        var known =
            await change.FindAsync(row.Account, cancel)
            ?? new LedgerEntry(AccountLedger.Open(row.Account, controls.Generation), null, null);
        var work = new AccountWork(
            known,
            [WaitingForAccount.Command(row), .. waits.CommandsOn(books.Clock.Now.Today, controls)]
        );
        var result = (await books.Writer.WriteAsync(new WriteScope(bucket, controls, authority), [work], cancel))[0];
        await open.FinishAsync(bucket, waits, result.Entry.Ledger, authority, cancel);
        await open.NameAsync(row.Account, cancel);
        await waiting.EndAsync(row, WaitingEnd.Applied, authority, cancel);
        return result;
    }

    private async Task<WaitingRow?> FindAsync(string id, CancellationToken cancel) =>
        await waiting.FindAsync(id, cancel) switch
        {
            { IsOpen: false } ended => throw new RefusedException(
                $"Row {id} does not wait any more: "
                    + $"{ended.EndedBy!.By} {ended.End.ToString()!.ToLowerInvariant()} it: {ended.EndedBy.Why}"
            ),
            var row => row,
        };
}

/// <summary>Bills of accounts that never came are not kept for ever (R33).</summary>
public sealed class DropWaitingBills(IWaitingRows waiting, CityClock clock, Policies policies)
{
    /// <returns>How many were dropped.</returns>
    public Task<int> RunAsync(CancellationToken cancel) =>
        waiting.DropBillsAsync(clock.Now.Today.AddDays(-policies.KeepWaitingBillsDays), cancel);
}
