using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Provider;

namespace Autopay.Rehearsal.World;

/// <summary>The city's controls during a rehearsal, with every version kept for the invariants.</summary>
public sealed class ScratchControlsStore(Policies policies) : IControlsStore
{
    private readonly List<ControlsHistoryRow> history = [];
    private readonly Dictionary<string, RecordedOperation> operations = [];
    private readonly List<Controls> versions = [new Controls { Policies = policies }];

    public Controls Current => versions[^1];

    public Controls? AtVersion(long version) => versions.Find(controls => controls.Version == version);

    public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) => LoadAsync(cancel);

    public Task<ControlsEntry> LoadAsync(CancellationToken cancel) => Task.FromResult(new ControlsEntry(Current, null));

    public Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel)
    {
        var isCurrent =
            before.Controls.Version == Current.Version
            && (act.Operation is not { } wanted || !operations.ContainsKey(wanted.Id));
        if (isCurrent)
        {
            versions.Add(after);
            history.Add(new ControlsHistoryRow(after.Version, act.Authority, act.Change));
            if (act.Operation is { } operation)
            {
                operations[operation.Id] = new RecordedOperation(operation, act.Change.Name, act.Authority)
                {
                    Version = after.Version,
                };
            }
        }

        return Task.FromResult(isCurrent);
    }

    public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
        history.ToAsyncEnumerable();

    public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
        Task.FromResult(operations.GetValueOrDefault(id));
}

public sealed class ScratchBucketScheduleStore : IBucketScheduleStore
{
    private readonly BucketSchedule[] schedules =
    [
        .. Bucket.All.Select(bucket => new BucketSchedule(bucket, null, 0, default, null)),
    ];

    public Task<IReadOnlyList<BucketSchedule>> ReadAllAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<BucketSchedule>>([.. schedules]);

    public Task<BucketSchedule> ReadAsync(Bucket bucket, CancellationToken cancel) =>
        Task.FromResult(schedules[bucket.Number]);

    public BucketSchedule? Recall(Bucket bucket) => null;

    public Task BringForwardAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel)
    {
        var schedule = schedules[bucket.Number];
        schedules[bucket.Number] = schedule.EarliestDue <= look ? schedule : schedule with { EarliestDue = look };
        return Task.CompletedTask;
    }

    public Task<BucketSchedule?> TryWriteAsync(BucketSchedule schedule, CancellationToken cancel) =>
        Task.FromResult<BucketSchedule?>(schedules[schedule.Bucket.Number] = schedule);
}

public sealed class ScratchStuckStore : IStuckStore
{
    private readonly Dictionary<string, StuckItem> items = [];

    public Task PutAsync(StuckItem item, CancellationToken cancel)
    {
        var known = items.GetValueOrDefault(item.Id);
        if (known is not { Closing: StuckClosing.Discarded } || known.Reason != item.Reason)
        {
            items[item.Id] = known is { Closing: null } ? item with { Since = known.Since } : item;
        }

        return Task.CompletedTask;
    }

    public Task<StuckItem?> FindAsync(string id, CancellationToken cancel) =>
        Task.FromResult(items.GetValueOrDefault(id));

    public Task<bool> TryCloseAsync(string id, StuckClosing closing, Authority authority, CancellationToken cancel)
    {
        var isOpen = items.TryGetValue(id, out var item) && item.Closing is null;
        if (isOpen)
        {
            items[id] = item! with { Closing = closing, ClosedBy = authority };
        }

        return Task.FromResult(isOpen);
    }

    public Task RemoveAsync(string id, CancellationToken cancel)
    {
        items.Remove(id);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<StuckItem> ReadAllAsync(CancellationToken cancel) =>
        items.Values.Where(item => item.Closing is null).ToAsyncEnumerable();
}

public sealed class ScratchSuspenseStore : ISuspenseStore
{
    private readonly Dictionary<(string, PaymentId), SuspensePayment> payments = [];
    private int writes;

    public Task PutAsync(SuspensePayment payment, CancellationToken cancel)
    {
        payments.TryAdd(KeyOf(payment), payment with { Tag = NewTag() });
        return Task.CompletedTask;
    }

    public Task<SuspensePayment?> FindAsync(string namedAccount, PaymentId payment, CancellationToken cancel) =>
        Task.FromResult(payments.GetValueOrDefault((namedAccount, payment)));

    public IAsyncEnumerable<SuspensePayment> ReadAllAsync(CancellationToken cancel) =>
        payments.Values.ToList().ToAsyncEnumerable();

