using System.Globalization;
using Azure.Data.Tables;

namespace Autopay.Peers.Engines;

/// <summary>Transactions of whole pages, one after the other, and nothing else: what the rows alone cost.</summary>
internal sealed class Floor(string connection, string table, (int Rows, int Bytes) debit)
{
    private const int RowsInTransaction = 100;

    public string Name =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"bare transactions, {debit.Rows} rows of {debit.Bytes:N0} bytes a debit"
        );

    public async Task RunAsync(int debits)
    {
        var client = new TableClient(connection, table);
        await client.CreateIfNotExistsAsync();
        var content = new string('x', debit.Bytes / debit.Rows);
        foreach (var page in Enumerable.Range(0, debits * debit.Rows).Chunk(RowsInTransaction))
        {
            await client.SubmitTransactionAsync(
                page.Select(number => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace,
                    new TableEntity("rows", number.ToString("00000000", CultureInfo.InvariantCulture))
                    {
                        ["Content"] = content,
                    }
                ))
            );
        }
    }
}
