using System.Globalization;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// What is closed at the beginning of a ledger's lists, in columns of its own of the ledger row, oldest first: a save
/// writes only those in which something changed, so that a year of history makes no save dearer. The column of the
/// ledger has the rest.
/// </summary>
/// <param name="Parts">By column; null where one has nothing any more.</param>
internal sealed record LedgerPast(IReadOnlyList<PastPart?> Parts)
{
    /// <summary>An entity has 252 properties at most; past this many the parts are put together anew.</summary>
    public const int Most = 60;

    // A row without these columns can be read by the version before this one: short ledgers stay so.
    private const int BillsToBegin = 3;

    // Characters: a part is written again whole when one of its bills leaves.
    private const int SmallPart = 2 * 1024;
    private const string Name = "Past";

    public static LedgerPast Empty { get; } = new([]);

    public bool IsEmpty => Parts.All(part => part is null);

    public int Characters => Parts.Sum(part => part?.Text.Length ?? 0);

    public static bool IsColumn(string column) =>
        column.StartsWith(Name, StringComparison.Ordinal) && column[Name.Length..].All(char.IsAsciiDigit);

    public static LedgerPast Read(TableEntity row)
    {
        List<PastPart?> parts = [];
        for (var number = 0; number < Most; number++)
        {
            if (row.GetString(Column(number)) is { Length: > 0 } text)
            {
                parts.AddRange(Enumerable.Repeat<PastPart?>(null, number - parts.Count));
                parts.Add(PastPart.Read(text));
            }
        }

        return new LedgerPast(parts);
    }

    /// <summary>The whole ledger, from what its own column has.</summary>
    public AccountLedger ApplyTo(AccountLedger rest) =>
        IsEmpty
            ? rest
            : rest with
            {
                Bills = [.. Of(part => part.Bills), .. rest.Bills],
                Debits = [.. Of(part => part.Debits), .. rest.Debits],
                Funds = [.. Of(part => part.Funds), .. rest.Funds],
            };

    /// <summary>What the column of the ledger has to have, besides this.</summary>
    public AccountLedger Without(AccountLedger whole) =>
        IsEmpty
            ? whole
            : whole with
            {
                Bills = [.. whole.Bills.Skip(Of(part => part.Bills).Count())],
                Debits = [.. whole.Debits.Skip(Of(part => part.Debits).Count())],
                Funds = [.. whole.Funds.Skip(Of(part => part.Funds).Count())],
            };

    /// <summary>That of the ledger as it is now: what did not change stays where it is, what closed is added.</summary>
    public LedgerPast After(AccountLedger now)
    {
        var rest = new ListsLeft(now);
        List<PastPart?> parts = [.. Parts.Select(part => part is null ? null : rest.Take(part))];
        var closed = rest.TakeClosed();
        if (parts.All(part => part is null))
        {
            return closed.Bills.Count < BillsToBegin ? Empty : Anew(closed);
        }

        var more = closed.InColumns(SmallPart);
        return !Fit(more) ? new LedgerPast(parts)
            : parts.Count + more.Count <= Most ? new LedgerPast([.. parts, .. more])
            : Anew(new ListsLeft(now).TakeClosed());
    }

    // What is in many small columns is in fewer afterwards. What fits into none stays with the rest of the ledger.
    private static LedgerPast Anew(PastItems closed)
    {
        for (var size = SmallPart; size <= LongText.PropertySize; size *= 4)
        {
            var parts = closed.InColumns(size);
            if (Fit(parts) && parts.Count <= Most / 2)
            {
                return new LedgerPast(parts);
            }
        }

        return Empty;
    }

    private static bool Fit(IReadOnlyList<PastPart> parts) =>
        parts.All(part => part.Text.Length <= LongText.PropertySize);

    /// <param name="before">What the row has that this one is merged into.</param>
    public void Write(TableEntity row, LedgerPast before)
    {
        for (var number = 0; number < Math.Max(Parts.Count, before.Parts.Count); number++)
        {
            var text = TextOf(number);
            if (text != before.TextOf(number))
            {
                row[Column(number)] = text;
            }
        }
    }

    private string TextOf(int number) => Parts.ElementAtOrDefault(number)?.Text ?? "";

    private IEnumerable<T> Of<T>(Func<PastPart, IEnumerable<T>> items) => Parts.OfType<PastPart>().SelectMany(items);

    private static string Column(int number) => string.Create(CultureInfo.InvariantCulture, $"{Name}{number + 1}");

    /// <summary>What of the ledger's lists no part has yet.</summary>
    private sealed class ListsLeft(AccountLedger ledger)
    {
        private int bills;
        private int debits;
        private int funds;

        /// <summary>What of the part is still there, at its place; null when it is nothing.</summary>
        public PastPart? Take(PastPart part)
        {
            var (b, d, f) = (
                Take(part.Bills, ledger.Bills, ref bills),
                Take(part.Debits, ledger.Debits, ref debits),
                Take(part.Funds, ledger.Funds, ref funds)
            );
            return b.Count == part.Bills.Count && d.Count == part.Debits.Count && f.Count == part.Funds.Count
                ? part
                : PastPart.Of(new PastItems(b, d, f));
        }

        /// <summary>What follows and is closed. It may change all the same, and is then written again.</summary>
        public PastItems TakeClosed() =>
            new(
                [.. ledger.Bills.Skip(bills).TakeWhile(bill => bill.Open.IsZero && bill.InFlight.IsZero)],
                [
                    .. ledger
                        .Debits.Skip(debits)
                        .TakeWhile(debit => debit.IsTerminal || debit.State == DebitState.Merged),
                ],
                [.. ledger.Funds.Skip(funds).TakeWhile(money => money.Left.IsZero)]
            );

        private static List<T> Take<T>(IReadOnlyList<T> items, IReadOnlyList<T> now, ref int place)
            where T : notnull
        {
            List<T> still = [];
            foreach (var item in items)
            {
                if (place < now.Count && item.Equals(now[place]))
                {
                    still.Add(now[place]);
                    place++;
                }
            }

            return still;
        }
    }
}
