using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Books;

/// <summary>Receipts of one save that no batch has yet.</summary>
/// <param name="Key">Its row; the first part of its receipts' ids.</param>
public sealed record PendingReceipts(string Key, AccountId Account, IReadOnlyList<Receipt> Receipts);

/// <summary>
/// Receipts are saved in the transaction that saves what they tell of, wait in their bucket, and leave it with a batch.
/// A batch is a blob that is written once and never again.
/// </summary>
public interface IReceiptStore
{
    IAsyncEnumerable<PendingReceipts> ReadPendingAsync(Bucket bucket, CancellationToken cancel);

    /// <summary>Those of the rows that are still there.</summary>
    Task DeleteAsync(Bucket bucket, IReadOnlySet<string> keys, CancellationToken cancel);

    /// <summary>False when the batch was written before: that one stays.</summary>
    Task<bool> TryWriteBatchAsync(int number, string csv, CancellationToken cancel);

    /// <summary>The bytes as they were written; null when there is no such batch.</summary>
    Task<string?> ReadBatchAsync(int number, CancellationToken cancel);
}
