using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Finance;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// History rows: one operation with its columns, or the operations of several saves together. The key is the number of
/// the last one, whose id has a column of its own.
/// </summary>
internal static class HistoryRows
{
    private const string Operation = "Operation";
    private const string Operations = "Operations";
    private const string Events = "Events";

    public static TableEntity ToRow(Bucket bucket, AccountId account, IReadOnlyList<UnfiledOperation> operations)
    {
        var last = operations[^1].Row;
        var row = new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.History(account, last.Sequence))
        {
            [Operation] = last.OperationId,
        };
        if (operations.Count == 1)
        {
            AuthorityColumns.Write(row, last.Authority);
            LongText.Write(row, Events, LongText.Fit(EventJson.Serialize(last.Events)));
        }
        else
        {
            LongText.Write(row, Operations, LongText.Fit($"[{string.Join(',', operations.Select(it => it.Text))}]"));
        }

        return row;
    }

    /// <summary>In the order of the operations.</summary>
    public static IReadOnlyList<HistoryRow> Read(TableEntity row) =>
        row.ContainsKey(Operations)
            ? EventJson.DeserializeRows(LongText.Unfit(LongText.Read(row, Operations)))
            :
            [
                new(
                    int.Parse(row.RowKey[^8..], CultureInfo.InvariantCulture),
                    row.GetString(Operation),
                    AuthorityColumns.Read(row),
                    EventJson.Deserialize(LongText.Unfit(LongText.Read(row, Events)))
                ),
            ];
}
