using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>A store that passes everything on: tests change what they are about.</summary>
internal abstract class LedgerStoreAround(ILedgerStore inner) : ILedgerStore
{
    public virtual Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel) =>
        inner.LoadAsync(account, cancel);

    public virtual Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) => inner.LoadManyAsync(bucket, accounts, cancel);

    public virtual IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadDueAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => inner.ReadDueAsync(bucket, now, cancel);

    public virtual IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadForWalkAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => inner.ReadForWalkAsync(bucket, now, cancel);

    public virtual IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
        Bucket bucket,
        LedgerFilter filter,
        CancellationToken cancel
    ) => inner.ScanAsync(bucket, filter, cancel);

    public virtual Task<IReadOnlyList<WorkItem>> ReadWorkAsync(Bucket bucket, CancellationToken cancel) =>
        inner.ReadWorkAsync(bucket, cancel);

    public virtual Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel) =>
        inner.EarliestDueAsync(bucket, cancel);

    public virtual Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    ) => inner.SaveAsync(bucket, saves, cancel);

    public virtual IAsyncEnumerable<HistoryRow> ReadHistoryAsync(AccountId account, CancellationToken cancel) =>
        inner.ReadHistoryAsync(account, cancel);

    public virtual Task<IReadOnlyList<Debit>> ReadArchivedAsync(AccountId account, CancellationToken cancel) =>
        inner.ReadArchivedAsync(account, cancel);
}
