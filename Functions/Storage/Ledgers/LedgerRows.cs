using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Finance;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>The rows of a ledger table, to and from what they mean.</summary>
internal static class LedgerRows
{
    /// <summary>The column that tells who takes over what the walk before had in hand.</summary>
    public const string InHand = "InHand";

    public static LedgerEntry ToEntry(TableEntity row)
    {
        var ledger = JsonSerializer.Deserialize(LongText.Read(row, "Ledger"), LedgerJson.Default.AccountLedger)!;
        return ledger.Schema <= AccountLedger.CurrentSchema
            ? new LedgerEntry(ledger, row.ETag.ToString(), row.GetDateTimeOffset("NextEvaluation"))
            {
                IsListed = row.GetBoolean("Listed") == true,
                HasNotices = row.GetBoolean("Notices") == true,
            }
            : throw new InvalidOperationException(
                $"Account {ledger.Id} was written by a newer version (schema {ledger.Schema}); this one knows "
                    + $"{AccountLedger.CurrentSchema}."
            );
    }

    public static TableEntity ToRow(Bucket bucket, LedgerSave save)
    {
        var ledger = save.After;
        var cycles = ledger
            .Debits.Where(debit => debit.IsUnsent)
            .SelectMany(ledger.BillsOf)
            .Select(bill => bill.Cycle.Value)
            .Distinct()
            .Order();
        var row = new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.Account(ledger.Id))
        {
            ["Schema"] = ledger.Schema,
            ["Cycle"] = ledger.Enrolment?.Cycle.Value,
            ["Cycles"] = $",{string.Join(',', cycles)},",
            ["Held"] = ledger.Debits.Any(debit => debit.HeldBy.Count > 0),
            ["Active"] = ledger.IsActive,
            [InHand] = ledger.HasChargeInHand(),
            ["Watched"] = ledger.IsWatched,
            ["Listed"] = ledger.IsListed,
            ["Told"] = ledger.IsTold,
            ["Notices"] = ledger.PendingNotices().Count > 0,
            ["OpenCents"] = ledger.Bills.Sum(bill => bill.Open).Cents,
            ["NextEvaluation"] = save.NextEvaluation,
        };
        LongText.Write(row, "Ledger", JsonSerializer.Serialize(ledger, LedgerJson.Default.AccountLedger));
        return row;
    }

    public static TableEntity ToHistory(Bucket bucket, LedgerSave save)
    {
        var row = new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.History(save.After.Id, save.Sequence))
        {
            ["Operation"] = save.OperationId,
        };
        AuthorityColumns.Write(row, save.Authority);
        LongText.Write(row, "Events", LongText.Fit(EventJson.Serialize(save.Events)));
        return row;
    }

    public static HistoryRow ToHistory(TableEntity row) =>
        new(
            int.Parse(row.RowKey[^8..], System.Globalization.CultureInfo.InvariantCulture),
            row.GetString("Operation"),
            AuthorityColumns.Read(row),
            EventJson.Deserialize(LongText.Unfit(LongText.Read(row, "Events")))
        );

    public static Debit ToClosedDebit(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, "Debit"), LedgerJson.Default.Debit)!;

    /// <summary>All rows that one account's part of a save writes; the ledger row first.</summary>
    public static List<TableTransactionAction> ToActions(Bucket bucket, LedgerSave save)
    {
        List<TableTransactionAction> actions = [ToLedgerAction(bucket, save)];
        if (save.Events.Count > 0)
        {
            actions.Add(Insert(ToHistory(bucket, save)));
        }

        actions.AddRange(save.Events.SelectMany(happened => ToActions(bucket, save, happened)));
        // Waiting for a batch: saved with what they tell of, or not at all.
        if (save.Events.SelectMany(happened => Receipts.Of(happened, save.After)).ToList() is { Count: > 0 } receipts)
        {
            actions.Add(
                Insert(
                    Json(
                        bucket,
                        LedgerKeys.Receipt(save.After),
                        "Receipts",
                        JsonSerializer.Serialize(receipts, LedgerJson.Default.IReadOnlyListReceipt)
                    )
                )
            );
        }

        actions.AddRange(PaymentRows.Changed(bucket, save).Select(Insert));
        actions.AddRange(WorkRows.ToActions(bucket, save));
        actions.AddRange(NoticeRows.ToActions(bucket, save));
        actions.AddRange(ToWorkActions(bucket, save));
        return actions;
    }

    /// <summary>The key of the bill or payment that the event takes in; null of any other event.</summary>
    public static string? ItemKey(AccountId account, LedgerEvent happened) =>
        happened switch
        {
            BillOpened e => LedgerKeys.Bill(account, e.Bill.Id),
            FundsReceived e => LedgerKeys.Payment(account, e.Funds.Id),
            _ => null,
        };

    private static TableTransactionAction ToLedgerAction(Bucket bucket, LedgerSave save) =>
        save.Before.Tag is { } tag
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToRow(bucket, save), new ETag(tag))
            : Insert(ToRow(bucket, save));

    // Bills and payments are immutable and inserted with the first save that knows them; archived debits leave the
    // ledger row.
    private static IEnumerable<TableTransactionAction> ToActions(Bucket bucket, LedgerSave save, LedgerEvent happened)
    {
        var account = save.After.Id;
        switch (happened)
        {
            case BillOpened e:
                yield return Insert(
                    Json(
                        bucket,
                        ItemKey(account, e)!,
                        "Bill",
                        JsonSerializer.Serialize(e.Bill, LedgerJson.Default.Bill)
                    )
                );
                break;
            case FundsReceived e:
                yield return Insert(
                    Json(
                        bucket,
                        ItemKey(account, e)!,
                        "Payment",
                        JsonSerializer.Serialize(e.Funds, LedgerJson.Default.Funds)
                    )
                );
                break;
            case ItemsArchived e:
                foreach (var debit in e.Debits.Select(save.Before.Ledger.DebitOf))
                {
                    yield return Insert(
                        Json(
                            bucket,
                            LedgerKeys.ClosedDebit(account, debit.Id),
                            "Debit",
                            JsonSerializer.Serialize(debit, LedgerJson.Default.Debit)
                        )
                    );
                }

                break;
        }
    }

    // A transaction names no row twice: a look that moves within its second is another content of the same row.
    private static IEnumerable<TableTransactionAction> ToWorkActions(Bucket bucket, LedgerSave save)
    {
        var (before, next) = (WorkKey(save.Before.NextEvaluation, save), WorkKey(save.NextEvaluation, save));
        if (before is not null && before != next)
        {
            yield return new TableTransactionAction(
                TableTransactionActionType.Delete,
                new TableEntity(LedgerKeys.Partition(bucket), before),
                ETag.All
            );
        }

        if (next is not null && save.Before.NextEvaluation != save.NextEvaluation)
        {
            var row = new TableEntity(LedgerKeys.Partition(bucket), next) { ["Look"] = save.NextEvaluation };
            yield return before == next
                ? new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)
                : Insert(row);
        }
    }

    private static string? WorkKey(DateTimeOffset? look, LedgerSave save) =>
        look is { } at ? LedgerKeys.WorkAt(at, save.After.Id) : null;

    private static TableEntity Json(Bucket bucket, string rowKey, string name, string json)
    {
        var row = new TableEntity(LedgerKeys.Partition(bucket), rowKey);
        LongText.Write(row, name, json);
        return row;
    }

    private static TableTransactionAction Insert(TableEntity row) => new(TableTransactionActionType.Add, row);
}
