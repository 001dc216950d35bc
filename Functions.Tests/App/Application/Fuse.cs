using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Application;

/// <summary>The process dies here.</summary>
internal sealed class KilledException : Exception;

/// <summary>Counts writes, and kills before or after the effect of one of them.</summary>
internal sealed class Fuse
{
    private int? killBefore;
    private int? killAfter;
    private int? deadFrom;
    private (int Write, Func<Task> Elsewhere)? meanwhile;

    public int Writes { get; private set; }

    /// <summary>Hears of each import record after it was saved, and may kill there.</summary>
    public Action<ImportRecord>? Saved { get; set; }

    /// <summary>The files are gone, and the imports are still known.</summary>
    public bool FilesAreGone { get; set; }

    /// <summary>Somebody else is always first to save an import.</summary>
    public bool IsOvertaken { get; set; }

    public void BlowBefore(int write) => (Writes, killBefore, killAfter) = (0, write, null);

    public void BlowAfter(int write) => (Writes, killBefore, killAfter) = (0, null, write);

    /// <summary>The process is gone before it: nothing is written any more, nor given back.</summary>
    public void DieBefore(int write) => (Writes, deadFrom) = (0, write);

    public void Mend() => (Writes, killBefore, killAfter, deadFrom) = (0, null, null, null);

    /// <summary>What others do just before one of the writes, while its worker stands still.</summary>
    public void Meanwhile(int write, Func<Task> elsewhere) => (Writes, meanwhile) = (0, (write, elsewhere));

    public async Task<T> WriteAsync<T>(Func<Task<T>> effect)
    {
        if (++Writes == meanwhile?.Write)
        {
            var elsewhere = meanwhile.Value.Elsewhere;
            meanwhile = null;
            await elsewhere();
        }

        var result = Writes == killBefore || Writes >= deadFrom ? throw new KilledException() : await effect();
        return Writes == killAfter ? throw new KilledException() : result;
    }

    public Task WriteAsync(Func<Task> effect) =>
        WriteAsync(async () =>
        {
            await effect();
            return true;
        });
}

internal sealed class FusedLedgerStore(ILedgerStore inner, Fuse fuse) : LedgerStoreAround(inner)
{
    public override Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    ) => fuse.WriteAsync(() => base.SaveAsync(bucket, saves, cancel));
}

internal sealed class FusedSuspenseStore(ISuspenseStore inner, Fuse fuse) : ISuspenseStore
{
    public Task PutAsync(SuspensePayment payment, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.PutAsync(payment, cancel));

    public IAsyncEnumerable<SuspensePayment> ReadAllAsync(CancellationToken cancel) => inner.ReadAllAsync(cancel);

    public Task<SuspensePayment?> FindAsync(string namedAccount, PaymentId payment, CancellationToken cancel) =>
        inner.FindAsync(namedAccount, payment, cancel);

    public Task<SuspensePayment?> SaveAsync(SuspensePayment payment, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.SaveAsync(payment, cancel));
}

internal sealed class FusedImportStore(IImportStore inner, Fuse fuse) : IImportStore
{
    public Task<ImportRecord?> FindAsync(string importId, CancellationToken cancel) =>
        inner.FindAsync(importId, cancel);

    public Task<bool> TryCreateAsync(ImportRecord record, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.TryCreateAsync(record, cancel));

    public async Task<ImportRecord?> SaveAsync(ImportRecord record, CancellationToken cancel)
    {
        var saved = await fuse.WriteAsync(() =>
            fuse.IsOvertaken ? Task.FromResult<ImportRecord?>(null) : inner.SaveAsync(record, cancel)
        );
        fuse.Saved?.Invoke(record);
        return saved;
    }

    public IAsyncEnumerable<ImportRecord> ReadUnfinishedAsync(CancellationToken cancel) =>
        inner.ReadUnfinishedAsync(cancel);

