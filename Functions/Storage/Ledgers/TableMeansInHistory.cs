using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// The only writer of a history row that is there already. It replaces what accounts files said, under the row's ETag,
/// and leaves numbers, people, reasons and all other events as they were.
/// </summary>
public sealed class TableMeansInHistory(StorageClients clients) : IMeansInHistory
{
    public async Task ForgetAsync(AccountId account, CancellationToken cancel)
    {
        var bucket = Bucket.Of(account);
        var table = clients.Table(LedgerKeys.Table(bucket));
        var prefix = LedgerKeys.HistoryPrefix(account);
        var rows = table.QueryAsync<TableEntity>(
            $"PartitionKey eq '{LedgerKeys.Partition(bucket)}' and RowKey ge '{LedgerKeys.Quote(prefix)}' "
                + $"and RowKey lt '{LedgerKeys.Quote(LedgerKeys.After(prefix))}'",
            cancellationToken: cancel
        );
        await foreach (var row in rows)
        {
            var said = HistoryRows.Read(row);
            if (said.Any(operation => operation.Events.Any(happened => Forgotten(happened) != happened)))
            {
                var forgotten = said.Select(operation =>
                    UnfiledOperation.Of(operation with { Events = [.. operation.Events.Select(Forgotten)] })
                );
                await table.UpdateEntityAsync(
                    HistoryRows.ToRow(bucket, account, [.. forgotten]),
                    row.ETag,
                    TableUpdateMode.Replace,
                    cancel
                );
            }
        }
    }

    private static LedgerEvent Forgotten(LedgerEvent happened) =>
        happened is AccountEnrolled enrolled
            ? enrolled with
            {
                Enrolment = enrolled.Enrolment.WithoutMeans(),
            }
            : happened;
}
