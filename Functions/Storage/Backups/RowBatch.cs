using Autopay.Storage.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Storage.Backups;

/// <summary>
/// Rows that belong to nothing in particular, written as they are in transactions as large as fit. Writing them again
/// changes nothing.
/// </summary>
internal sealed class RowBatch(TableClient table)
{
    private readonly List<TableEntity> rows = [];
    private int bytes;

    public async Task AddAsync(TableEntity row, CancellationToken cancel)
    {
        var size = LongText.SizeOf(row);
        if (
            rows.Count == LedgerTransaction.MostOperations
            || bytes + size > LedgerTransaction.MostBytes
            || (rows.Count > 0 && rows[0].PartitionKey != row.PartitionKey)
        )
        {
            await FlushAsync(cancel);
        }

        rows.Add(row);
        bytes += size;
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        if (rows.Count > 0)
        {
            await table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                cancel
            );
            rows.Clear();
            bytes = 0;
        }
    }
}
