using Autopay.Application.Ledgers;
using Autopay.Imports;
using Autopay.Samples.Generator;

namespace Autopay.Benchmarks.City;

/// <summary>
/// A city of this many accounts with one bill each, or only the accounts of its first buckets. No operation crosses
/// buckets, so a slice needs per debit what the whole city needs, in a fraction of the time.
/// </summary>
/// <param name="Only">So many of its buckets; null takes all.</param>
public sealed record CitySlice(int Accounts, int? Only = null)
{
    private const int MethodColumn = 5;

    public int Buckets => Only ?? Bucket.Count;

    /// <summary>What the generator bills a plain city for.</summary>
    public static CycleNumber Cycle { get; } = new(1);

    /// <summary>Not everybody pays at once by bank account: cards, and banks and cards that say no.</summary>
    public bool Mixed { get; init; }

    public bool Has(int bucket) => bucket < Buckets;

    public string Name =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Accounts:N0} accounts{(Buckets == Bucket.Count ? "" : $" ({Buckets} of {Bucket.Count} buckets)")}"
        );

    public IReadOnlyDictionary<ImportKind, string> Files()
    {
        var city = CityGenerator.Generate(new CityOptions { Accounts = Accounts, Plain = true });
        return new Dictionary<ImportKind, string>
        {
            [ImportKind.Accounts] = WithMethods(Rows(city.Files["accounts.csv"], accountColumn: 0)),
            [ImportKind.Bills] = Rows(
                city.Files.Single(file => file.Key.StartsWith("bills-", StringComparison.Ordinal)).Value,
                accountColumn: 1
            ),
        };
    }

    private string WithMethods(string csv) =>
        Mixed
            ? string.Join(
                '\n',
                csv.Split('\n')
                    .Select(
                        (line, number) => number > 0 && line.Length > 0 ? WithMethod(line.Split(','), number) : line
                    )
            )
            : csv;

    private static string WithMethod(string[] cells, int number)
    {
        cells[MethodColumn] = (number % 40) switch
        {
            0 => "pm_usBankAccount_insufficientFunds",
            20 => "pm_card_chargeDeclined",
            30 => "pm_usBankAccount_accountClosed",
            var some when some % 5 == 1 => "pm_card_visa",
            _ => cells[MethodColumn],
        };
        return string.Join(',', cells);
    }

    private string Rows(string csv, int accountColumn)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(
                '\n',
                lines
                    .Skip(1)
                    .Where(line => Has(Bucket.Of(new AccountId(line.Split(',')[accountColumn])).Number))
                    .Prepend(lines[0])
            ) + "\n";
    }
}
