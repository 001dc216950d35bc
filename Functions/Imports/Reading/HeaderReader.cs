using System.Globalization;

namespace Autopay.Imports.Reading;

/// <summary>
/// Reads a file's first line, and says of a wrong one which column is too many, missing, misspelt or there twice.
/// </summary>
internal sealed class HeaderReader(ImportFormat format, Action<ImportProblem> problem)
{
    private readonly IReadOnlyList<string> columns = [.. format.Header];
    private string[] found = [];
    private string[] names = [];
    private int line;

    private string Wanted => $"the header {string.Join(',', columns)}";

    /// <returns>Null when the file cannot be read by this header; every problem is noted.</returns>
    public ImportHeader? Read(int atLine, string[] cells)
    {
        (line, found) = (atLine, [.. cells.Select(FieldReader.Trim)]);
        names = [.. found.Select(Named)];
        if (WholeProblem() is { } whole)
        {
            problem(whole);
            return null;
        }

        List<ImportProblem> problems = [.. TooMany(), .. Missing()];
        problems.ForEach(problem);
        return problems.Count == 0 ? new ImportHeader(names) : null;
    }

    private string Named(string name) =>
        columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    private ImportProblem? WholeProblem()
    {
        if (names.Any(columns.Contains) && OtherKind() is null)
        {
            return null;
        }

        var shown = ImportReader.Quote(string.Join(',', found));
        return new ImportProblem(line, "", shown, Wanted)
        {
            Advice = OtherKind() ?? Separators() ?? "The first line must name the columns, and none of these is one.",
        };
    }

    private string? OtherKind()
    {
        var given = names.Where(name => name.Length > 0).Select(name => name.ToLowerInvariant()).ToList();
        return !format.Fits(given) && ImportFormat.All.FirstOrDefault(other => other.Fits(given)) is { } other
            ? $"This looks like a file of {other.Name}: send it to /api/imports/{other.Name}."
            : null;
    }

    // Excel separates by what Windows calls the list separator.
    private string? Separators()
    {
        foreach (var (separator, called) in ((char, string)[])[(';', "semicolons"), ('\t', "tabs"), ('|', "bars")])
        {
            var parts = string.Join(separator, found).Split(separator).Select(FieldReader.Trim);
            if (parts.Any(part => columns.Contains(part.Trim('"').ToLowerInvariant())))
            {
                return $"This file is separated by {called}: save it in Excel as CSV UTF-8 (Comma delimited), "
                    + "with a comma as the list separator in the regional settings of Windows.";
            }
        }

        return null;
    }

    private IEnumerable<ImportProblem> TooMany()
    {
        foreach (var (place, name) in names.Index().Where(column => column.Item.Length > 0))
        {
            var number = (place + 1).ToString(CultureInfo.InvariantCulture);
            var shown = ImportReader.Shorten(found[place]);
            if (Array.IndexOf(names, name) is var first && first < place)
            {
                var advice = $"Columns {first + 1} and {number} are both called {shown}: delete or rename one of them.";
                yield return Of(place, $"only one column {shown}", advice);
            }
            else if (!columns.Contains(name))
            {
                yield return Of(
                    place,
                    $"only the columns {string.Join(',', columns)}",
                    Meant(name) is { } meant
                        ? $"Column {number} is called {shown}: rename it {meant}."
                        : $"Column {number} is too many: {shown}. Delete the column and save the file again."
                );
            }
        }
    }

    private ImportProblem Of(int place, string expected, string advice) =>
        new(line, ImportReader.Shorten(found[place]), $"column {place + 1}", expected) { Advice = advice };

    private IEnumerable<ImportProblem> Missing() =>
        from column in columns
        where !names.Contains(column) && !format.MayLeaveOut(column) && !names.Any(name => Meant(name) == column)
        select new ImportProblem(line, column, "no such column", $"a column {column}")
        {
            Advice = $"Column {column} is missing: add it.",
        };

    // "Account ID", "accountid" and "account-id" mean account_id.
    private string? Meant(string name) =>
        columns.Contains(name)
            ? null
            : columns.FirstOrDefault(column => !names.Contains(column) && Letters(column) == Letters(name));

    private static string Letters(string name) =>
        string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
