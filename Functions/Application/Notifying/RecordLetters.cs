using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Notifying;

/// <summary>
/// A list of letters was mailed: each is recorded as sent with the list as its proof, where its account still owes no
/// more and no earlier than was printed. The others are named, and wait for another letter.
/// </summary>
public sealed class RecordLetters(AccountBooks books, MakeLetters letters, SendHints hints)
{
    private const int AtOnce = 100;

    /// <returns>Null when no list has the id.</returns>
    /// <exception cref="RefusedException">It was mailed later than its letters say, before they were made, or is not
    /// mailed yet.</exception>
    public async Task<LettersMailed?> RunAsync(
        string list,
        DateOnly mailedOn,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (await letters.FindAsync(list, cancel) is not { } printed)
        {
            return null;
        }

        RefuseOtherDays(printed, mailedOn);
        List<LetterLeft> left = [];
        var recorded = 0;
        foreach (var ofBucket in printed.Rows.GroupBy(row => Bucket.Of(row.Account)))
        {
            foreach (var some in ofBucket.GroupBy(row => row.Account).Chunk(AtOnce))
            {
                recorded += await RecordAsync(ofBucket.Key, printed, some, mailedOn, authority, left, cancel);
            }

            await hints.RunAsync([new EvaluateMessage(ofBucket.Key.Number, authority.Why)]);
        }

        return new LettersMailed(list, mailedOn, recorded, left);
    }

    private void RefuseOtherDays(LetterList printed, DateOnly mailedOn)
    {
        if (mailedOn > printed.MailOn || mailedOn > books.Clock.Now.Today)
        {
            throw new RefusedException(
                $"The days that the letters of list {printed.Id} name hold when they are mailed by "
                    + $"{printed.MailOn:yyyy-MM-dd}, and they are recorded when they are mailed. "
                    + "Make another list for a later day."
            );
        }

        if (mailedOn < printed.MadeOn)
        {
            throw new RefusedException(
                $"The letters of list {printed.Id} were made on {printed.MadeOn:yyyy-MM-dd}: they were not mailed on "
                    + $"{mailedOn:yyyy-MM-dd}."
            );
        }
    }

    private async Task<int> RecordAsync(
        Bucket bucket,
        LetterList list,
        IReadOnlyList<IGrouping<AccountId, LetterRow>> rows,
        DateOnly mailedOn,
        Authority authority,
        List<LetterLeft> left,
        CancellationToken cancel
    )
    {
        var controls = (await books.Controls.LoadAsync(cancel)).Controls;
        var entries = (
            await books.Ledgers.LoadManyAsync(bucket, [.. rows.Select(account => account.Key)], cancel)
        ).ToDictionary(entry => entry.Ledger.Id);
        List<AccountWork> work = [];
        foreach (var account in rows)
        {
            var entry = entries.GetValueOrDefault(account.Key);
            var asked = account.ToLookup(row => WhyNot(entry?.Ledger, row, controls, list.MailOn));
            left.AddRange(
                asked
                    .Where(some => some.Key is not null)
                    .SelectMany(some =>
                        some.Select(row => new LetterLeft(row.Account, row.Debit, row.Notice, some.Key!))
                    )
            );
            if (entry is not null && asked[null].ToList() is { Count: > 0 } told)
            {
                work.Add(
                    new AccountWork(
                        entry,
                        [.. told.Select(row => (Func<Moment, LedgerCommand>)(now => Sent(row, list, mailedOn, now)))]
                    )
                );
            }
        }

        var results = await books.Writer.WriteAsync(new WriteScope(bucket, controls, authority), work, cancel);
        return results.Sum(result => result.Events.OfType<NoticeSent>().Count());
    }

    /// <summary>Null where the letter still tells enough.</summary>
    private static string? WhyNot(AccountLedger? ledger, LetterRow row, Controls controls, DateOnly mailOn) =>
        ledger?.FindDebit(row.Debit) is not { } debit
        || !debit.Notices.Any(notice => notice.Number == row.Notice && notice.IsWaiting)
            ? "it does not wait any more"
        : NoticeContent.Of(ledger, debit, row.Kind, controls, mailOn) is not { } now
            ? "there is nothing to tell any more"
        : now.Amount.Cents > row.AmountCents
            ? $"{new Money(row.AmountCents)} was printed, and {now.Amount} is asked for by this time"
        : now.Day > row.Day ? $"{row.Day:yyyy-MM-dd} was printed, and it leaves no earlier than {now.Day:yyyy-MM-dd}"
        : null;

    private static RecordNoticeSent Sent(LetterRow row, LetterList list, DateOnly mailedOn, Moment now) =>
        new(
            row.Debit,
            row.Notice,
            NoticeChannel.Letter,
            mailedOn,
            new Money(row.AmountCents),
            row.Day,
            $"letters {list.Id}",
            now
        );
}
