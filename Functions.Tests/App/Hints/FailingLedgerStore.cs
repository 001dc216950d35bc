using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Hints;

/// <summary>Ledgers of which some cannot be read, or not be written.</summary>
internal sealed class FailingLedgerStore(ILedgerStore inner) : LedgerStoreAround(inner)
{
    public Func<AccountId, Exception?> WhyNotRead { get; set; } = _ => null;

    public Func<AccountId, Exception?> WhyNotSaved { get; set; } = _ => null;

    /// <summary>Whoever asks when a bucket is due is not answered.</summary>
    public Exception? WhyNotAsked { get; set; }

    /// <summary>Somebody else always saves first.</summary>
    public bool IsContended { get; set; }

    /// <summary>Every save that was asked for.</summary>
    public List<LedgerSave> Saves { get; } = [];

    public override Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel)
    {
        ThrowFor([account], WhyNotRead);
        return base.LoadAsync(account, cancel);
    }

    public override Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    )
    {
        ThrowFor(accounts, WhyNotRead);
        return base.LoadManyAsync(bucket, accounts, cancel);
    }

    public override Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel) =>
        WhyNotAsked is null ? base.EarliestDueAsync(bucket, cancel) : throw WhyNotAsked;

    public override Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    )
    {
        ThrowFor(saves.Select(save => save.Before.Ledger.Id), WhyNotSaved);
        Saves.AddRange(saves);
        return IsContended
            ? Task.FromResult<IReadOnlyList<SaveResult>>([.. saves.Select(_ => SaveResult.Conflict)])
            : base.SaveAsync(bucket, saves, cancel);
    }

    private static void ThrowFor(IEnumerable<AccountId> accounts, Func<AccountId, Exception?> why)
    {
        if (accounts.Select(why).FirstOrDefault(failure => failure is not null) is { } failure)
        {
            throw failure;
        }
    }
}
