using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Books;

/// <summary>What the ledgers of one bucket came to when they were last counted.</summary>
/// <param name="At">When the count began, UTC.</param>
/// <param name="Ledgers">How many there were.</param>
public sealed record BucketSums(Bucket Bucket, DateTimeOffset At, int Ledgers, IReadOnlyList<CycleSum> Cycles)
{
    /// <summary>What waits for people in its accounts; null in sums of before that was counted.</summary>
    public WorkSums? Work { get; init; }

    /// <summary>How many of its debits and refunds engineers look after; null where that was not counted.</summary>
    public int? Watched { get; init; }
}

/// <summary>
/// One row a bucket, of those that are too large to be counted for each answer. Every one can be made anew.
/// </summary>
public interface ICycleSumStore
{
    /// <summary>All that are kept: one request, and one more for each 4 MiB.</summary>
    Task<IReadOnlyList<BucketSums>> ReadAllAsync(CancellationToken cancel);

    Task SaveAsync(BucketSums sums, CancellationToken cancel);
}
