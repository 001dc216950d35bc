using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Tests.App.Hints;

/// <summary>Ledgers of which some cannot be read, or not be written.</summary>
internal sealed class FailingLedgerStore(ILedgerStore inner) : ILedgerStore
{
    public Func<AccountId, Exception?> WhyNotRead { get; set; } = _ => null;

    public Func<AccountId, Exception?> WhyNotSaved { get; set; } = _ => null;

    /// <summary>Whoever asks when a bucket is due is not answered.</summary>
    public Exception? WhyNotAsked { get; set; }

    /// <summary>Somebody else always saves first.</summary>
    public bool IsContended { get; set; }

    /// <summary>Every save that was asked for.</summary>
    public List<LedgerSave> Saves { get; } = [];

    public Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel)
    {
        ThrowFor([account], WhyNotRead);
        return inner.LoadAsync(account, cancel);
    }

    public Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    )
    {
        ThrowFor(accounts, WhyNotRead);
        return inner.LoadManyAsync(bucket, accounts, cancel);
    }

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadDueAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => inner.ReadDueAsync(bucket, now, cancel);

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadForWalkAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => inner.ReadForWalkAsync(bucket, now, cancel);

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
        Bucket bucket,
        LedgerFilter filter,
        CancellationToken cancel
    ) => inner.ScanAsync(bucket, filter, cancel);

    public Task<IReadOnlyList<WorkItem>> ReadWorkAsync(Bucket bucket, CancellationToken cancel) =>
        inner.ReadWorkAsync(bucket, cancel);

    public Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel) =>
        WhyNotAsked is null ? inner.EarliestDueAsync(bucket, cancel) : throw WhyNotAsked;

    public Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    )
    {
        ThrowFor(saves.Select(save => save.Before.Ledger.Id), WhyNotSaved);
        Saves.AddRange(saves);
        return IsContended
            ? Task.FromResult<IReadOnlyList<SaveResult>>([.. saves.Select(_ => SaveResult.Conflict)])
            : inner.SaveAsync(bucket, saves, cancel);
    }

    public IAsyncEnumerable<HistoryRow> ReadHistoryAsync(AccountId account, CancellationToken cancel) =>
        inner.ReadHistoryAsync(account, cancel);

    public Task<IReadOnlyList<Debit>> ReadArchivedAsync(AccountId account, CancellationToken cancel) =>
        inner.ReadArchivedAsync(account, cancel);

    private static void ThrowFor(IEnumerable<AccountId> accounts, Func<AccountId, Exception?> why)
    {
        if (accounts.Select(why).FirstOrDefault(failure => failure is not null) is { } failure)
        {
            throw failure;
        }
    }
}
