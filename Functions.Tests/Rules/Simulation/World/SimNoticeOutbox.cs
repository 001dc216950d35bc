using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>The rows of notices, which follow from the ledgers.</summary>
internal sealed class SimNoticeOutbox(Func<IEnumerable<AccountLedger>> ledgers) : INoticeOutbox
{
    public IAsyncEnumerable<WaitingNotices> ReadAsync(Bucket bucket, NoticeWay way, CancellationToken cancel) =>
        ledgers()
            .Where(ledger => Bucket.Of(ledger.Id) == bucket && ledger.PendingNotices().Count > 0)
            .Select(ledger => new WaitingNotices(ledger.Id, ledger.PendingNotices(), ""))
            .ToList()
            .ToAsyncEnumerable();

    public Task<bool> TryTakeAsync(WaitingNotices notices, DateTimeOffset until, CancellationToken cancel) =>
        Task.FromResult(true);
}

/// <summary>A city without a mail server: everything goes by letter.</summary>
internal sealed class NoMailer : IMailer
{
    public bool IsConfigured => false;

    public Task<IMailSession> OpenAsync(CancellationToken cancel) =>
        Task.FromException<IMailSession>(new MailAwayException("there is none"));
}
