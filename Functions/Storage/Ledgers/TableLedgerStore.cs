using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// The ledgers in Table Storage: one partition a bucket, one truth. A walk leaves out a row that cannot be read and
/// puts its account on the stuck list, so that it does not stop the others; whoever asks for that account by name is
/// told.
/// </summary>
public sealed class TableLedgerStore(StorageClients clients, UnreadableLedgers? unreadable = null) : ILedgerStore
{
    private const int PageSize = 200;

    public async Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel) =>
        await Wanted(Bucket.Of(account)).FindAsync(LedgerKeys.Account(account), cancel) is { } row
            ? LedgerRows.ToEntry(row)
            : null;

    public async Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) => [.. (await Wanted(bucket).LoadAsync(accounts, cancel)).Select(LedgerRows.ToEntry)];

    public async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadDueAsync(
        Bucket bucket,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        List<AccountId> due = [];
        await foreach (
            var row in QueryAsync(
                bucket,
                $"RowKey ge '{LedgerKeys.Work}' and RowKey lt '{LedgerKeys.WorkBefore(now)}~'",
                cancel
            )
        )
        {
            due.Add(LedgerKeys.AccountOfWork(row.RowKey));
        }

        // By account, so that each page is one short range.
        foreach (var page in due.Order().Chunk(PageSize))
        {
            yield return await ReadableAsync(await Wanted(bucket).LoadAsync(page, cancel), cancel);
        }
    }

    // One range, read once. A row of a former version has no column for what is in hand, and a look of its own instead.
    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadForWalkAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        ReadLedgersAsync(
            bucket,
            $" and (Active eq true or {LedgerRows.InHand} eq true or "
                + $"{TableClient.CreateQueryFilter($"NextEvaluation le {now}")})",
            cancel
        );

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
        Bucket bucket,
        LedgerFilter filter,
        CancellationToken cancel
    ) => ReadLedgersAsync(bucket, filter == LedgerFilter.All ? "" : $" and {filter} eq true", cancel);

    public async Task<IReadOnlyList<WorkItem>> ReadWorkAsync(Bucket bucket, CancellationToken cancel) =>
        (await WaitingRows.ReadAsync(QueryPrefixAsync(bucket, LedgerKeys.Listed, cancel), unreadable, cancel)).Work;

    public Task<WaitingInBucket> ReadWaitingAsync(Bucket bucket, CancellationToken cancel)
    {
        var range = $"RowKey ge '{LedgerKeys.Listed}' and RowKey lt '{LedgerKeys.After(LedgerKeys.Notices)}'";
        return WaitingRows.ReadAsync(QueryAsync(bucket, range, cancel), unreadable, cancel);
    }

    public async Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel)
    {
        var filter = Filter(
            bucket,
            $"RowKey ge '{LedgerKeys.Work}' and RowKey lt '{LedgerKeys.After(LedgerKeys.Work)}'"
        );
        await foreach (
            var row in TableOf(bucket).QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancel)
        )
        {
            return row.GetDateTimeOffset("Look");
        }

        return null;
    }

    public async Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    )
    {
        var results = new Dictionary<AccountId, SaveResult>();
        foreach (var transaction in LedgerTransaction.Pack(bucket, saves))
        {
            await SubmitAsync(bucket, transaction, results, cancel);
        }

        return [.. saves.Select(save => results[save.After.Id])];
    }

    public async IAsyncEnumerable<HistoryRow> ReadHistoryAsync(
        AccountId account,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var unfiled = await ReadUnfiledAsync(account, cancel);
        await foreach (var operation in ReadHistoryAsync(account, unfiled, cancel))
        {
            yield return operation;
        }
    }

    public IAsyncEnumerable<HistoryRow> ReadHistoryAsync(LedgerEntry entry, CancellationToken cancel) =>
        ReadHistoryAsync(entry.Ledger.Id, StoredLedger.Of(entry).Unfiled, cancel);

    // The ledger row was read first: what is filed between the two reads is met in both, and told once.
    private async IAsyncEnumerable<HistoryRow> ReadHistoryAsync(
        AccountId account,
        UnfiledHistory unfiled,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var last = 0;
        await foreach (var row in QueryPrefixAsync(Bucket.Of(account), LedgerKeys.HistoryPrefix(account), cancel))
        {
            foreach (var operation in HistoryRows.Read(row))
            {
                last = operation.Sequence;
                yield return operation;
            }
        }

        foreach (var operation in unfiled.Operations.Where(it => it.Row.Sequence > last))
        {
            yield return operation.Row;
        }
    }

    public async Task<IReadOnlyList<Debit>> ReadArchivedAsync(AccountId account, CancellationToken cancel)
    {
        List<Debit> debits = [];
        await foreach (var row in QueryPrefixAsync(Bucket.Of(account), LedgerKeys.ClosedPrefix(account), cancel))
        {
            debits.AddRange(LedgerRows.ToClosedDebits(row));
        }

        return debits;
    }

    // When one account conflicts, it is dropped and the rest is submitted again.
    private async Task SubmitAsync(
        Bucket bucket,
        LedgerTransaction transaction,
        Dictionary<AccountId, SaveResult> results,
        CancellationToken cancel
    )
    {
        try
        {
            var answer = await TableOf(bucket).SubmitTransactionAsync(transaction.Actions, cancel);
            foreach (var entry in transaction.ToEntries(answer.Value))
            {
                results[entry.Ledger.Id] = new SaveResult(entry);
            }
        }
        catch (TableTransactionFailedException failure)
            when (failure.IsConflict() && failure.FailedTransactionActionIndex is { } index)
        {
            var (culprit, isKnownItem) = transaction.SaveAt(index);
            if (await IsOursAsync(bucket, culprit, cancel))
            {
                await RecognizeAsync(bucket, transaction, results, cancel);
                return;
            }

            results[culprit.After.Id] = isKnownItem
                ? new SaveResult(null, await StoredAsync(bucket, culprit, cancel))
                : SaveResult.Conflict;
            foreach (var rest in LedgerTransaction.Pack(bucket, transaction.Saves.Where(save => save != culprit)))
            {
                await SubmitAsync(bucket, rest, results, cancel);
            }
        }
    }

    private async Task<IReadOnlyList<LedgerEvent>> StoredAsync(Bucket bucket, LedgerSave save, CancellationToken cancel)
    {
        var items = save
            .Events.Select(happened => (Event: happened, Key: LedgerRows.ItemKey(save.After.Id, happened)))
            .Where(item => item.Key is not null)
            .ToList();
        var rows = await Task.WhenAll(
            items.Select(item =>
                TableOf(bucket)
                    .GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(bucket), item.Key, ["RowKey"], cancel)
            )
        );
        return [.. items.Zip(rows).Where(item => item.Second.HasValue).Select(item => item.First.Event)];
    }

    private async Task<UnfiledHistory> ReadUnfiledAsync(AccountId account, CancellationToken cancel)
    {
        var bucket = Bucket.Of(account);
        var row = await TableOf(bucket)
            .GetEntityIfExistsAsync<TableEntity>(
                LedgerKeys.Partition(bucket),
                LedgerKeys.Account(account),
                ["RowKey", .. UnfiledHistory.Columns],
                cancel
            );
        return row.HasValue ? UnfiledHistory.Read(row.Value!, isCurrent: true) : UnfiledHistory.Empty;
    }

    // A lost answer makes our own success look like a conflict: the ledger row names the operation while it is not
    // filed, and then the first history row that reaches as far.
    private async Task<bool> IsOursAsync(Bucket bucket, LedgerSave save, CancellationToken cancel)
    {
        if (save.Events.Count == 0)
        {
            return false;
        }

        if ((await ReadUnfiledAsync(save.After.Id, cancel)).Has(save.OperationId))
        {
            return true;
        }

        var first = LedgerKeys.Quote(LedgerKeys.History(save.After.Id, save.Sequence));
        var after = LedgerKeys.Quote(LedgerKeys.After(LedgerKeys.HistoryPrefix(save.After.Id)));
        await foreach (
            var row in TableOf(bucket)
                .QueryAsync<TableEntity>(
                    Filter(bucket, $"RowKey ge '{first}' and RowKey lt '{after}'"),
                    maxPerPage: 1,
                    cancellationToken: cancel
                )
        )
        {
            return HistoryRows.Read(row).Any(operation => operation.OperationId == save.OperationId);
        }

        return false;
    }

    // A transaction is whole: if one of its accounts was saved by it, all were. Who has moved on since is a conflict.
    private async Task RecognizeAsync(
        Bucket bucket,
        LedgerTransaction transaction,
        Dictionary<AccountId, SaveResult> results,
        CancellationToken cancel
    )
    {
        var stored = (
            await LoadManyAsync(bucket, [.. transaction.Saves.Select(save => save.After.Id)], cancel)
        ).ToDictionary(entry => entry.Ledger.Id);
        foreach (var save in transaction.Saves)
        {
            results[save.After.Id] = stored.TryGetValue(save.After.Id, out var entry)
                ? new SaveResult(entry)
                : SaveResult.Conflict;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadLedgersAsync(
        Bucket bucket,
        string condition,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        List<TableEntity> page = [];
        await foreach (
            var row in QueryAsync(
                bucket,
                $"RowKey ge '{LedgerKeys.Ledger}' and RowKey lt '{LedgerKeys.After(LedgerKeys.Ledger)}'{condition}",
                cancel
            )
        )
        {
            page.Add(row);
            if (page.Count == PageSize)
            {
                yield return await ReadableAsync(page, cancel);
                page = [];
            }
        }

        if (page.Count > 0)
        {
            yield return await ReadableAsync(page, cancel);
        }
    }

    private async Task<IReadOnlyList<LedgerEntry>> ReadableAsync(
        IReadOnlyList<TableEntity> rows,
        CancellationToken cancel
    )
    {
        List<LedgerEntry> entries = [];
        foreach (var row in rows)
        {
            try
            {
                entries.Add(LedgerRows.ToEntry(row));
            }
            catch (Exception failure) when (unreadable is not null && IsUnreadable(failure))
            {
                await unreadable!.ListAsync(
                    new AccountId(row.RowKey[LedgerKeys.Ledger.Length..]),
                    failure.Message,
                    cancel
                );
            }
        }

        return entries;
    }

    internal static bool IsUnreadable(Exception failure) =>
        failure is InvalidOperationException or JsonException or FormatException;

    private AsyncPageable<TableEntity> QueryPrefixAsync(Bucket bucket, string prefix, CancellationToken cancel) =>
        QueryAsync(
            bucket,
            $"RowKey ge '{LedgerKeys.Quote(prefix)}' and RowKey lt '{LedgerKeys.Quote(LedgerKeys.After(prefix))}'",
            cancel
        );

    // The SDK follows continuation tokens through short and empty pages.
    private AsyncPageable<TableEntity> QueryAsync(Bucket bucket, string rows, CancellationToken cancel) =>
        TableOf(bucket)
            .QueryAsync<TableEntity>(Filter(bucket, rows), maxPerPage: WantedRows.OfAnswer, cancellationToken: cancel);

    private static string Filter(Bucket bucket, string rows) =>
        $"PartitionKey eq '{LedgerKeys.Partition(bucket)}' and {rows}";

    private WantedRows Wanted(Bucket bucket) => new(TableOf(bucket), bucket);

    private TableClient TableOf(Bucket bucket) => clients.Table(LedgerKeys.Table(bucket));
}