    public Task AddFindingsAsync(
        ImportRecord import,
        IReadOnlyCollection<ImportFinding> findings,
        CancellationToken cancel
    ) => fuse.WriteAsync(() => inner.AddFindingsAsync(import, findings, cancel));

    public IAsyncEnumerable<ImportFinding> ReadFindingsAsync(
        ImportRecord import,
        string? after,
        CancellationToken cancel
    ) => inner.ReadFindingsAsync(import, after, cancel);

    public Task StoreFileAsync(string importId, Stream content, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.StoreFileAsync(importId, content, cancel));

    /// <summary>How often a stored file was read.</summary>
    public int Readings { get; private set; }

    public Task<Stream> OpenFileAsync(string importId, CancellationToken cancel)
    {
        Readings++;
        return inner.OpenFileAsync(importId, cancel);
    }

    public async Task<bool> HasFileAsync(string importId, CancellationToken cancel) =>
        !fuse.FilesAreGone && await inner.HasFileAsync(importId, cancel);

    public IAsyncEnumerable<ImportRecord> ReadAllAsync(CancellationToken cancel) => inner.ReadAllAsync(cancel);

    public Task<bool> TakeTurnAsync(ImportRecord import, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.TakeTurnAsync(import, cancel));

    public Task EndTurnAsync(ImportRecord import, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.EndTurnAsync(import, cancel));
}

internal sealed class RecordingQueue : IWorkQueue
{
    public List<ImportMessage> Imports { get; } = [];

    /// <summary>Those that nobody is to see before.</summary>
    public List<(ImportMessage Message, TimeSpan After)> Later { get; } = [];

    /// <summary>Runs that need not be watched any more.</summary>
    public List<string> Withdrawn { get; } = [];

    public List<RunMessage> Runs { get; } = [];

    public List<NoticeMessage> Notices { get; } = [];

    public bool IsAway { get; set; }

    public List<EvaluateMessage> Evaluations { get; } = [];

    public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel)
    {
        Evaluations.Add(message);
        return Task.FromResult(true);
    }

    public Task WithdrawAsync(string watchedRun, CancellationToken cancel)
    {
        Withdrawn.Add(watchedRun);
        return Task.CompletedTask;
    }

    public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel) =>
        TryEnqueueAsync(message, cancel);

    public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
        Task.FromResult(true);

    public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel)
    {
        Imports.Add(message);
        return Task.FromResult(!IsAway);
    }

    public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel)
    {
        Later.Add((message, after));
        return Task.FromResult(!IsAway);
    }

    public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel)
    {
        Notices.Add(message);
        return Task.FromResult(!IsAway);
    }

    public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel)
    {
        Runs.Add(message);
        return Task.FromResult(!IsAway);
    }
}

internal sealed class FusedWaitingRows(IWaitingRows inner, Fuse fuse) : IWaitingRows
{
    public Task PutAsync(IReadOnlyCollection<WaitingRow> rows, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.PutAsync(rows, cancel));

    public Task<IReadOnlyList<WaitingRow>> ReadOpenAsync(CancellationToken cancel) => inner.ReadOpenAsync(cancel);

    public Task<WaitingRow?> FindAsync(string id, CancellationToken cancel) => inner.FindAsync(id, cancel);

    public Task EndAsync(WaitingRow row, WaitingEnd end, Authority authority, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.EndAsync(row, end, authority, cancel));

    public Task PutBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.PutBillsAsync(bucket, bills, cancel));

    public Task<IReadOnlyList<WaitingRow>> ReadBillsAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) => inner.ReadBillsAsync(bucket, accounts, cancel);

    public Task RemoveBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.RemoveBillsAsync(bucket, bills, cancel));

    public Task<int> DropBillsAsync(DateOnly dueBefore, CancellationToken cancel) =>
        fuse.WriteAsync(() => inner.DropBillsAsync(dueBefore, cancel));

    public Task<int> CountBillsAsync(CancellationToken cancel) => inner.CountBillsAsync(cancel);
}
