using Autopay.Application;
using Autopay.Imports;
using Autopay.Samples.Generator;

namespace Autopay.Benchmarks.City;

/// <summary>
/// A city of this many accounts with one bill each, or only the accounts of its first buckets. No operation crosses buckets, so a
/// slice needs per debit what the whole city needs, in a fraction of the time.
/// </summary>
public sealed record CitySlice(int Accounts, int Buckets = Bucket.Count)
{
    /// <summary>What the generator bills a plain city for.</summary>
    public static CycleNumber Cycle { get; } = new(1);

    public bool Has(int bucket) => bucket < Buckets;

    public string Name => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Accounts:N0} accounts{(Buckets == Bucket.Count ? "" : $" ({Buckets} of {Bucket.Count} buckets)")}");

    public IReadOnlyDictionary<ImportKind, string> Files()
    {
        var city = CityGenerator.Generate(new CityOptions { Accounts = Accounts, Plain = true });
        return new Dictionary<ImportKind, string>
        {
            [ImportKind.Accounts] = Rows(city.Files["accounts.csv"], accountColumn: 0),
            [ImportKind.Bills] = Rows(city.Files.Single(file => file.Key.StartsWith("bills-", StringComparison.Ordinal)).Value, accountColumn: 1),
        };
    }

    private string Rows(string csv, int accountColumn)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines.Skip(1).Where(line => Has(Bucket.Of(new AccountId(line.Split(',')[accountColumn])).Number)).Prepend(lines[0])) + "\n";
    }
}
