using System.Globalization;
using System.Runtime.CompilerServices;
using Autopay.Application.Ledgers;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Storage.Backups;

/// <summary>
/// The rows of a bucket, each account as it was when its ledger row was read. Nothing but ledger rows ever changes:
/// history, bills, payments and closed debits are inserted by the save that names them. So the ledger row is read first
/// and says how many operations it has seen, then the history up to there, then of the other rows those that this
/// history names. A save that comes between can add nothing to the cut and take nothing away.
/// </summary>
internal sealed class LedgerScan(TableClient table, Bucket bucket)
{
    private const int AccountsAtOnce = 100;
    private const string History = "e|";
    private const string ClosedDebits = "d|";
    private static readonly string[] Items = ["b|", ClosedDebits, "p|"];

    // Their keys end with the number of the operation that they are of.
    private static readonly string[] OfOperations = [LedgerKeys.Receipts, LedgerKeys.ChangedPayments];

    /// <summary>Accounts whose history or items are not all there.</summary>
    public int Torn { get; private set; }

    public static bool IsLedger(string table, TableEntity row) =>
        table.StartsWith("ledger", StringComparison.Ordinal)
        && row.RowKey.StartsWith(LedgerKeys.Ledger, StringComparison.Ordinal);

    /// <summary>
    /// Page by page: what belongs to an account comes before its ledger row. Work rows follow from the ledgers and are
    /// left out.
    /// </summary>
    public async IAsyncEnumerable<TableEntity> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var page in Query(LedgerKeys.Ledger, LedgerKeys.After(LedgerKeys.Ledger), cancel)
                .AsPages(pageSizeHint: AccountsAtOnce)
                .WithCancellation(cancel)
        )
        {
            if (page.Values.Count > 0)
            {
                await foreach (var row in ReadAsync(page.Values, cancel))
                {
                    yield return row;
                }
            }
        }
    }

    private async IAsyncEnumerable<TableEntity> ReadAsync(
        IReadOnlyList<TableEntity> ledgers,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var filed = ledgers.Select(row => LedgerRows.Filed(bucket, row)).ToList();
        var cuts = filed.Select(it => new AccountCut(it.Ledger)).ToDictionary(cut => cut.Account);
        await foreach (var row in QueryItems(History, cuts.Keys, cancel))
        {
            if (cuts.TryGetValue(AccountOf(row), out var cut) && cut.Takes(row))
            {
                yield return row;
            }
        }

        // What a ledger row has of its history itself is filed in the backup, and seen as it was read.
        foreach (var row in filed.Select(it => it.History).OfType<TableEntity>())
        {
            if (cuts[AccountOf(row)].Takes(row))
            {
                yield return row;
            }
        }

        foreach (var prefix in Items)
        {
            await foreach (var row in QueryItems(prefix, cuts.Keys, cancel))
            {
                if (cuts.TryGetValue(AccountOf(row), out var cut) && cut.TakesItem(row))
                {
                    yield return row;
                }
            }
        }

        // A batch may take receipts away meanwhile: then they are in its file.
        foreach (var prefix in OfOperations)
        {
            await foreach (var row in QueryItems(prefix, cuts.Keys, cancel))
            {
                if (cuts.TryGetValue(AccountOf(row), out var cut) && cut.HasSeen(row))
                {
                    yield return row;
                }
            }
        }

        Torn += cuts.Values.Count(cut => !cut.IsWhole);
        foreach (var ledger in filed)
        {
            yield return ledger.Row;
        }
    }

    // One account's id can begin with another's, and then their items lie in another order than their ledgers: both
    // ends are worked out.
    private Azure.AsyncPageable<TableEntity> QueryItems(
        string prefix,
        IEnumerable<string> accounts,
        CancellationToken cancel
    )
    {
        var keys = accounts.Select(account => $"{prefix}{account}|").Order(StringComparer.Ordinal).ToList();
        return Query(keys[0], LedgerKeys.After(keys[^1]), cancel);
    }

    private Azure.AsyncPageable<TableEntity> Query(string from, string before, CancellationToken cancel) =>
        table.QueryAsync<TableEntity>(
            $"PartitionKey eq '{LedgerKeys.Partition(bucket)}' and RowKey ge '{LedgerKeys.Quote(from)}' and "
                + $"RowKey lt '{LedgerKeys.Quote(before)}'",
            cancellationToken: cancel
        );

    private static string AccountOf(TableEntity item) => item.RowKey.Split('|', 3)[1];

    /// <summary>What of the rows belongs to one account's ledger row.</summary>
    private sealed class AccountCut(AccountLedger ledger)
    {
        private readonly HashSet<string> named = new(StringComparer.Ordinal);
        private int operations;

        public string Account => ledger.Id.Value;

        public bool IsWhole => operations == ledger.Operations && named.Count == 0;

        public bool Takes(TableEntity history)
        {
            if (!HasSeen(history))
            {
                return false;
            }

            foreach (var operation in HistoryRows.Read(history))
            {
                operations++;
                named.UnionWith(operation.Events.SelectMany(NamedBy));
            }

            return true;
        }

        /// <summary>Whether the operation that a row's key ends with is one of the ledger row's.</summary>
        public bool HasSeen(TableEntity row) =>
            int.Parse(row.RowKey[^8..], CultureInfo.InvariantCulture) <= ledger.Operations;

        /// <summary>One row has several closed debits, under the key of the first.</summary>
        public bool TakesItem(TableEntity item)
        {
            if (!named.Remove(item.RowKey))
            {
                return false;
            }

            if (item.RowKey.StartsWith(ClosedDebits, StringComparison.Ordinal))
            {
                named.ExceptWith(
                    LedgerRows.ToClosedDebits(item).Select(debit => LedgerKeys.ClosedDebit(ledger.Id, debit.Id))
                );
            }

            return true;
        }

        private IEnumerable<string> NamedBy(LedgerEvent happened) =>
            happened switch
            {
                BillOpened e => [LedgerKeys.Bill(ledger.Id, e.Bill.Id)],
                FundsReceived e => [LedgerKeys.Payment(ledger.Id, e.Funds.Id)],
                ItemsArchived e => e.Debits.Select(debit => LedgerKeys.ClosedDebit(ledger.Id, debit)),
                _ => [],
            };
    }
}
