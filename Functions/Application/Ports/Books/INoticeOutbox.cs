using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Books;

/// <summary>Which rows of notices are read.</summary>
public enum NoticeWay
{
    /// <summary>All of them.</summary>
    Any,

    /// <summary>Those with something for an e-mail, and that nobody is sending now.</summary>
    Email,
}

/// <summary>What of an account has to be sent.</summary>
/// <param name="Tag">The store's version of the row.</param>
public sealed record WaitingNotices(AccountId Account, IReadOnlyList<PendingNotice> Notices, string Tag);

/// <summary>
/// Notices that wait to be sent. They are put there and taken away by the save of the ledger that they follow from.
/// </summary>
public interface INoticeOutbox
{
    IAsyncEnumerable<WaitingNotices> ReadAsync(Bucket bucket, NoticeWay way, CancellationToken cancel);

    /// <summary>Keeps others from sending it meanwhile.</summary>
    /// <param name="until">UTC; whoever dies before leaves it to others then.</param>
    /// <returns>False when it has changed since it was read.</returns>
    Task<bool> TryTakeAsync(WaitingNotices notices, DateTimeOffset until, CancellationToken cancel);
}
