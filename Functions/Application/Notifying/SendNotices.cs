using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Notifying;

/// <summary>What became of a bucket's notices.</summary>
/// <param name="Waiting">The server does not take them now.</param>
public readonly record struct NoticeTally(int Sent, int Failed, int Dropped, int Waiting);

/// <summary>
/// Sends a bucket's notices by e-mail, each from the ledger as it is at that moment, and records it with the id of the
/// message as its proof. Who dies between the two sends the same message once more, under the same id.
/// </summary>
public sealed class SendNotices(AccountBooks books, INoticeOutbox outbox, IMailer mailer, NoticeSender city)
{
    /// <summary>Accounts a run: what is left the sweep asks for again.</summary>
    private const int MostAccounts = 200;

    /// <summary>What no server has taken by then goes by letter: a debit may wait for it.</summary>
    private const int TriedForDays = 3;

    private static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(4);

    /// <exception cref="MailAwayException">What is not sent goes on waiting, or by letter after three days.</exception>
    public async Task<NoticeTally> RunAsync(Bucket bucket, CancellationToken cancel)
    {
        var tally = new NoticeTally();
        if (!mailer.IsConfigured)
        {
            return tally;
        }

        var waiting = await outbox.ReadAsync(bucket, NoticeWay.Email, cancel).Take(MostAccounts).ToListAsync(cancel);
        if (waiting.Count == 0)
        {
            return tally;
        }

        try
        {
            return await SendAsync(waiting, tally, cancel);
        }
        catch (MailAwayException away)
        {
            await GiveUpAsync(waiting, away.Message, cancel);
            throw;
        }
    }

    /// <summary>The same for the same notice, whoever sends it and however often.</summary>
    public static string IdOf(DebitId debit, int number) =>
        $"notice-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{debit}|{number}")))[..32]}";

    private async Task<NoticeTally> SendAsync(
        IReadOnlyList<WaitingNotices> waiting,
        NoticeTally tally,
        CancellationToken cancel
    )
    {
        await using var session = await mailer.OpenAsync(cancel);
        foreach (var notices in waiting)
        {
            cancel.ThrowIfCancellationRequested();
            tally = await outbox.TryTakeAsync(notices, books.Clock.Now.Utc + TakenFor, cancel)
                ? await SendAsync(session, notices, tally, cancel)
                : tally;
        }

        return tally;
    }

    private async Task GiveUpAsync(IReadOnlyList<WaitingNotices> waiting, string why, CancellationToken cancel)
    {
        var controls = (await books.Controls.LoadAsync(cancel)).Controls;
        foreach (var notices in waiting.Where(it => it.Notices.Any(IsTooOld)))
        {
            var entry = await books.Ledgers.LoadAsync(notices.Account, cancel);
            foreach (var old in notices.Notices.Where(IsTooOld))
            {
                entry =
                    entry is not null && StillWaits(entry.Ledger, old)
                        ? await RecordAsync(
                            entry,
                            now => new RecordNoticeFailed(old.Debit, old.Number, why, now),
                            controls
                        )
                        : entry;
            }
        }
    }

    private static bool StillWaits(AccountLedger ledger, PendingNotice notice) =>
        ledger.PendingNotices().Any(it => it == notice && !it.ByLetter);

    private static PendingNotice? NextOf(AccountLedger ledger, HashSet<(DebitId, int)> tried) =>
        ledger.PendingNotices().FirstOrDefault(it => !it.ByLetter && !tried.Contains((it.Debit, it.Number)));

    private bool IsTooOld(PendingNotice notice) => notice.AskedOn.AddDays(TriedForDays) < books.Clock.Now.Today;

    private async Task<NoticeTally> SendAsync(
        IMailSession session,
        WaitingNotices notices,
        NoticeTally tally,
        CancellationToken cancel
    )
    {
        var entry = await books.Ledgers.LoadAsync(notices.Account, cancel);
        var controls = (await books.Controls.LoadAsync(cancel)).Controls;
        HashSet<(DebitId, int)> tried = [];
        // What is asked for meanwhile finds the row taken: it goes out with the others.
        while (entry is not null && NextOf(entry.Ledger, tried) is { } notice)
        {
            tried.Add((notice.Debit, notice.Number));
            var (command, end) = await SendAsync(session, entry.Ledger, notice, controls, cancel);
            tally = Add(tally, end);
            entry = command is null ? entry : await RecordAsync(entry, command, controls);
        }

        return tally;
    }

    // What is sent is recorded, whoever has gone meanwhile.
    private async Task<LedgerEntry> RecordAsync(
        LedgerEntry entry,
        Func<Moment, LedgerCommand> command,
        Controls controls
    )
    {
        var authority = books.Clock.Authority("autopay", "notices");
        var scope = new WriteScope(Bucket.Of(entry.Ledger.Id), controls, authority);
        var written = await books.Writer.WriteAsync(scope, [new AccountWork(entry, [command])], CancellationToken.None);
        return written[0].Entry;
    }

    private async Task<(Func<Moment, LedgerCommand>? Command, MailEnd? End)> SendAsync(
        IMailSession session,
        AccountLedger ledger,
        PendingNotice notice,
        Controls controls,
        CancellationToken cancel
    )
    {
        var (debit, today) = (ledger.DebitOf(notice.Debit), books.Clock.Now.Today);
        if (NoticeContent.Of(ledger, debit, notice.Kind, controls, today) is not { } content)
        {
            return (now => new DropNotice(debit.Id, notice.Number, "There is nothing to tell any more", now), null);
        }

        var text = NoticeText.Of(ledger, content, city);
        var mail = new Mail(IdOf(debit.Id, notice.Number), ledger.Enrolled.Email!, text.Subject, text.Body);
        var answer = await session.SendAsync(mail, cancel);
        var end = answer.End == MailEnd.Later && IsTooOld(notice) ? MailEnd.Refused : answer.End;
        return (ToCommand(debit.Id, notice.Number, content, answer with { End = end }, today), end);
    }

    private static Func<Moment, LedgerCommand>? ToCommand(
        DebitId debit,
        int number,
        NoticeContent content,
        MailAnswer answer,
        DateOnly today
    ) =>
        answer.End switch
        {
            MailEnd.Sent => now => new RecordNoticeSent(
                debit,
                number,
                NoticeChannel.Email,
                today,
                content.Amount,
                content.Day,
                answer.Detail,
                now
            ),
            MailEnd.Refused => now => new RecordNoticeFailed(debit, number, answer.Detail, now),
            _ => null,
        };

    private static NoticeTally Add(NoticeTally tally, MailEnd? end) =>
        end switch
        {
            MailEnd.Sent => tally with { Sent = tally.Sent + 1 },
            MailEnd.Refused => tally with { Failed = tally.Failed + 1 },
            MailEnd.Later => tally with { Waiting = tally.Waiting + 1 },
            _ => tally with { Dropped = tally.Dropped + 1 },
        };
}
