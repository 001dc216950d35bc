using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Reconciling;

namespace Autopay.Application.Notifying;

/// <summary>
/// Makes lists of letters out of the notices that wait for them, and keeps each list: what was printed is the proof.
/// Without a mail server every notice is a letter.
/// </summary>
public sealed class MakeLetters(
    INoticeOutbox outbox,
    ILedgerStore ledgers,
    IControlsStore controlsStore,
    IReportStore lists,
    IMailer mailer
)
{
    private const string Kind = "letters";
    private const int MostRows = 1000;
    private const int AtOnce = 16;

    public async Task<LetterList> RunAsync(PrintRun run, Authority authority, CancellationToken cancel)
    {
        var (mailOn, after) = (run.MailOn, run.After);
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var rows = await ReadAsync(controls, mailOn, cancel);
        var ours = rows.Where(row => after is null || row.Account.CompareTo(after.Value) > 0).ToList();
        var printed = Whole(ours);
        var list = new LetterList(
            IdOf(mailOn, printed),
            mailOn,
            printed,
            authority.By,
            authority.Why,
            after,
            ours.Count - printed.Count
        );
        list = list with { MadeOn = await MadeOnAsync(list.Id, run.MadeOn, cancel) };
        await lists.SaveAsync(
            new StoredReport(Kind, list.Id, JsonSerializer.Serialize(list, ReportJson.Default.LetterList)),
            cancel
        );
        return list;
    }

    // The same letters are the same list: they may have been mailed since they were made first.
    private async Task<DateOnly> MadeOnAsync(string id, DateOnly madeOn, CancellationToken cancel) =>
        (await FindAsync(id, cancel))?.MadeOn is { } first && first < madeOn ? first : madeOn;

    /// <returns>Null when no list has the id.</returns>
    public async Task<LetterList?> FindAsync(string id, CancellationToken cancel) =>
        id.All(char.IsAsciiDigit) && await lists.FindAsync(Kind, id, cancel) is { } stored
            ? JsonSerializer.Deserialize(stored.Json, ReportJson.Default.LetterList)
            : null;

    /// <summary>Whether some of what waits needs a letter.</summary>
    public bool AreIn(WorkSums work) => (mailer.IsConfigured ? work.Letters : work.Notices) > 0;

    /// <summary>How many wait, and since when (civil day); null when none does.</summary>
    public async Task<(int Count, DateOnly Since)?> CountAsync(CancellationToken cancel)
    {
        var waiting = (await InParallel.SelectAsync([.. Bucket.All], AtOnce, bucket => WaitingAsync(bucket, cancel)))
            .SelectMany(rows => rows)
            .SelectMany(row => row.Notices);
        return CountOf(waiting);
    }

    /// <summary>The same of notices that somebody has seen already.</summary>
    public (int Count, DateOnly Since)? CountOf(IEnumerable<PendingNotice> notices)
    {
        var waiting = notices.Where(IsALetter).ToList();
        return waiting.Count == 0 ? null : (waiting.Count, waiting.Min(notice => notice.AskedOn));
    }

    private async Task<List<LetterRow>> ReadAsync(Controls controls, DateOnly mailOn, CancellationToken cancel)
    {
        var rows = await InParallel.SelectAsync(
            [.. Bucket.All],
            AtOnce,
            async bucket =>
            {
                var waiting = await WaitingAsync(bucket, cancel);
                var entries = await ledgers.LoadManyAsync(bucket, [.. waiting.Select(row => row.Account)], cancel);
                return entries.SelectMany(entry => RowsOf(entry.Ledger, controls, mailOn)).ToList();
            }
        );
        return [.. rows.SelectMany(some => some).OrderBy(row => row.Account).ThenBy(row => row.Debit)];
    }

    private async Task<List<WaitingNotices>> WaitingAsync(Bucket bucket, CancellationToken cancel) =>
        await outbox
            .ReadAsync(bucket, NoticeWay.Any, cancel)
            .Select(row => row with { Notices = [.. row.Notices.Where(IsALetter)] })
            .Where(row => row.Notices.Count > 0)
            .ToListAsync(cancel);

    private bool IsALetter(PendingNotice notice) => notice.ByLetter || !mailer.IsConfigured;

    private IEnumerable<LetterRow> RowsOf(AccountLedger ledger, Controls controls, DateOnly mailOn) =>
        from pending in ledger.PendingNotices().Where(IsALetter)
        let debit = ledger.DebitOf(pending.Debit)
        let content = NoticeContent.Of(ledger, debit, pending.Kind, controls, mailOn)
        where content is not null
        select new LetterRow(
            ledger.Id,
            ledger.Enrolled.Language ?? "en",
            content.Kind,
            content.Amount.Cents,
            content.Day,
            string.Join("; ", content.Bills.Select(line => NoticeText.BillLine(ledger, line))),
            debit.Id,
            pending.Number
        )
        {
            Text = NoticeText.OfLetter(ledger, content),
        };

    // An account's letters are in one list.
    private static List<LetterRow> Whole(List<LetterRow> rows) =>
        rows.Count <= MostRows ? rows
        : rows.FindAll(row => row.Account.CompareTo(rows[MostRows].Account) < 0) is { Count: > 0 } whole ? whole
        : rows[..MostRows];

    // Digits alone: the day first, so that lists sort by it.
    private static string IdOf(DateOnly mailOn, IReadOnlyList<LetterRow> rows)
    {
        var text = JsonSerializer.Serialize(new LetterList("", mailOn, rows, "", ""), ReportJson.Default.LetterList);
        var hash = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return string.Create(CultureInfo.InvariantCulture, $"{mailOn:yyyyMMdd}{hash:00000000000000000000}");
    }
}
