using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace Autopay.Imports;

/// <summary>
/// CSV out, and our own CSV back in, the same texts. One that a spreadsheet would run as a formula gets an apostrophe
/// on its way out and loses it on its way back; an amount stays a number.
/// </summary>
public static class CsvText
{
    /// <param name="rows">Texts, amounts as decimals, whole numbers, days, instants, and the words of an enum; null is
    /// an empty cell.</param>
    public static string Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows) =>
        Write(rows.Prepend([.. header]));

    /// <summary>The same in parts: one that begins a file has the header as its first row.</summary>
    public static string Write(IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    WriteCell(csv, cell);
                }

                csv.EndRecord();
            }
        }

        return text.ToString();
    }

    /// <summary>Every row of what <see cref="Write"/> wrote, the header included.</summary>
    public static IEnumerable<IReadOnlyList<string>> Read(string text)
    {
        using var reader = new StringReader(text);
        using var csv = CsvReader.Create(
            reader,
            new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                TrimWhitespace = false,
            }
        );
        while (csv.Read())
        {
            yield return csv.Current.ToArray().Select(Meant).ToArray();
        }
    }

    /// <summary>Cents as dollars with two places.</summary>
    public static decimal Dollars(long cents) => cents * 0.01m;

    private static void WriteCell(CsvWriter csv, object? cell)
    {
        if (cell is decimal amount)
        {
            csv.WriteField(amount);
        }
        else
        {
            csv.WriteField(cell is string text ? Harmless(text) : ToText(cell));
        }
    }

    private static string ToText(object? cell) =>
        cell switch
        {
            null => "",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.UtcDateTime.ToString(
                "yyyy-MM-ddTHH:mm:ssZ",
                CultureInfo.InvariantCulture
            ),
            int number => number.ToString(CultureInfo.InvariantCulture),
            Enum word => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()),
            _ => throw new InvalidOperationException($"A cell cannot be a {cell.GetType().Name}."),
        };

    private static string Harmless(string text) => IsRun(text) ? $"'{text}" : text;

    private static string Meant(string cell) => cell is ['\'', ..] && IsRun(cell) ? cell[1..] : cell;

    // The library looks at the first letter only; spreadsheets skip blanks, and read each line of a cell. What has
    // apostrophes before that already gets one more, so that reading takes away what writing gave and no other.
    private static bool IsRun(string cell) =>
        cell.TrimStart('\'') is var text
        && (
            text is ['\t' or '\r', ..]
            || text.Split('\n', '\r').Any(line => line.TrimStart(' ', '\t') is ['=' or '+' or '-' or '@', ..])
        );
}
