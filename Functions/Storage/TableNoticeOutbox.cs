using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>Notices that wait are rows of the ledger's own partition.</summary>
public sealed class TableNoticeOutbox(StorageClients clients, CityClock clock) : INoticeOutbox
{
    private const int PageSize = 100;

    public IAsyncEnumerable<WaitingNotices> ReadAsync(Bucket bucket, NoticeWay way, CancellationToken cancel)
    {
        var filter =
            $"PartitionKey eq '{LedgerKeys.Partition(bucket)}' and RowKey ge '{LedgerKeys.Notices}' and RowKey "
            + $"lt '{LedgerKeys.After(LedgerKeys.Notices)}'"
            + (way == NoticeWay.Email ? $" and {NoticeRows.ByEmail} eq true" : "");
        return TableOf(bucket)
            .QueryAsync<TableEntity>(filter, maxPerPage: PageSize, cancellationToken: cancel)
            .Where(row => way == NoticeWay.Any || !IsTaken(row))
            .Select(NoticeRows.ToNotices);
    }

    public async Task<bool> TryTakeAsync(WaitingNotices notices, DateTimeOffset until, CancellationToken cancel)
    {
        var bucket = Bucket.Of(notices.Account);
        var row = new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.NoticesOf(notices.Account))
        {
            [NoticeRows.TakenUntil] = until,
        };
        try
        {
            await TableOf(bucket).UpdateEntityAsync(row, new ETag(notices.Tag), TableUpdateMode.Merge, cancel);
            return true;
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            return false;
        }
    }

    private bool IsTaken(TableEntity row) => row.GetDateTimeOffset(NoticeRows.TakenUntil) > clock.Now.Utc;

    private TableClient TableOf(Bucket bucket) => clients.Table(LedgerKeys.Table(bucket));
}
