using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Books;

/// <summary>A ledger as it was read; the tag guards the next write of it.</summary>
/// <param name="Tag">The store's version of the row; null for an account that has no row yet.</param>
/// <param name="NextEvaluation">When its work row asks for it, UTC; null when it has none.</param>
public sealed record LedgerEntry(AccountLedger Ledger, string? Tag, DateTimeOffset? NextEvaluation)
{
    /// <summary>Whether the store has a row of the work list beside it.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whether the store has a row of notices to be sent beside it.</summary>
    public bool HasNotices { get; init; }

    /// <summary>What the store itself knows of the row; null of an account that has none.</summary>
    public StoreState? Stored { get; init; }
}

/// <summary>Whatever a store wants to find again in an entry that is saved; nobody else knows what it means.</summary>
public abstract record StoreState;

/// <summary>What a save does to a row beside the ledger: that of the work list, that of the notices to be sent.
/// </summary>
public enum WorkRowChange
{
    None,
    Put,
    Delete,
}

/// <summary>
/// One account's part of a save: what happened, under which operation, and the ledger that it leaves.
/// </summary>
public sealed record LedgerSave(
    LedgerEntry Before,
    IReadOnlyList<LedgerEvent> Events,
    AccountLedger After,
    DateTimeOffset? NextEvaluation,
    string OperationId,
    Authority Authority
)
{
    /// <summary>A step of a walk, and more follow: the store may file it together with what happens then.</summary>
    public bool MayWait { get; init; }

    /// <summary>The number of this operation in the account's history.</summary>
    public int Sequence => After.Operations;

    /// <summary>An account with nothing on the list, before and after, writes nothing.</summary>
    public WorkRowChange WorkRow =>
        After.Work() switch
        {
            [] => Before.IsListed ? WorkRowChange.Delete : WorkRowChange.None,
            var items => Before.IsListed && WorkItem.AreSame(Before.Ledger.Work(), items)
                ? WorkRowChange.None
                : WorkRowChange.Put,
        };

    /// <summary>An account with nothing to be sent, before and after, writes nothing.</summary>
    public WorkRowChange NoticeRow =>
        After.PendingNotices() switch
        {
            [] => Before.HasNotices ? WorkRowChange.Delete : WorkRowChange.None,
            var notices => Before.HasNotices && Before.Ledger.PendingNotices().SequenceEqual(notices)
                ? WorkRowChange.None
                : WorkRowChange.Put,
        };
}

/// <summary>How one account's part of a save ended: the new entry, a conflict (load it again), or a refusal.</summary>
/// <param name="Stored">
/// The events whose bill or payment was taken in long ago and is stored already, for which nothing was saved: decided
/// again without them, the rest can be.
/// </param>
public sealed record SaveResult(LedgerEntry? Entry, IReadOnlyList<LedgerEvent>? Stored = null)
{
    public static SaveResult Conflict { get; } = new(null, null);

    public bool IsConflict => Entry is null && Stored is null;
}

/// <summary>An operation of the history with its events: who, why and when.</summary>
public sealed record HistoryRow(
    int Sequence,
    string OperationId,
    Authority Authority,
    IReadOnlyList<LedgerEvent> Events
);

/// <summary>Which accounts a scan of a bucket is about.</summary>
public enum LedgerFilter
{
    All,

    /// <summary>Those that a change of controls can concern: with an unsent or reviewed debit.</summary>
    Active,

    /// <summary>Those with something that waits for a person, or may come to.</summary>
    Watched,

    /// <summary>Those with a notice, sent or not.</summary>
    Told,
}

public static class LedgerFilters
{
    /// <summary>Whether a complete walk looks at the account.</summary>
    public static bool IsForWalk(this LedgerEntry entry, DateTimeOffset now) =>
        entry.Ledger.IsActive || entry.Ledger.HasChargeInHand() || entry.NextEvaluation <= now;

    public static bool Takes(this LedgerFilter filter, AccountLedger ledger) =>
        filter switch
        {
            LedgerFilter.Active => ledger.IsActive,
            LedgerFilter.Watched => ledger.IsWatched,
            LedgerFilter.Told => ledger.IsTold,
            _ => true,
        };
}

/// <summary>What the rows beside a bucket's ledgers say.</summary>
public sealed record WaitingInBucket(IReadOnlyList<WorkItem> Work, IReadOnlyList<PendingNotice> Notices);

/// <summary>
/// Each account is one small ledger; a save is one atomic write per account, shared by as many accounts of a bucket as
/// fit.
/// </summary>
public interface ILedgerStore
{
    Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel);

    /// <summary>Those of the accounts that exist, in any order.</summary>
    Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    );

    /// <summary>
    /// The accounts whose work row asks for a look at or before <paramref name="now"/>, in pages of up to 200.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadDueAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    );

    /// <summary>
    /// What a complete walk looks at, each account once, in pages of up to 200: those that a change of controls can
    /// concern, those with a charge in hand, and those that want to be looked at by <paramref name="now"/>.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadForWalkAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    );

    /// <summary>The bucket's accounts that the filter takes, in pages of up to 200.</summary>
    IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
        Bucket bucket,
        LedgerFilter filter,
        CancellationToken cancel
    );

    /// <summary>
    /// What waits for finance in the bucket's accounts, by the rows beside their ledgers: it costs those rows alone.
    /// </summary>
    Task<IReadOnlyList<WorkItem>> ReadWorkAsync(Bucket bucket, CancellationToken cancel);

    /// <summary>The same with what has to be told to customers: rows side by side, and one request.</summary>
    async Task<WaitingInBucket> ReadWaitingAsync(Bucket bucket, CancellationToken cancel) =>
        new(await ReadWorkAsync(bucket, cancel), []);

    /// <summary>The earliest look that any account of the bucket asks for.</summary>
    Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel);

    /// <summary>
    /// Saves all of the accounts that have not changed since they were read; results in the same order. Nothing is
    /// written of an account that somebody else changed.
    /// </summary>
    Task<IReadOnlyList<SaveResult>> SaveAsync(Bucket bucket, IReadOnlyList<LedgerSave> saves, CancellationToken cancel);

    IAsyncEnumerable<HistoryRow> ReadHistoryAsync(AccountId account, CancellationToken cancel);

    /// <summary>The same of an account that was just loaded: its row is not read again.</summary>
    IAsyncEnumerable<HistoryRow> ReadHistoryAsync(LedgerEntry entry, CancellationToken cancel) =>
        ReadHistoryAsync(entry.Ledger.Id, cancel);

    /// <summary>The account's debits that were archived out of the ledger row.</summary>
    Task<IReadOnlyList<Debit>> ReadArchivedAsync(AccountId account, CancellationToken cancel);
}

/// <summary>What the history of an account says of how it was charged.</summary>
public interface IMeansInHistory
{
    /// <summary>
    /// Takes payment methods, mandates and e-mail addresses out of what accounts files said of the account; everything
    /// else of the history stays as it was. Again changes nothing.
    /// </summary>
    Task ForgetAsync(AccountId account, CancellationToken cancel);
}
