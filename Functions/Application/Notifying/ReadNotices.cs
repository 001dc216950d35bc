using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Notifying;

/// <summary>A notice and whose it is.</summary>
public sealed record NoticeEntry(AccountId Account, DebitId Debit, Notice Notice, bool ByLetter);

/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record NoticePage(IReadOnlyList<NoticeEntry> Items, string? Next);

/// <summary>Where a page of notices ended: a bucket, and the place within it.</summary>
public sealed record NoticePlace(int Bucket, AccountId Account, DebitId Debit, int Number)
{
    private const int Parts = 4;

    public static NoticePlace? Parse(string text) =>
        text.Split('|') is { Length: Parts } parts
        && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bucket)
        && bucket < Ledgers.Bucket.Count
        && DebitId.TryParse(parts[2], out var debit)
        && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new NoticePlace(bucket, new AccountId(parts[1]), debit, number)
            : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Bucket}|{Account}|{Debit}|{Number}");

    public bool IsBefore(NoticeEntry entry) =>
        (Account, Debit, Number).CompareTo((entry.Account, entry.Debit, entry.Notice.Number)) < 0;
}

/// <summary>The notices of one state, bucket by bucket: it reads the accounts that have any.</summary>
public sealed class ReadNotices(ILedgerStore ledgers)
{
    public async Task<NoticePage> RunAsync(NoticeState state, NoticePlace? after, int limit, CancellationToken cancel)
    {
        List<NoticeEntry> items = [];
        foreach (var bucket in Bucket.All.Where(bucket => bucket.Number >= (after?.Bucket ?? 0)))
        {
            var place = after?.Bucket == bucket.Number ? after : null;
            foreach (var entry in await ReadAsync(bucket, state, cancel))
            {
                if (place?.IsBefore(entry) == false)
                {
                    continue;
                }

                if (items.Count == limit)
                {
                    return new NoticePage(items, PlaceOf(items[^1]));
                }

                items.Add(entry);
            }
        }

        return new NoticePage(items, null);
    }

    private async Task<IEnumerable<NoticeEntry>> ReadAsync(Bucket bucket, NoticeState state, CancellationToken cancel)
    {
        List<NoticeEntry> found = [];
        await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.Told, cancel).WithCancellation(cancel))
        {
            found.AddRange(
                from entry in page
                from debit in entry.Ledger.Debits
                from notice in debit.Notices
                where notice.State == state
                select new NoticeEntry(entry.Ledger.Id, debit.Id, notice, entry.Ledger.IsToldByLetter(debit))
            );
        }

        return found.OrderBy(entry => entry.Account).ThenBy(entry => entry.Debit).ThenBy(entry => entry.Notice.Number);
    }

    private static string PlaceOf(NoticeEntry entry) =>
        new NoticePlace(Bucket.Of(entry.Account).Number, entry.Account, entry.Debit, entry.Notice.Number).ToString();
}
