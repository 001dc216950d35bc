using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Importing;

/// <summary>What was changed: bills, their accounts, and the cents open on them.</summary>
public sealed record ChangedBills(int Bills, int Accounts, long OpenCents);

/// <summary>What finance asks for all at once of the listed bills of one import.</summary>
/// <param name="Concerns">Whether the account has such a bill.</param>
/// <param name="Changed">The bill that an event of the command changed; null when it changed none.</param>
public sealed record BillsCommand(
    Func<AccountLedger, bool> Concerns,
    Func<Moment, LedgerCommand> Command,
    Func<LedgerEvent, BillId?> Changed
);

/// <summary>
/// One word of finance for everything of an import that is on the work list, bucket by bucket. A run that died is asked
/// for again: what is changed stays so.
/// </summary>
public sealed class ChangeBillsOfImport(
    ILedgerStore ledgers,
    IImportStore imports,
    IControlsStore controlsStore,
    IWorkQueue queue,
    LedgerWriter writer
)
{
    private const int AccountsAtOnce = 100;

    /// <returns>Null when there is no such import.</returns>
    public async Task<ChangedBills?> RunAsync(
        string importId,
        BillsCommand asked,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (await imports.FindAsync(importId, cancel) is null)
        {
            return null;
        }

        var changed = new ChangedBills(0, 0, 0);
        foreach (var bucket in Bucket.All)
        {
            var listed = (await ledgers.ReadWorkAsync(bucket, cancel))
                .Where(item => item.Import == importId)
                .Select(item => item.Account)
                .OfType<AccountId>()
                .Distinct();
            foreach (var accounts in listed.Chunk(AccountsAtOnce))
            {
                var page = await ledgers.LoadManyAsync(bucket, accounts, cancel);
                changed = await ChangeAsync(changed, asked, bucket, page, authority, cancel);
            }
        }

        return changed;
    }

    private async Task<ChangedBills> ChangeAsync(
        ChangedBills sum,
        BillsCommand asked,
        Bucket bucket,
        IReadOnlyList<LedgerEntry> page,
        Authority authority,
        CancellationToken cancel
    )
    {
        var work = page.Where(entry => asked.Concerns(entry.Ledger))
            .Select(entry => new AccountWork(entry, [asked.Command]))
            .ToList();
        if (work.Count == 0)
        {
            return sum;
        }

        var scope = new WriteScope(bucket, (await controlsStore.LoadAsync(cancel)).Controls, authority);
        var results = await writer.WriteAsync(scope, work, cancel);
        await queue.TryEnqueueAsync(new EvaluateMessage(bucket.Number, authority.Why), cancel);
        var open = results
            .SelectMany(result =>
                result
                    .Events.Select(asked.Changed)
                    .OfType<BillId>()
                    .Select(bill => result.Entry.Ledger.BillOf(bill).Open.Cents)
            )
            .ToList();
        return new ChangedBills(
            sum.Bills + open.Count,
            sum.Accounts + results.Count(result => result.Events.Count > 0),
            sum.OpenCents + open.Sum()
        );
    }
}
