namespace Autopay.Imports.Reading;

/// <summary>
/// What to write instead of words that other systems use. They are not taken: which word stands for which is the city's
/// to say.
/// </summary>
internal static class Words
{
    private static readonly (string Word, string[] Others)[] Meanings =
    [
        ("on", ["yes", "y", "true", "1", "active", "enrolled", "enabled"]),
        ("off", ["no", "n", "false", "0", "inactive", "none", "disabled"]),
        ("check", ["cheque", "chk", "ck", "money order", "moneyorder", "cashier's check", "cashiers check", "lockbox"]),
        ("card", ["credit", "debit", "credit card", "debit card", "visa", "mastercard", "amex", "discover"]),
        ("online", ["web", "internet", "portal", "ach", "echeck", "e-check", "website"]),
        ("cash", ["coin", "coins", "currency"]),
    ];

    /// <summary>Null when it is not obvious which of the choices was meant.</summary>
    public static string? AdviceOn(string text, IReadOnlyList<string> choices) =>
        Meanings.FirstOrDefault(meaning =>
            choices.Contains(meaning.Word) && meaning.Others.Contains(text.ToLowerInvariant())
        )
            is { Word: { } word }
            ? $"Write {word} instead of {text}."
            : null;

    /// <summary>Null when it is not known what happened to the id.</summary>
    public static string? AdviceOnId(string text) =>
        text.Length > 0 && char.IsAsciiDigit(text[0]) && text.Contains("E+", StringComparison.OrdinalIgnoreCase)
            ? "Excel shortened this id: format its column as Text before the ids are entered, and save the file again."
        : text.StartsWith('#') ? "This is an error of a spreadsheet's formula: put the id itself into the cell."
        : null;
}
