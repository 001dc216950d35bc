using System.Text.RegularExpressions;

namespace Autopay.Imports.Reading;

/// <summary>Finds a spreadsheet's last row with the sum: it would be a payment of all payments together.</summary>
internal static partial class TotalRow
{
    public const string Advice = "This looks like a total row: delete it.";
    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    /// <summary>
    /// True when the row names no account, or a total as one, and either says "total" or holds nothing but amounts.
    /// </summary>
    public static bool IsOne(ImportHeader header, string[] row)
    {
        var account =
            header.PlaceOf("account_id") is { } place && place < row.Length ? FieldReader.Trim(row[place]) : "";
        if (account.Length > 0)
        {
            return Word().IsMatch(account);
        }

        var cells = row.Select(FieldReader.Trim).Where(cell => cell.Length > 0).ToList();
        return cells.Any(Word().IsMatch) || cells.All(cell => MoneyText.Parse(cell) is not null);
    }

    [GeneratedRegex(@"^(grand[ _-]?|sub[ _-]?)?totals?\b|^sum( of .*)?:?\z", Options)]
    private static partial Regex Word();
}