    public Task<SuspensePayment?> SaveAsync(SuspensePayment payment, CancellationToken cancel) =>
        Task.FromResult(
            payments[KeyOf(payment)].Tag == payment.Tag
                ? payments[KeyOf(payment)] = payment with { Tag = NewTag() }
                : null
        );

    private static (string, PaymentId) KeyOf(SuspensePayment payment) => (payment.NamedAccount, payment.Payment.Id);

    private string NewTag() => (++writes).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The imports of a rehearsal and their files, in memory.</summary>
public sealed class ScratchImportStore : IImportStore
{
    private readonly Dictionary<string, ImportRecord> records = [];
    private readonly Dictionary<string, byte[]> files = [];
    private readonly Dictionary<(string Import, DateTimeOffset Arrived, string Place), ImportFinding> findings = [];
    private ImportRecord? turn;
    private int writes;

    private IEnumerable<ImportRecord> Unfinished => records.Values.Where(record => !record.IsEnded).InOrderOfArrival();

    public Task<ImportRecord?> FindAsync(string importId, CancellationToken cancel) =>
        Task.FromResult(records.GetValueOrDefault(importId));

    public Task<bool> TryCreateAsync(ImportRecord record, CancellationToken cancel) =>
        Task.FromResult(records.TryAdd(record.Id, record with { Tag = NewTag() }));

    public Task<ImportRecord?> SaveAsync(ImportRecord record, CancellationToken cancel)
    {
        var isCurrent = record.Tag is null || records[record.Id].Tag == record.Tag;
        return Task.FromResult<ImportRecord?>(isCurrent ? records[record.Id] = record with { Tag = NewTag() } : null);
    }

    public IAsyncEnumerable<ImportRecord> ReadUnfinishedAsync(CancellationToken cancel) =>
        Unfinished.ToList().ToAsyncEnumerable();

    public IAsyncEnumerable<ImportRecord> ReadAllAsync(CancellationToken cancel) =>
        records.Values.ToList().ToAsyncEnumerable();

    public Task AddFindingsAsync(
        ImportRecord import,
        IReadOnlyCollection<ImportFinding> findings,
        CancellationToken cancel
    )
    {
        foreach (var finding in findings)
        {
            this.findings[(import.Id, import.Arrival.At, finding.Place)] = finding;
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<ImportFinding> ReadFindingsAsync(
        ImportRecord import,
        string? after,
        CancellationToken cancel
    ) =>
        findings
            .Where(finding => (finding.Key.Import, finding.Key.Arrived) == (import.Id, import.Arrival.At))
            .Select(finding => finding.Value)
            .OrderBy(finding => finding.Place, StringComparer.Ordinal)
            .Where(finding => after is null || string.CompareOrdinal(finding.Place, after) > 0)
            .ToList()
            .ToAsyncEnumerable();

    public async Task StoreFileAsync(string importId, Stream content, CancellationToken cancel)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancel);
        files[importId] = copy.ToArray();
    }

    public Task<Stream> OpenFileAsync(string importId, CancellationToken cancel) =>
        Task.FromResult<Stream>(new MemoryStream(files[importId], writable: false));

    public Task<bool> HasFileAsync(string importId, CancellationToken cancel) =>
        Task.FromResult(files.ContainsKey(importId));

    // Who is done, waits for approval, or has arrived once more since, has no right to a turn that was left behind.
    public Task<bool> TakeTurnAsync(ImportRecord import, CancellationToken cancel)
    {
        var holder = turn is { } taken ? Unfinished.FirstOrDefault(it => !it.Waits && taken.IsSameArrival(it)) : null;
        var isMine = (holder ?? Unfinished.NextInTurn())?.IsSameArrival(import) == true;
        turn = isMine ? import : holder;
        return Task.FromResult(isMine);
    }

    public Task EndTurnAsync(ImportRecord import, CancellationToken cancel)
    {
        turn = turn?.IsSameArrival(import) == true ? null : turn;
        return Task.CompletedTask;
    }

    private string NewTag() => (++writes).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A rehearsal gives nothing back: nobody asks it to.</summary>
public sealed class NoRefunds : IRefundProvider
{
    public Task<ProviderAnswer> CreateRefundAsync(Refund refund, string intentId) =>
        Task.FromResult<ProviderAnswer>(new ProviderAnswer.NotYet("no refunds here"));

    public Task<IReadOnlyList<RefundReading>?> ListRefundsAsync(string intentId) =>
        Task.FromResult<IReadOnlyList<RefundReading>?>([]);
}
