using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// The row of notices beside a ledger that has any to be sent, saved with what asked for them. Like the row of the work
/// list it follows from the ledger alone, and the ledger row says whether there is one.
/// </summary>
internal static class NoticeRows
{
    /// <summary>Whether any of it can go by e-mail.</summary>
    public const string ByEmail = "ByEmail";

    /// <summary>Until then somebody is sending it, UTC.</summary>
    public const string TakenUntil = "TakenUntil";

    private const string Column = "Items";

    public static IEnumerable<TableTransactionAction> ToActions(Bucket bucket, LedgerSave save)
    {
        var row = new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.NoticesOf(save.After.Id));
        switch (save.NoticeRow)
        {
            case WorkRowChange.Put:
                var notices = save.After.PendingNotices();
                row[ByEmail] = notices.Any(notice => !notice.ByLetter);
                LongText.Write(row, Column, ToText(notices), before: ToText(save.Before.Ledger.PendingNotices()));
                // Whoever is sending what was there before goes on: the row stays taken until then.
                yield return new TableTransactionAction(TableTransactionActionType.UpsertMerge, row);
                break;
            case WorkRowChange.Delete:
                yield return new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All);
                break;
        }
    }

    private static string ToText(IReadOnlyList<PendingNotice> notices) =>
        JsonSerializer.Serialize(notices, LedgerJson.Default.IReadOnlyListPendingNotice);

    public static WaitingNotices ToNotices(TableEntity row) =>
        new(
            new AccountId(row.RowKey[LedgerKeys.Notices.Length..]),
            JsonSerializer.Deserialize(LongText.Read(row, Column), LedgerJson.Default.IReadOnlyListPendingNotice)!,
            row.ETag.ToString()
        );
}
