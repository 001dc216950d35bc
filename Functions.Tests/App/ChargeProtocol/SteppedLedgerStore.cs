using System.Runtime.CompilerServices;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Tests.App.ChargeProtocol;

internal sealed class SteppedLedgerStore(ILedgerStore inner, Steps steps) : ILedgerStore
{
    public Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel) =>
        steps.TakeAsync(() => inner.LoadAsync(account, cancel), SteppedControlsStore.Away<LedgerEntry?>, cancel);

    public Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) =>
        steps.TakeAsync(
            () => inner.LoadManyAsync(bucket, accounts, cancel),
            SteppedControlsStore.Away<IReadOnlyList<LedgerEntry>>,
            cancel
        );

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadDueAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => StepAsync(inner.ReadDueAsync(bucket, now, cancel), cancel);

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadForWalkAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => StepAsync(inner.ReadForWalkAsync(bucket, now, cancel), cancel);

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
        Bucket bucket,
        LedgerFilter filter,
        CancellationToken cancel
    ) => inner.ScanAsync(bucket, filter, cancel);

    public Task<IReadOnlyList<WorkItem>> ReadWorkAsync(Bucket bucket, CancellationToken cancel) =>
        inner.ReadWorkAsync(bucket, cancel);

    public Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel) =>
        steps.TakeAsync(
            () => inner.EarliestDueAsync(bucket, cancel),
            SteppedControlsStore.Away<DateTimeOffset?>,
            cancel
        );

    public Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    ) =>
        steps.TakeAsync(
            () => inner.SaveAsync(bucket, saves, cancel),
            SteppedControlsStore.Away<IReadOnlyList<SaveResult>>,
            cancel
        );

    public IAsyncEnumerable<HistoryRow> ReadHistoryAsync(AccountId account, CancellationToken cancel) =>
        inner.ReadHistoryAsync(account, cancel);

    public Task<IReadOnlyList<Debit>> ReadArchivedAsync(AccountId account, CancellationToken cancel) =>
        inner.ReadArchivedAsync(account, cancel);

    private async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> StepAsync(
        IAsyncEnumerable<IReadOnlyList<LedgerEntry>> pages,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var page in pages)
        {
            yield return await steps.TakeAsync(
                () => Task.FromResult(page),
                SteppedControlsStore.Away<IReadOnlyList<LedgerEntry>>,
                cancel
            );
        }
    }
}
