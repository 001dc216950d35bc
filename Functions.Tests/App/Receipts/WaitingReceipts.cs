using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Receipts;

/// <summary>Receipts and batches in memory; a batch is written once.</summary>
internal sealed class WaitingReceipts : IReceiptStore
{
    private readonly List<PendingReceipts> rows = [];

    public IReadOnlyList<PendingReceipts> Rows => rows;

    public Dictionary<int, string> Batches { get; } = [];

    /// <summary>What happens once, just before the next read of a batch.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public void Add(
        string account,
        long cents,
        string intent = "pi_1",
        int generation = 1,
        int? operation = null,
        string? code = null,
        ReceiptKind? kind = null,
        string? bill = "b1",
        DateOnly? on = null
    ) =>
        rows.Add(
            new PendingReceipts(
                $"{account}|{generation}-{operation ?? rows.Count + 1:00000000}",
                new AccountId(account),
                [
                    new Receipt(
                        kind ?? (cents < 0 ? ReceiptKind.Returned : ReceiptKind.Collected),
                        on ?? new DateOnly(2020, 1, 31),
                        bill is null ? null : new BillId(bill),
                        null,
                        new Money(cents),
                        intent,
                        code
                    ),
                ]
            )
        );

    /// <summary>
    /// The books are those of a backup again: what waits is what waited then, and no batch that was written leaves.
    /// </summary>
    public void Restore(IReadOnlyList<PendingReceipts> backup)
    {
        rows.Clear();
        rows.AddRange(backup);
    }

    public IAsyncEnumerable<PendingReceipts> ReadPendingAsync(Bucket bucket, CancellationToken cancel) =>
        rows.Where(row => Bucket.Of(row.Account) == bucket).ToList().ToAsyncEnumerable();

    public Task DeleteAsync(Bucket bucket, IReadOnlySet<string> keys, CancellationToken cancel)
    {
        rows.RemoveAll(row => Bucket.Of(row.Account) == bucket && keys.Contains(row.Key));
        return Task.CompletedTask;
    }

    public Task<bool> TryWriteBatchAsync(int number, string csv, CancellationToken cancel) =>
        Task.FromResult(Batches.TryAdd(number, csv));

    public async Task<string?> ReadBatchAsync(int number, CancellationToken cancel)
    {
        var (elsewhere, _) = (Meanwhile, Meanwhile = null);
        await (elsewhere?.Invoke() ?? Task.CompletedTask);
        return Batches.GetValueOrDefault(number);
    }
}

/// <summary>The same, with a step that goes wrong.</summary>
internal sealed class SteppedReceipts(IReceiptStore inner, Steps steps) : IReceiptStore
{
    public IAsyncEnumerable<PendingReceipts> ReadPendingAsync(Bucket bucket, CancellationToken cancel) =>
        inner.ReadPendingAsync(bucket, cancel);

    public Task DeleteAsync(Bucket bucket, IReadOnlySet<string> keys, CancellationToken cancel) =>
        steps.TakeAsync(
            async () =>
            {
                await inner.DeleteAsync(bucket, keys, cancel);
                return true;
            },
            SteppedControlsStore.Away<bool>,
            cancel
        );

    public Task<bool> TryWriteBatchAsync(int number, string csv, CancellationToken cancel) =>
        steps.TakeAsync(() => inner.TryWriteBatchAsync(number, csv, cancel), SteppedControlsStore.Away<bool>, cancel);

    public Task<string?> ReadBatchAsync(int number, CancellationToken cancel) =>
        steps.TakeAsync(() => inner.ReadBatchAsync(number, cancel), SteppedControlsStore.Away<string?>, cancel);
}
