using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// The payment rows of a bucket and the rows beside them, which lie together: one range, a request for each thousand.
/// </summary>
public sealed class TablePostedPayments(StorageClients clients) : IPostedPayments
{
    private static readonly string[] KeyAndCycle = ["RowKey", "Cycle"];

    public async Task<IReadOnlyList<PostedPayment>> ReadAsync(
        Bucket bucket,
        DateOnly receivedFrom,
        CancellationToken cancel
    )
    {
        // The row of a change comes after that of its payment, a later change after an earlier one.
        Dictionary<(AccountId, PaymentId), PostedPayment> found = [];
        await foreach (var row in Query(bucket, LedgerKeys.Payments, LedgerKeys.ChangedPayments, null, cancel))
        {
            if (PaymentRows.ToPosted(row) is { } payment)
            {
                found[(payment.Account, payment.Id)] = payment;
            }
        }

        return [.. found.Values.Where(payment => payment.ReceivedOn >= receivedFrom)];
    }

    public async Task<IReadOnlyDictionary<AccountId, CycleNumber>> ReadCyclesAsync(
        Bucket bucket,
        CancellationToken cancel
    )
    {
        Dictionary<AccountId, CycleNumber> cycles = [];
        await foreach (var row in Query(bucket, LedgerKeys.Ledger, LedgerKeys.Ledger, KeyAndCycle, cancel))
        {
            if (row.GetInt32("Cycle") is { } cycle)
            {
                cycles[new AccountId(row.RowKey[LedgerKeys.Ledger.Length..])] = new CycleNumber(cycle);
            }
        }

        return cycles;
    }

    private Azure.AsyncPageable<TableEntity> Query(
        Bucket bucket,
        string first,
        string last,
        string[]? columns,
        CancellationToken cancel
    ) =>
        clients
            .Table(LedgerKeys.Table(bucket))
            .QueryAsync<TableEntity>(
                $"PartitionKey eq '{LedgerKeys.Partition(bucket)}' and RowKey ge '{first}' and "
                    + $"RowKey lt '{LedgerKeys.After(last)}'",
                select: columns,
                cancellationToken: cancel
            );
}
