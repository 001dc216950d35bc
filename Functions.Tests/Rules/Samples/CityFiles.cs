using Autopay.Samples.Generator;

namespace Autopay.Tests.Rules.Samples;

/// <summary>Reads a generated city's files by column name. Its fields never have quotes.</summary>
internal static class CityFiles
{
    public static List<Dictionary<string, string>> Rows(this City city, string kind) =>
        [.. city.Files.Where(f => IsOf(kind, f.Key)).SelectMany(f => Parse(f.Value))];

    public static List<Dictionary<string, string>> Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => columns.Zip(l.Split(',')).ToDictionary(c => c.First, c => c.Second))];
    }

    public static bool IsOf(string kind, string file) =>
        file == $"{kind}.csv"
        || (file.StartsWith($"{kind}-", StringComparison.Ordinal) && char.IsDigit(file[kind.Length + 1]));

    public static long Cents(this Dictionary<string, string> row, string column) => Cents(row[column]);

    public static long Cents(string money) =>
        long.Parse(money.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    public static DateOnly Day(this Dictionary<string, string> row, string column) =>
        DateOnly.ParseExact(row[column], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
