using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>What of a bucket waits for finance and for its customers, out of the rows beside the ledgers.</summary>
internal static class WaitingRows
{
    public static async Task<WaitingInBucket> ReadAsync(
        IAsyncEnumerable<TableEntity> rows,
        UnreadableLedgers? unreadable,
        CancellationToken cancel
    )
    {
        List<WorkItem> items = [];
        List<PendingNotice> notices = [];
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var isNotices = row.RowKey.StartsWith(LedgerKeys.Notices, StringComparison.Ordinal);
            try
            {
                items.AddRange(isNotices ? [] : WorkRows.ToItems(row));
                notices.AddRange(isNotices ? NoticeRows.ToNotices(row).Notices : []);
            }
            catch (Exception failure) when (unreadable is not null && TableLedgerStore.IsUnreadable(failure))
            {
                // Both have a prefix of the same length before the account.
                await unreadable.ListAsync(WorkRows.AccountOf(row), failure.Message, cancel);
            }
        }

        return new WaitingInBucket(items, notices);
    }
}
