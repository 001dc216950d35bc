using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Importing;

/// <summary>What was re-armed: bills, their accounts, and the cents open on them.</summary>
public sealed record RearmedBills(int Bills, int Accounts, long OpenCents);

/// <summary>
/// Finance lets every bill be collected again that one import opened after its due date (R5). A run that died is asked
/// for again: what is re-armed stays so.
/// </summary>
public sealed class RearmImport(
    ILedgerStore ledgers,
    IImportStore imports,
    IControlsStore controlsStore,
    IWorkQueue queue,
    LedgerWriter writer
)
{
    private const int AccountsAtOnce = 100;

    /// <returns>Null when there is no such import.</returns>
    public async Task<RearmedBills?> RunAsync(string importId, Authority authority, CancellationToken cancel)
    {
        if (await imports.FindAsync(importId, cancel) is null)
        {
            return null;
        }

        var rearmed = new RearmedBills(0, 0, 0);
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
                rearmed = await RearmAsync(rearmed, importId, bucket, page, authority, cancel);
            }
        }

        return rearmed;
    }

    private async Task<RearmedBills> RearmAsync(
        RearmedBills sum,
        string importId,
        Bucket bucket,
        IReadOnlyList<LedgerEntry> page,
        Authority authority,
        CancellationToken cancel
    )
    {
        var work = page.Where(entry => entry.Ledger.Bills.Any(bill => bill.Blocked?.Import == importId))
            .Select(entry => new AccountWork(entry, [now => new RearmBillsOfImport(importId, authority.Why, now)]))
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
                    .Events.OfType<BillRearmed>()
                    .Select(happened => result.Entry.Ledger.BillOf(happened.Bill).Open.Cents)
            )
            .ToList();
        return new RearmedBills(
            sum.Bills + open.Count,
            sum.Accounts + results.Count(result => result.Events.Count > 0),
            sum.OpenCents + open.Sum()
        );
    }
}
