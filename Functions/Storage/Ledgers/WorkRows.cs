using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// The row of the work list beside a ledger, with what of the account waits for finance. It is saved with the ledger,
/// so the list is read without reading a ledger. The ledger row says whether there is one: nothing is deleted that is
/// not there.
/// </summary>
internal static class WorkRows
{
    private const string Column = "Items";

    public static IEnumerable<TableTransactionAction> ToActions(Bucket bucket, LedgerSave save)
    {
        var row = new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.ListedAt(save.After.Id));
        switch (save.WorkRow)
        {
            case WorkRowChange.Put:
                LongText.Write(
                    row,
                    Column,
                    JsonSerializer.Serialize(save.After.Work(), LedgerJson.Default.IReadOnlyListWorkItem)
                );
                yield return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
                break;
            case WorkRowChange.Delete:
                yield return new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All);
                break;
        }
    }

    public static AccountId AccountOf(TableEntity row) => new(row.RowKey[LedgerKeys.Listed.Length..]);

    public static IReadOnlyList<WorkItem> ToItems(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, Column), LedgerJson.Default.IReadOnlyListWorkItem)!;
}
