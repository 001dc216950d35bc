using System.Globalization;
using System.Runtime.CompilerServices;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Rehearsal.World;

/// <summary>
/// The ledgers of a rehearsal: in memory, with the same tags and conflicts as the real store, gone when it ends.
/// </summary>
public sealed class ScratchLedgerStore : ILedgerStore
{
    private const int PageSize = 200;
    private readonly SortedDictionary<AccountId, LedgerEntry>[] buckets =
    [
        .. Bucket.All.Select(_ => new SortedDictionary<AccountId, LedgerEntry>()),
    ];
    private readonly Dictionary<AccountId, List<HistoryRow>> history = [];
    private readonly Dictionary<AccountId, List<Debit>> archived = [];
    private readonly HashSet<(AccountId Account, string Item)> taken = [];
    private readonly Dictionary<AccountId, IReadOnlyList<WorkItem>> listed = [];
    private long lastTag;

    /// <summary>Another one after each write.</summary>
    public long Version => lastTag;

    public IEnumerable<AccountLedger> Ledgers =>
        buckets.SelectMany(bucket => bucket.Values).Select(entry => entry.Ledger);

    public IEnumerable<LedgerEntry> EntriesOf(Bucket bucket) => Of(bucket).Values;

    public IEnumerable<Debit> ArchivedOf(AccountId account) => archived.GetValueOrDefault(account, []);

    public IReadOnlyList<HistoryRow> HistoryOf(AccountId account) => history.GetValueOrDefault(account, []);

    public Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel) =>
        Task.FromResult(Of(Bucket.Of(account)).GetValueOrDefault(account));

    public Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) =>
        Task.FromResult<IReadOnlyList<LedgerEntry>>([
            .. accounts.Select(account => Of(bucket).GetValueOrDefault(account)).OfType<LedgerEntry>(),
        ]);

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadDueAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        Pages(
            Of(bucket).Values.Where(entry => entry.NextEvaluation <= now).OrderBy(entry => entry.NextEvaluation),
            cancel
        );

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadForWalkAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => Pages(Of(bucket).Values.Where(entry => entry.IsForWalk(now)), cancel);

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
        Bucket bucket,
        LedgerFilter filter,
        CancellationToken cancel
    ) => Pages(Of(bucket).Values.Where(entry => filter.Takes(entry.Ledger)), cancel);

    public Task<IReadOnlyList<WorkItem>> ReadWorkAsync(Bucket bucket, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<WorkItem>>([
            .. Of(bucket).Keys.SelectMany(account => listed.GetValueOrDefault(account, [])),
        ]);

    public Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel) =>
        Task.FromResult(Of(bucket).Values.Min(entry => entry.NextEvaluation));

    public Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    ) => Task.FromResult<IReadOnlyList<SaveResult>>([.. saves.Select(save => Save(Of(bucket), save))]);

    public async IAsyncEnumerable<HistoryRow> ReadHistoryAsync(
        AccountId account,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await Task.CompletedTask;
        foreach (var row in HistoryOf(account))
        {
            yield return row;
        }
    }

    public Task<IReadOnlyList<Debit>> ReadArchivedAsync(AccountId account, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Debit>>([.. ArchivedOf(account)]);

    private SortedDictionary<AccountId, LedgerEntry> Of(Bucket bucket) => buckets[bucket.Number];

    private SaveResult Save(SortedDictionary<AccountId, LedgerEntry> bucket, LedgerSave save)
    {
        var account = save.After.Id;
        if (bucket.GetValueOrDefault(account)?.Tag != save.Before.Tag)
        {
            return SaveResult.Conflict;
        }

        RefuseTheSameRowTwice(save);
        if (
            save.Events.Where(happened => ItemOf(happened) is { } item && taken.Contains((account, item))).ToList() is
            { Count: > 0 } stored
        )
        {
            return new SaveResult(null, stored);
        }

        taken.UnionWith(save.Events.Select(ItemOf).OfType<string>().Select(item => (account, item)));
        if (save.Events.Count > 0)
        {
            ListOf(history, account).Add(new HistoryRow(save.Sequence, save.OperationId, save.Authority, save.Events));
        }

        var moved = save.Events.OfType<ItemsArchived>().SelectMany(happened => happened.Debits);
        ListOf(archived, account).AddRange(moved.Select(save.Before.Ledger.FindDebit).OfType<Debit>());
        List(save);
        return new SaveResult(
            bucket[account] = new LedgerEntry(
                save.After,
                (++lastTag).ToString(CultureInfo.InvariantCulture),
                save.NextEvaluation
            )
            {
                IsListed = save.After.IsListed,
                HasNotices = save.After.PendingNotices().Count > 0,
            }
        );
    }

    // As the real store does: a row is put or deleted only where the save says so.
    private void List(LedgerSave save)
    {
        if (save.WorkRow == WorkRowChange.Put)
        {
            listed[save.After.Id] = save.After.Work();
        }
        else if (save.WorkRow == WorkRowChange.Delete && !listed.Remove(save.After.Id))
        {
            throw new InvalidOperationException(
                $"A save of account {save.After.Id} deletes a row of the work list that is not there."
            );
        }
    }

    // Work rows are keyed by the second, and a transaction names no row twice.
    private static void RefuseTheSameRowTwice(LedgerSave save)
    {
        if (
            save.Before.NextEvaluation is { } before
            && save.NextEvaluation is { } next
            && before != next
            && NextEvaluation.AtOnce(before) == NextEvaluation.AtOnce(next)
        )
        {
            throw new InvalidOperationException(
                $"A save of account {save.After.Id} names its work row twice: {before:O} and {next:O}."
            );
        }
    }

    private static string? ItemOf(LedgerEvent happened) =>
        happened switch
        {
            BillOpened e => $"bill {e.Bill.Id}",
            FundsReceived e => $"payment {e.Funds.Id}",
            _ => null,
        };

    private static List<T> ListOf<T>(Dictionary<AccountId, List<T>> lists, AccountId account) =>
        lists.TryGetValue(account, out var list) ? list : lists[account] = [];

    private static async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> Pages(
        IEnumerable<LedgerEntry> entries,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await Task.CompletedTask;
        foreach (var page in entries.ToList().Chunk(PageSize))
        {
            cancel.ThrowIfCancellationRequested();
            yield return page;
        }
    }
}
