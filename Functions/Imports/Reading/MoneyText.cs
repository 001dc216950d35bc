using System.Globalization;
using System.Text.RegularExpressions;

namespace Autopay.Imports.Reading;

/// <summary>
/// Amounts as people and spreadsheets write them: <c>41</c>, <c>41.2</c>, <c>$41.20</c>, <c>1,234.50</c>. A comma is
/// taken only where it cannot be a decimal comma: in groups of three, with two places after the point.
/// </summary>
internal static partial class MoneyText
{
    private const long LargestCents = 9_999_999_99;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Shortened =
        "Excel shortened this number: format its column as Number with two places, "
        + "make it wider, and save the file again.";

    /// <returns>Null when the text is no amount, or not clearly one.</returns>
    public static Money? Parse(string text)
    {
        if (AmountPattern().Match(text) is not { Success: true } amount)
        {
            return null;
        }

        var whole = long.Parse(
            amount.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
        var cents =
            (whole * 100) + long.Parse(amount.Groups["cents"].Value.PadRight(2, '0'), CultureInfo.InvariantCulture);
        return cents > LargestCents ? null : new Money(text[0] == '-' ? -cents : cents);
    }

    /// <summary>What to do about a text that is no amount; null when nothing is known.</summary>
    public static string? Advice(string text)
    {
        if (DecimalCommaPattern().IsMatch(text))
        {
            return $"Cents come after a point: write {text.Replace(',', '.')}.";
        }

        if (ThousandsPattern().IsMatch(text))
        {
            return $"{text} is not clear: write it without commas and with two places, such as 1234.00.";
        }

        return text.StartsWith('(') && text.EndsWith(')')
                ? "An amount below zero has a minus before it: write -5.00, not (5.00)."
            : text.StartsWith('#') || ShortenedPattern().IsMatch(text) ? Shortened
            : null;
    }

    [GeneratedRegex(
        @"^-?\$?(?<whole>[0-9]{1,7}|[0-9]{1,3}(,[0-9]{3}){1,2}(?=\.[0-9]{2}\z))(\.(?<cents>[0-9]{1,2}))?\z",
        Options
    )]
    private static partial Regex AmountPattern();

    [GeneratedRegex(@"^-?\$?[0-9]+,[0-9]{1,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalCommaPattern();

    [GeneratedRegex(@"^-?\$?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ThousandsPattern();

    [GeneratedRegex(@"^-?[0-9.]+[Ee][+-]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShortenedPattern();
}
