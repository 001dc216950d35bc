using System.Globalization;
using System.Text.RegularExpressions;

namespace Autopay.Imports.Reading;

/// <summary>
/// Reads one row's fields by column name and notes every problem; a field with a problem reads as a harmless default.
/// </summary>
/// <param name="order">Asked at the first date like 1/22/2026: it may need the whole file.</param>
internal sealed partial class FieldReader(ImportHeader header, Action<ImportProblem> problem, Func<DateOrder> order)
{
    private const int LongestId = 64;
    private const int LongestText = 512;
    private const int FirstYear = 2000;
    private const int LastYear = 2099;
    private const string IsoDay = "yyyy-MM-dd";
    private readonly HashSet<string> missing = [];
    private string[] fields = [];

    public int Line { get; private set; }

    /// <summary>Something cannot be read.</summary>
    public bool HasProblem { get; private set; }

    /// <summary>
    /// The first way in which the row, readable as it is, contradicts the rules; null when it does not.
    /// </summary>
    public ImportProblem? Contradiction { get; private set; }

    /// <inheritdoc cref="ImportRules.Today"/>
    public DateOnly? Today { get; init; }

    // Spreadsheets put these around a value; no other blank is one of them.
    public static string Trim(string cell) => cell.Trim(' ', '\t', '\u00a0');

    public void Start(int line, string[] row)
    {
        (Line, fields, HasProblem, Contradiction) = (line, row, false, null);
    }

    public bool Has(string column) => header.Has(column);

    public string Id(string column)
    {
        var text = Field(column);
        return IdPattern().IsMatch(text)
            ? text
            : Bad(
                column,
                text,
                $"an id of 1 to {LongestId} letters, digits, '.', '_', ':' or '-'",
                "",
                Words.AdviceOnId(text)
            );
    }

    public string? OptionalId(string column) => Field(column).Length == 0 ? null : Id(column);

    /// <summary>
    /// An id that is needed only when something else is so; of a column that the file leaves out it is said once.
    /// </summary>
    public string IdWhen(bool needed, string column, string because)
    {
        if (!needed || header.Has(column))
        {
            return needed ? Id(column) : OptionalId(column) ?? "";
        }

        HasProblem = true;
        if (missing.Add(column))
        {
            problem(
                new ImportProblem(Line, column, "no such column", $"a column {column}, {because}")
                {
                    Advice = $"Column {column} is missing: add it.",
                }
            );
        }

        return "";
    }

    public string Text(string column, bool required = false)
    {
        var text = Field(column);
        return required && text.Length == 0 ? Bad(column, text, "some text", "")
            : text.Length > LongestText ? Bad(column, text, $"at most {LongestText} characters", "")
            : text.Any(char.IsControl) ? Bad(column, text, "text without control characters", "")
            : text;
    }

    public CycleNumber Cycle(string column)
    {
        var text = Field(column);
        return CyclePattern().IsMatch(text)
            ? new CycleNumber(int.Parse(text, CultureInfo.InvariantCulture))
            : Bad(column, text, "a cycle number from 1 to 99", default(CycleNumber));
    }

    public CycleNumber? OptionalCycle(string column) => Field(column).Length == 0 ? null : Cycle(column);

    public int Count(string column)
    {
        var text = Field(column);
        return CountPattern().IsMatch(text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Bad(column, text, "a whole number from 0 to 9999999", 0);
    }

    public DateOnly Date(string column)
    {
        var text = Field(column);
        var slashed = SlashDate.Parse(text);
        var date =
            slashed is { } either ? order().Read(either)
            : DateOnly.TryParseExact(text, IsoDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso) ? iso
            : null;
        if (date is not { Year: >= FirstYear and <= LastYear } day)
        {
            var advice =
                text.Length == 0 ? null
                : slashed is { } unclear ? order().Advice(unclear)
                : DateOrder.Advice(text);
            return Bad(
                column,
                text,
                $"a date as YYYY-MM-DD, from {FirstYear} to {LastYear}",
                new DateOnly(FirstYear, 1, 1),
                advice
            );
        }

        return day;
    }

    public DateOnly? OptionalDate(string column) => Field(column).Length == 0 ? null : Date(column);

    /// <summary>The first day of a month; null where the field is empty.</summary>
    public DateOnly? OptionalMonth(string column)
    {
        var text = Field(column);
        return text.Length == 0 ? null
            : DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            && month.Year is >= FirstYear and <= LastYear
                ? month
            : Bad(column, text, $"a month as YYYY-MM, from {FirstYear} to {LastYear}", (DateOnly?)null);
    }

    public Money Amount(string column, bool signed)
    {
        var text = Field(column);
        var expected = $"{(signed ? "" : "non-negative ")}dollars with two places, at most 9999999.99, such as 12.50";
        return MoneyText.Parse(text) is { } amount && (signed || amount >= Money.Zero)
            ? amount
            : Bad(column, text, expected, Money.Zero, MoneyText.Advice(text));
    }

    public Money? OptionalAmount(string column) => Field(column).Length == 0 ? null : Amount(column, signed: false);

    /// <summary>One of a few words, without letter case.</summary>
    public T OneOf<T>(string column, params (string Text, T Value)[] choices)
    {
        var text = Field(column);
        foreach (var choice in choices)
        {
            if (choice.Text.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return choice.Value;
            }
        }

        var expected = $"one of {string.Join(", ", choices.Select(choice => choice.Text))}";
        return Bad(
            column,
            text,
            expected,
            choices[0].Value,
            Words.AdviceOn(text, [.. choices.Select(choice => choice.Text)])
        );
    }

    /// <summary>What a readable row must keep to; otherwise it contradicts the rules.</summary>
    public void Require(bool holds, string column, string expected)
    {
        if (!holds && !HasProblem)
        {
            Contradiction ??= new ImportProblem(Line, column, ImportReader.Quote(Field(column)), expected);
        }
    }

    private string Field(string column) =>
        header.PlaceOf(column) is { } place && place < fields.Length ? Trim(fields[place]) : "";

    private T Bad<T>(string column, string found, string expected, T instead, string? advice = null)
    {
        HasProblem = true;
        problem(new ImportProblem(Line, column, ImportReader.Quote(found), expected) { Advice = advice });
        return instead;
    }

    // "." and ".." would vanish from every path that names them.
    [GeneratedRegex(@"^(?!\.{1,2}\z)[A-Za-z0-9._:-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[0-9]{1,7}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CountPattern();

    [GeneratedRegex(@"^[1-9][0-9]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex CyclePattern();
}
