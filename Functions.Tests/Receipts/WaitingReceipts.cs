using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;
using Autopay.Tests.ChargeProtocol;

namespace Autopay.Tests.Receipts;

/// <summary>Receipts and batches in memory; a batch is written once.</summary>
internal sealed class WaitingReceipts : IReceiptStore
{
    private readonly List<PendingReceipts> rows = [];

    public IReadOnlyList<PendingReceipts> Rows => rows;

    public Dictionary<int, string> Batches { get; } = [];

    public void Add(string account, long cents)
    {
        var kind = cents < 0 ? ReceiptKind.Returned : ReceiptKind.Collected;
        rows.Add(new PendingReceipts($"{account}|1-{rows.Count + 1:00000000}", new AccountId(account), [new Receipt(kind, new DateOnly(2020, 1, 31), new BillId("b1"), null, new Money(cents), "pi_1")]));
    }

    public IAsyncEnumerable<PendingReceipts> ReadPendingAsync(Bucket bucket, CancellationToken cancel) =>
        rows.Where(row => Bucket.Of(row.Account) == bucket).ToList().ToAsyncEnumerable();

    public Task DeleteAsync(Bucket bucket, IReadOnlySet<string> keys, CancellationToken cancel)
    {
        rows.RemoveAll(row => Bucket.Of(row.Account) == bucket && keys.Contains(row.Key));
        return Task.CompletedTask;
    }

    public Task<bool> TryWriteBatchAsync(int number, string csv, CancellationToken cancel) => Task.FromResult(Batches.TryAdd(number, csv));

    public Task<string?> ReadBatchAsync(int number, CancellationToken cancel) => Task.FromResult(Batches.GetValueOrDefault(number));
}

/// <summary>The same, with a step that goes wrong.</summary>
internal sealed class SteppedReceipts(IReceiptStore inner, Steps steps) : IReceiptStore
{
    public IAsyncEnumerable<PendingReceipts> ReadPendingAsync(Bucket bucket, CancellationToken cancel) => inner.ReadPendingAsync(bucket, cancel);

    public Task DeleteAsync(Bucket bucket, IReadOnlySet<string> keys, CancellationToken cancel) => steps.TakeAsync(
        async () =>
        {
            await inner.DeleteAsync(bucket, keys, cancel);
            return true;
        },
        SteppedControlsStore.Away<bool>);

    public Task<bool> TryWriteBatchAsync(int number, string csv, CancellationToken cancel) =>
        steps.TakeAsync(() => inner.TryWriteBatchAsync(number, csv, cancel), SteppedControlsStore.Away<bool>);

    public Task<string?> ReadBatchAsync(int number, CancellationToken cancel) =>
        steps.TakeAsync(() => inner.ReadBatchAsync(number, cancel), SteppedControlsStore.Away<string?>);
}
