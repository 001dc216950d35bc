namespace Autopay.Storage.Ledgers;

/// <summary>What closed between two saves, each list in the order of the ledger.</summary>
internal sealed record PastItems(IReadOnlyList<Bill> Bills, IReadOnlyList<Debit> Debits, IReadOnlyList<Funds> Funds)
{
    private int Count => Bills.Count + Debits.Count + Funds.Count;

    /// <summary>In columns of so many characters, but at least one item each; none for nothing.</summary>
    public IReadOnlyList<PastPart> InColumns(int characters) =>
        PastPart.Of(this) is not { } part ? []
        : part.Text.Length <= characters || Count == 1 ? [part]
        :
        [
            .. new PastItems(Half(Bills), Half(Debits), Half(Funds)).InColumns(characters),
            .. new PastItems(Rest(Bills), Rest(Debits), Rest(Funds)).InColumns(characters),
        ];

    private static List<T> Half<T>(IReadOnlyList<T> items) => [.. items.Take((items.Count + 1) / 2)];

    private static List<T> Rest<T>(IReadOnlyList<T> items) => [.. items.Skip((items.Count + 1) / 2)];
}

/// <summary>Such items, and how they are stored.</summary>
internal sealed record PastPart(PastItems Items, string Text)
{
    public IReadOnlyList<Bill> Bills => Items.Bills;

    public IReadOnlyList<Debit> Debits => Items.Debits;

    public IReadOnlyList<Funds> Funds => Items.Funds;

    /// <returns>Null of nothing.</returns>
    public static PastPart? Of(PastItems items) =>
        items is { Bills.Count: 0, Debits.Count: 0, Funds.Count: 0 }
            ? null
            : new PastPart(items, LeanJson.Serialize(items));

    public static PastPart Read(string text) => new(LeanJson.Deserialize<PastItems>(text), text);
}
