using System.Globalization;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// Operations that stay in the ledger row until a save files them, with its own, as one history row. The ledger column
/// may be older than they are, and then they are applied to it when the row is read: so a step of a charge in hand
/// writes what happened and nothing else.
/// </summary>
/// <param name="IsCurrent">The row has this version's shape; one of a former shape is first written whole.</param>
internal sealed record UnfiledHistory(bool IsCurrent, IReadOnlyList<UnfiledOperation> Operations)
{
    private const int Most = 8;
    private const int MostCharacters = 8 * 1024;

    public static UnfiledHistory Empty { get; } = new(true, []);

    /// <summary>A column each.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Enumerable.Range(1, Most).Select(Column)];

    /// <summary>Few enough for a row that stays small.</summary>
    public bool HasRoom => Operations.Count <= Most && Operations.Sum(it => it.Text.Length) <= MostCharacters;

    public static UnfiledHistory Read(TableEntity row, bool isCurrent) =>
        new(
            isCurrent,
            [.. Columns.Select(row.GetString).Where(text => text is { Length: > 0 }).Select(UnfiledOperation.Read!)]
        );

    public UnfiledHistory With(LedgerSave save) =>
        this with
        {
            Operations = [.. Operations, UnfiledOperation.Of(save)],
        };

    public bool Has(string operationId) => Operations.Any(operation => operation.Row.OperationId == operationId);

    /// <summary>The ledger as it is, from one that may be some operations older.</summary>
    public AccountLedger ApplyTo(AccountLedger ledger) =>
        Operations
            .Select(operation => operation.Row)
            .Where(row => row.Sequence > ledger.Operations)
            .Aggregate(
                ledger,
                (state, row) =>
                    row.Events.Aggregate(state, (before, happened) => before.Apply(happened)) with
                    {
                        Operations = row.Sequence,
                    }
            );

    /// <param name="before">What the row has that this one is merged into.</param>
    public void Write(TableEntity row, UnfiledHistory before)
    {
        for (var number = 0; number < Math.Max(Operations.Count, before.Operations.Count); number++)
        {
            var text = TextOf(number);
            if (text != before.TextOf(number))
            {
                row[Columns[number]] = text;
            }
        }
    }

    private string TextOf(int number) => Operations.ElementAtOrDefault(number)?.Text ?? "";

    private static string Column(int number) => string.Create(CultureInfo.InvariantCulture, $"Unfiled{number}");
}

/// <summary>One operation, and how it is stored.</summary>
internal sealed record UnfiledOperation(HistoryRow Row, string Text)
{
    public static UnfiledOperation Of(LedgerSave save) =>
        Of(new HistoryRow(save.Sequence, save.OperationId, save.Authority, save.Events));

    public static UnfiledOperation Of(HistoryRow row) => new(row, EventJson.Serialize(row));

    public static UnfiledOperation Read(string text) => new(EventJson.DeserializeRow(text), text);
}
