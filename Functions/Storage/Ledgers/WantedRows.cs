using Autopay.Application;
using Autopay.Application.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// The ledger rows of accounts that are known by name, for as few requests and rows as their number and their nearness
/// allow. Never by or-ed keys, which scan.
/// </summary>
internal sealed class WantedRows(TableClient table, Bucket bucket)
{
    /// <summary>The most that one answer holds.</summary>
    public const int OfAnswer = 1000;

    /// <summary>
    /// From this many on a range is read; and it is left where an answer of a thousand rows held fewer, because in a
    /// large city a few accounts of a bucket would read all of it.
    /// </summary>
    private const int Dense = 16;
    private const int KeysAtOnce = 64;

    public async Task<IReadOnlyList<TableEntity>> LoadAsync(
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    )
    {
        List<string> left = [.. accounts.Select(LedgerKeys.Account).Order(StringComparer.Ordinal)];
        List<TableEntity> found = [];
        if (left.Count >= Dense)
        {
            left = await ReadRangeAsync(left, found, cancel);
        }

        var rows = await InParallel.SelectAsync(left, KeysAtOnce, key => FindAsync(key, cancel));
        return [.. found, .. rows.OfType<TableEntity>()];
    }

    public async Task<TableEntity?> FindAsync(string key, CancellationToken cancel)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            LedgerKeys.Partition(bucket),
            key,
            cancellationToken: cancel
        );
        return row.HasValue ? row.Value : null;
    }

    /// <returns>What is better read by its key.</returns>
    private async Task<List<string>> ReadRangeAsync(
        List<string> keys,
        List<TableEntity> found,
        CancellationToken cancel
    )
    {
        var (wanted, left) = (keys.ToHashSet(StringComparer.Ordinal), keys);
        var range =
            $"PartitionKey eq '{LedgerKeys.Partition(bucket)}' and RowKey ge '{LedgerKeys.Quote(keys[0])}' "
            + $"and RowKey le '{LedgerKeys.Quote(keys[^1])}'";
        await foreach (
            var answer in table
                .QueryAsync<TableEntity>(range, maxPerPage: OfAnswer, cancellationToken: cancel)
                .AsPages()
                .WithCancellation(cancel)
        )
        {
            var before = found.Count;
            found.AddRange(answer.Values.Where(row => wanted.Contains(row.RowKey)));
            if (answer.ContinuationToken is null)
            {
                return [];
            }

            // A short answer says nothing of how near they are to each other.
            if (answer.Values is not [.., var last])
            {
                continue;
            }

            left = [.. left.Where(key => string.CompareOrdinal(key, last.RowKey) > 0)];
            if (Math.Min(left.Count, found.Count - before) < Dense)
            {
                return left;
            }
        }

        return [];
    }
}
