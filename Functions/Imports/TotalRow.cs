using System.Text.RegularExpressions;

namespace Autopay.Imports;

/// <summary>Finds a spreadsheet's last row with the sum: it would be a payment of all payments together.</summary>
internal static partial class TotalRow
{
    /// <summary>True when the row names no account, or a total as one, and either says "total" or holds nothing but amounts.</summary>
    public static bool IsOne(ImportHeader header, string[] row)
    {
        var account = header.PlaceOf("account_id") is { } place && place < row.Length ? FieldReader.Trim(row[place]) : "";
        var cells = row.Select(FieldReader.Trim).Where(cell => cell.Length > 0).ToList();
        return (account.Length == 0 && (cells.Any(Word().IsMatch) || cells.All(cell => MoneyText.Parse(cell) is not null))) || Word().IsMatch(account);
    }

    [GeneratedRegex(@"^(grand[ _-]?|sub[ _-]?)?totals?\b|^sum( of .*)?:?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}
