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
    private const string ClosedDebits = "Debits";

    // What was merged into a row can only be written over: nobody looks then.
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

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

        var unfiled = UnfiledHistory.Read(row, isCurrent: ledger.Schema >= AccountLedger.PlainSchema);
        var past = LedgerPast.Read(row);
        return new LedgerEntry(unfiled.ApplyTo(past.ApplyTo(ledger)), row.ETag.ToString(), ToLook(row))
        {
            IsListed = row.GetBoolean("Listed") == true,
            HasNotices = row.GetBoolean("Notices") == true,
            Stored = new StoredLedger(unfiled, past) { IsLong = IsLong(row) },
        };
    }

    /// <summary>
    /// The same row with its operations filed and the ledger in one piece, and the history row that belongs to it; null
    /// where nothing is unfiled.
    /// </summary>
    public static FiledLedger Filed(Bucket bucket, TableEntity row)
    {
        var entry = ToEntry(row);
        var (unfiled, past) = StoredLedger.Of(entry);
        if (unfiled.Operations.Count == 0 && past.IsEmpty)
        {
            return new FiledLedger(entry.Ledger, row, null);
        }

        var filed = new TableEntity(
            row.Where(column => !IsOfLedger(column.Key)).ToDictionary(column => column.Key, column => column.Value)
        );
        var ledger = past.IsEmpty ? entry.Ledger : AsStored(entry.Ledger, LedgerPast.Empty);
        filed["Schema"] = ledger.Schema;
        LongText.Write(filed, Ledger, LeanJson.Serialize(ledger));
        return new FiledLedger(
            entry.Ledger,
            filed,
            unfiled.Operations.Count > 0 ? HistoryRows.ToRow(bucket, entry.Ledger.Id, unfiled.Operations) : null
        );
    }

    private static bool IsOfLedger(string column) =>
        (column.StartsWith(Ledger, StringComparison.Ordinal) && column[Ledger.Length..].All(char.IsAsciiDigit))
        || UnfiledHistory.Columns.Contains(column)
        || LedgerPast.IsColumn(column);

    private static DateTimeOffset? ToLook(TableEntity row) =>
        row.GetDateTimeOffset("NextEvaluation") is { } look && look < Never ? look : null;

    /// <summary>What is written now has the oldest shape that can say it, whichever it had.</summary>
    public static AccountLedger AsStored(AccountLedger ledger, LedgerPast past) =>
        ledger.Schema > AccountLedger.CurrentSchema
            ? ledger
            : ledger with
            {
                Schema = past.IsEmpty ? AccountLedger.PlainSchema : AccountLedger.CurrentSchema,
            };

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

    /// <summary>Those of one row. Until schema 3 each had a row of its own.</summary>
    public static IReadOnlyList<Debit> ToClosedDebits(TableEntity row) =>
        LongText.Read(row, ClosedDebits) is { Length: > 0 } several
            ? LeanJson.Deserialize<IReadOnlyList<Debit>>(several)
            : [LeanJson.Deserialize<Debit>(LongText.Read(row, "Debit"))];

    /// <summary>All rows that one account's part of a save writes, the ledger row first; and what that one then has of
    /// its history.</summary>
    public static (List<TableTransactionAction> Actions, StoredLedger Stored) ToActions(Bucket bucket, LedgerSave save)
    {
        var beside = BesideLedger(bucket, save);
        var step = HistoryStep.Of(save, writesMore: beside.Count > 0);
        var (ledger, stored) = ToLedgerAction(bucket, save, step);
        List<TableTransactionAction> actions = [ledger];
        if (step.Filed.Count > 0)
        {
            actions.Add(Insert(HistoryRows.ToRow(bucket, save.After.Id, step.Filed)));
        }

        actions.AddRange(beside);
        actions.AddRange(WorkRows.ToActions(bucket, save));
        actions.AddRange(NoticeRows.ToActions(bucket, save));
        actions.AddRange(ToWorkActions(bucket, save));
        return (actions, stored);
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

    private static (TableTransactionAction Action, StoredLedger Stored) ToLedgerAction(
        Bucket bucket,
        LedgerSave save,
        HistoryStep step
    )
    {
        var row = ToColumns(bucket, save);
        var before = StoredLedger.Of(save.Before);
        var tag = save.Before.Tag;
        if (step.Row == RowChange.OnlyAdded)
        {
            step.Unfiled.Write(row, before.Unfiled);
            ForgetLook(row, save);
            return (Update(row, tag, isMerged: true), before with { Unfiled = step.Unfiled });
        }

        var past = before.Past.After(save.After);
        var ledger = AsStored(save.After, past);
        row["Schema"] = ledger.Schema;
        LongText.Write(row, Ledger, LeanJson.Serialize(past.Without(ledger)), beside: past.Characters);
        var stored = new StoredLedger(step.Unfiled, past) { IsLong = IsLong(row) };
        var isMerged = step.Row == RowChange.Merged && !stored.IsLong && before.Past.IsEmpty == past.IsEmpty;
        step.Unfiled.Write(row, isMerged ? before.Unfiled : UnfiledHistory.Empty);
        past.Write(row, isMerged ? before.Past : LedgerPast.Empty);
        if (isMerged)
        {
            ForgetLook(row, save);
        }

        var action = tag is null ? Insert(row) : Update(row, tag, isMerged);
        return (action, stored);
    }

    private static void ForgetLook(TableEntity row, LedgerSave save)
    {
        if (save is { NextEvaluation: null, Before.NextEvaluation: not null })
        {
            row["NextEvaluation"] = Never;
        }
    }

    private static TableTransactionAction Update(TableEntity row, string? tag, bool isMerged) =>
        new(
            isMerged ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace,
            row,
            new ETag(tag!)
        );

    // It takes more than one column.
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
                if (e.Debits.Count > 0)
                {
                    yield return Insert(
                        Json(
                            bucket,
                            LedgerKeys.ClosedDebit(account, e.Debits[0]),
                            ClosedDebits,
                            LeanJson.Serialize(e.Debits.Select(save.Before.Ledger.DebitOf).ToList())
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
