using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Books;

/// <summary>The back payments that are posted, without their ledgers.</summary>
public interface IPostedPayments
{
    /// <summary>
    /// Those of the bucket that were received on or after that civil day, each as it is now: corrected, and less what
    /// was reversed. One that was taken back whole is there too. The accounts' cycles are not read.
    /// </summary>
    Task<IReadOnlyList<PostedPayment>> ReadAsync(Bucket bucket, DateOnly receivedFrom, CancellationToken cancel);

    /// <summary>The cycle of each of the bucket's accounts that an accounts file has named.</summary>
    Task<IReadOnlyDictionary<AccountId, CycleNumber>> ReadCyclesAsync(Bucket bucket, CancellationToken cancel);
}
