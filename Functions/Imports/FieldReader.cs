using System.Globalization;
using System.Text.RegularExpressions;

namespace Autopay.Imports;

/// <summary>Reads one row's fields by column name and notes every problem; a field with a problem reads as a harmless default.</summary>
internal sealed partial class FieldReader(IReadOnlyList<string> columns, Action<ImportProblem> problem)
{
    private const int LongestId = 64;
    private const int LongestText = 512;
    private const int FirstYear = 2000;
    private const int LastYear = 2099;
    private string[] fields = [];

    public int Line { get; private set; }

    public bool HasProblem { get; private set; }

    public void Start(int line, string[] row)
    {
        (Line, fields, HasProblem) = (line, row, false);
    }

    public string Id(string column)
    {
        var text = Field(column);
        return IdPattern().IsMatch(text) ? text : Bad(column, text, $"an id of 1 to {LongestId} letters, digits, '.', '_', ':' or '-'", "");
    }

    public string? OptionalId(string column) => Field(column).Length == 0 ? null : Id(column);

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
        return CyclePattern().IsMatch(text) ? new CycleNumber(int.Parse(text, CultureInfo.InvariantCulture)) : Bad(column, text, "a cycle number from 1 to 99", default(CycleNumber));
    }

    public DateOnly Date(string column)
    {
        var text = Field(column);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= FirstYear and <= LastYear
                ? date
                : Bad(column, text, $"a date as YYYY-MM-DD, from {FirstYear} to {LastYear}", new DateOnly(FirstYear, 1, 1));
    }

    public Money Amount(string column, bool signed)
    {
        var text = Field(column);
        var pattern = signed ? SignedMoneyPattern() : MoneyPattern();
        return pattern.IsMatch(text)
            ? new Money(long.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture))
            : Bad(column, text, $"{(signed ? "" : "non-negative ")}dollars with two places, at most 9999999.99, such as 12.50", Money.Zero);
    }

    public Money? OptionalAmount(string column) => Field(column).Length == 0 ? null : Amount(column, signed: false);

    public T OneOf<T>(string column, params (string Text, T Value)[] choices)
    {
        var text = Field(column);
        foreach (var choice in choices)
        {
            if (choice.Text == text)
            {
                return choice.Value;
            }
        }

        return Bad(column, text, $"one of {string.Join(", ", choices.Select(choice => choice.Text))}", choices[0].Value);
    }

    public void Require(bool holds, string column, string expected)
    {
        if (!holds && !HasProblem)
        {
            Bad(column, Field(column), expected, 0);
        }
    }

    private string Field(string column)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (columns[index] == column)
            {
                return fields[index];
            }
        }

        throw new InvalidOperationException($"There is no column {column}.");
    }

    private T Bad<T>(string column, string found, string expected, T instead)
    {
        HasProblem = true;
        problem(new ImportProblem(Line, column, ImportReader.Quote(found), expected));
        return instead;
    }

    // "." and ".." would vanish from every path that names them.
    [GeneratedRegex(@"^(?!\.{1,2}\z)[A-Za-z0-9._:-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[1-9][0-9]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex CyclePattern();

    [GeneratedRegex(@"^[0-9]{1,7}\.[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyPattern();

    [GeneratedRegex(@"^-?[0-9]{1,7}\.[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SignedMoneyPattern();
}
