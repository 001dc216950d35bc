using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>The rows of a ledger table, to and from what they mean.</summary>
internal static class LedgerRows
{
    /// <summary>The column that tells who takes over what the walk before had in hand.</summary>
    public const string InHand = "InHand";

    private const string Ledger = "Ledger";

    /// <exception cref="InvalidOperationException">A newer version wrote it.</exception>
    public static LedgerEntry ToEntry(TableEntity row)
    {
        var ledger = LeanJson.Deserialize<AccountLedger>(LongText.Read(row, Ledger));
        if (ledger.Schema > AccountLedger.CurrentSchema)
        {
            throw new InvalidOperationException(
                $"Account {ledger.Id} was written by a newer version (schema {ledger.Schema}); this one knows "
                    + $"{AccountLedger.CurrentSchema}."
            );
        }

        var unfiled = UnfiledHistory.Read(row, isCurrent: ledger.Schema == AccountLedger.CurrentSchema) with
        {
            IsLong = IsLong(row),
        };
        return new LedgerEntry(unfiled.ApplyTo(ledger), row.ETag.ToString(), row.GetDateTimeOffset("NextEvaluation"))
        {
            IsListed = row.GetBoolean("Listed") == true,
            HasNotices = row.GetBoolean("Notices") == true,
            Stored = unfiled,
        };
    }

    /// <summary>
    /// The same row with its operations filed: the ledger as it is, and the history row that belongs to it; null where
    /// nothing is unfiled.
    /// </summary>
    public static FiledLedger Filed(Bucket bucket, TableEntity row)
    {
        var entry = ToEntry(row);
        if (UnfiledHistory.Of(entry).Operations is not { Count: > 0 } unfiled)
        {
            return new FiledLedger(entry.Ledger, row, null);
        }

        var filed = new TableEntity(
            row.Where(column => !IsOfLedger(column.Key) && !UnfiledHistory.Columns.Contains(column.Key))
                .ToDictionary(column => column.Key, column => column.Value)
        );
        LongText.Write(filed, Ledger, LeanJson.Serialize(entry.Ledger));
        return new FiledLedger(entry.Ledger, filed, HistoryRows.ToRow(bucket, entry.Ledger.Id, unfiled));
    }

    private static bool IsOfLedger(string column) =>
        column.StartsWith(Ledger, StringComparison.Ordinal) && column[Ledger.Length..].All(char.IsAsciiDigit);

    /// <summary>What is written now has the shape of now, whichever it had.</summary>
    public static AccountLedger AsStored(AccountLedger ledger) =>
        ledger.Schema < AccountLedger.CurrentSchema ? ledger with { Schema = AccountLedger.CurrentSchema } : ledger;

    /// <summary>The columns that follow from the ledger; what is not so, and nobody asks for, has none.</summary>
    private static TableEntity ToColumns(Bucket bucket, LedgerSave save)
    {
        var ledger = save.After;
        var cycles = ledger
            .Debits.Where(debit => debit.IsUnsent)
            .SelectMany(ledger.BillsOf)
            .Select(bill => bill.Cycle.Value)
            .Distinct()
            .Order();
        return new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.Account(ledger.Id))
        {
            ["Schema"] = AsStored(ledger).Schema,
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
    }

    public static Debit ToClosedDebit(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, "Debit"), LedgerJson.Default.Debit)!;

    /// <summary>All rows that one account's part of a save writes, the ledger row first; and what that one then has of
    /// its history.</summary>
    public static (List<TableTransactionAction> Actions, UnfiledHistory Unfiled) ToActions(
        Bucket bucket,
        LedgerSave save
    )
    {
        var beside = BesideLedger(bucket, save);
        var step = HistoryStep.Of(save, writesMore: beside.Count > 0);
        var (ledger, unfiled) = ToLedgerAction(bucket, save, step);
        List<TableTransactionAction> actions = [ledger];
        if (step.Filed.Count > 0)
        {
            actions.Add(Insert(HistoryRows.ToRow(bucket, save.After.Id, step.Filed)));
        }

        actions.AddRange(beside);
        actions.AddRange(WorkRows.ToActions(bucket, save));
        actions.AddRange(NoticeRows.ToActions(bucket, save));
        actions.AddRange(ToWorkActions(bucket, save));
        return (actions, unfiled);
    }

    // What is inserted by the operation that names it, and never changes.
    private static List<TableTransactionAction> BesideLedger(Bucket bucket, LedgerSave save)
    {
        List<TableTransactionAction> actions =
        [
            .. save.Events.SelectMany(happened => ToActions(bucket, save, happened)),
        ];
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

    private static (TableTransactionAction Action, UnfiledHistory Unfiled) ToLedgerAction(
        Bucket bucket,
        LedgerSave save,
        HistoryStep step
    )
    {
        var row = ToColumns(bucket, save);
        if (save.Before.Tag is not { } tag)
        {
            return (Insert(row), WriteWhole(row, save, step.Unfiled));
        }

        if (step.Row != RowChange.Replaced)
        {
            step.Unfiled.WriteLast(row);
            if (step.Row == RowChange.OnlyAdded || !WriteLedger(row, save))
            {
                return (new(TableTransactionActionType.UpdateMerge, row, new ETag(tag)), step.Unfiled);
            }
        }

        var unfiled = WriteWhole(row, save, step.Unfiled);
        return (new(TableTransactionActionType.UpdateReplace, row, new ETag(tag)), unfiled);
    }

    private static UnfiledHistory WriteWhole(TableEntity row, LedgerSave save, UnfiledHistory unfiled)
    {
        unfiled.Write(row);
        return unfiled with { IsLong = WriteLedger(row, save) };
    }

    /// <returns>Whether it takes more than one column.</returns>
    private static bool WriteLedger(TableEntity row, LedgerSave save)
    {
        LongText.Write(row, Ledger, LeanJson.Serialize(AsStored(save.After)));
        return IsLong(row);
    }

    private static bool IsLong(TableEntity row) => row.ContainsKey($"{Ledger}1");

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

/// <summary>A ledger row without operations of its own, and the history row of those that it had.</summary>
internal sealed record FiledLedger(AccountLedger Ledger, TableEntity Row, TableEntity? History);
