using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Notifying;

/// <summary>
/// Asks again for the buckets with notices that nobody has sent. A city without notices reads nothing.
/// </summary>
public sealed class RemindNotices(INoticeOutbox outbox, IMailer mailer, IWorkQueue queue, Policies policies)
{
    private const int AtOnce = 16;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (!mailer.IsConfigured || !policies.AsksForNotices)
        {
            return;
        }

        await InParallel.SelectAsync([.. Bucket.All], AtOnce, AskAsync);

        async Task<bool> AskAsync(Bucket bucket) =>
            await outbox.ReadAsync(bucket, NoticeWay.Email, cancel).AnyAsync(cancel)
            && await queue.TryEnqueueAsync(new NoticeMessage(bucket.Number), cancel);
    }
}
