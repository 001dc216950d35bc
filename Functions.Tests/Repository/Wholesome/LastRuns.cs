using System.Globalization;
using System.Text;
using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// What the last runs left in <c>artifacts/reliability</c>: reports of test runs, and the counts of each soak.
/// </summary>
internal sealed class LastRuns
{
    private readonly string folder;

    // The newest report of a case counts.
    private readonly Dictionary<string, (string Test, string Status)> cases = [];

    /// <param name="folder">Where the reports are; null is where runs leave them.</param>
    public LastRuns(string? folder = null)
    {
        this.folder = folder ?? Path.Combine(SourceTree.Root, "artifacts", "reliability");
        foreach (var report in Reports("*.ctrf").OrderBy(File.GetLastWriteTimeUtc))
        {
            foreach (var test in Read(report).GetProperty("results").GetProperty("tests").EnumerateArray())
            {
                var about = test.GetProperty("extra");
                cases[test.GetProperty("name").GetString()!] = (
                    $"{about.GetProperty("type")}.{about.GetProperty("method")}",
                    test.GetProperty("status").GetString()!
                );
            }
        }
    }

    /// <summary>There is a report of tests.</summary>
    public bool AreTestsReported => cases.Count > 0;

    public string ResultOf(IReadOnlyList<NumberedTest> tests)
    {
        var names = tests.Select(test => test.FullName).ToHashSet();
        var found = cases
            .Values.Where(one => names.Contains(one.Test))
            .CountBy(one => one.Status)
            .OrderBy(count => count.Key, StringComparer.Ordinal);
        var text = string.Join(
            ", ",
            found.Select(count => $"{count.Value} {(count.Key == "passed" ? "passed" : count.Key.ToUpperInvariant())}")
        );
        var missing = names.Except(cases.Values.Select(one => one.Test)).Count();
        return missing == 0 ? text : $"{text}{(text.Length > 0 ? ", " : "")}{missing} not run";
    }

    /// <param name="before">What the document says of earlier runs; each line is kept while there is no newer
    /// one.</param>
    public string Describe(string before)
    {
        var lines = before.Split('\n');
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1))
        {
            rows[row.Split(' ')[1]] = row;
        }

        foreach (var path in Reports("*.json"))
        {
            rows[Path.GetFileNameWithoutExtension(path)] = RowOf(path);
        }

        return new StringBuilder(AreTestsReported ? Tests() : lines[0])
            .Append("\n\n| soak | counts | commit | day |\n|---|---|---|---|\n")
            .AppendJoin("", rows.Values.Select(row => $"{row}\n"))
            .ToString();
    }

    private string Tests() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Tests: {cases.Count} cases, {CountOf("failed")} failed, {CountOf("skipped")} skipped; built from commit "
                + $"{Soak.Commit}."
        );

    private int CountOf(string status) => cases.Values.Count(one => one.Status == status);

    /// <summary>One soak's row: what was counted, and by which build on which day.</summary>
    public static string RowOf(string path)
    {
        var soak = Read(path);
        return $"| {Path.GetFileNameWithoutExtension(path)} | {CountsOf(soak)} | "
            + $"{About(soak, "commit")} | {About(soak, "day")} |";
    }

    private static string About(JsonElement soak, string name) =>
        soak.TryGetProperty(name, out var told) ? told.GetString()! : "unknown";

    private static string CountsOf(JsonElement soak) =>
        string.Join(
            ", ",
            soak.EnumerateObject()
                .Where(count =>
                    count.Name is not ("commit" or "day")
                    && count.Value.ValueKind
                        is JsonValueKind.Number
                            or JsonValueKind.String
                            or JsonValueKind.True
                            or JsonValueKind.False
                            or JsonValueKind.Array
                )
                .Select(count =>
                    $"{count.Name} "
                    + $"{(count.Value.ValueKind == JsonValueKind.Array ? count.Value.GetArrayLength() : count.Value)}"
                )
        );

    private IEnumerable<string> Reports(string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;
}
