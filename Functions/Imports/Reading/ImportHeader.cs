namespace Autopay.Imports.Reading;

/// <summary>
/// Which column of a file stands where: by name, in any order and letter case, blanks around a name ignored.
/// </summary>
internal sealed class ImportHeader
{
    private readonly string[] names;
    private readonly Dictionary<string, int> places = [];

    /// <param name="names">In the file's order; empty where a column has no name.</param>
    public ImportHeader(IEnumerable<string> names)
    {
        this.names = [.. names];
        foreach (var (place, name) in this.names.Index().Where(column => column.Item.Length > 0))
        {
            places.TryAdd(name, place);
        }

        Width = places.Count == 0 ? 0 : Array.FindLastIndex(this.names, name => name.Length > 0) + 1;
    }

    /// <summary>How many columns there are; those at the end without a name do not count.</summary>
    public int Width { get; }

    /// <summary>Every column has a name.</summary>
    public bool IsPlain => places.Count == names.Length;

    public IReadOnlyCollection<string> Names => places.Keys;

    public bool Has(string column) => places.ContainsKey(column);

    /// <returns>Counted from 0; null when the file leaves the column out.</returns>
    public int? PlaceOf(string column) => places.TryGetValue(column, out var place) ? place : null;

    /// <summary>The column's name; empty when it has none, or there is no such column.</summary>
    public string NameAt(int place) => place < names.Length ? names[place] : "";
}
