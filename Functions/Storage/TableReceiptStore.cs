using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Autopay.Storage;

/// <summary>
/// Waiting receipts are rows of the ledger's own partition; a batch is a blob that is never written again.
/// </summary>
public sealed class TableReceiptStore(StorageClients clients) : IReceiptStore
{
    private const int MostActions = 100;

    public async IAsyncEnumerable<PendingReceipts> ReadPendingAsync(
        Bucket bucket,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var filter =
            $"PartitionKey eq '{LedgerKeys.Partition(bucket)}' and RowKey ge '{LedgerKeys.Receipts}' and RowKey "
            + $"lt '{LedgerKeys.After(LedgerKeys.Receipts)}'";
        await foreach (var row in TableOf(bucket).QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            yield return new PendingReceipts(
                KeyOf(row.RowKey),
                new AccountId(row.RowKey.Split('|')[1]),
                JsonSerializer.Deserialize(LongText.Read(row, "Receipts"), LedgerJson.Default.IReadOnlyListReceipt)!
            );
        }
    }

    public async Task DeleteAsync(Bucket bucket, IReadOnlySet<string> keys, CancellationToken cancel)
    {
        List<TableTransactionAction> there = [];
        await foreach (var pending in ReadPendingAsync(bucket, cancel))
        {
            if (keys.Contains(pending.Key))
            {
                var row = new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.Receipts + pending.Key)
                {
                    ETag = ETag.All,
                };
                there.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
            }
        }

        foreach (var some in there.Chunk(MostActions))
        {
            await TableOf(bucket).SubmitTransactionAsync(some, cancel);
        }
    }

    public async Task<bool> TryWriteBatchAsync(int number, string csv, CancellationToken cancel)
    {
        try
        {
            await BlobOf(number)
                .UploadAsync(
                    BinaryData.FromString(csv),
                    new BlobUploadOptions
                    {
                        Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                        HttpHeaders = new BlobHttpHeaders { ContentType = "text/csv" },
                    },
                    cancel
                );
            return true;
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            return false;
        }
    }

    public async Task<string?> ReadBatchAsync(int number, CancellationToken cancel)
    {
        try
        {
            return (await BlobOf(number).DownloadContentAsync(cancel)).Value.Content.ToString();
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    private static string KeyOf(string rowKey) => rowKey[LedgerKeys.Receipts.Length..];

    private BlobClient BlobOf(int number) =>
        clients
            .Container(StorageClients.ReceiptsContainer)
            .GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"receipts-{number:00000000}.csv"));

    private TableClient TableOf(Bucket bucket) => clients.Table(LedgerKeys.Table(bucket));
}
