using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Autopay.Tests.Wholesome;

/// <summary>What the last runs left in <c>artifacts/reliability</c>: reports of test runs, and the counts of each soak.</summary>
internal sealed class LastRuns
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "reliability");

    // The newest report of a case counts.
    private readonly Dictionary<string, (string Test, string Status)> cases = [];

    public LastRuns()
    {
        foreach (var report in Reports("*.ctrf.json").OrderBy(File.GetLastWriteTimeUtc))
        {
            foreach (var test in Read(report).GetProperty("results").GetProperty("tests").EnumerateArray())
            {
                var about = test.GetProperty("extra");
                cases[test.GetProperty("name").GetString()!] = ($"{about.GetProperty("type")}.{about.GetProperty("method")}", test.GetProperty("status").GetString()!);
            }
        }
    }

    public string ResultOf(IReadOnlyList<NumberedTest> tests)
    {
        var names = tests.Select(test => test.FullName).ToHashSet();
        var found = cases.Values.Where(one => names.Contains(one.Test)).CountBy(one => one.Status).OrderBy(count => count.Key, StringComparer.Ordinal);
        var text = string.Join(", ", found.Select(count => $"{count.Value} {(count.Key == "passed" ? "passed" : count.Key.ToUpperInvariant())}"));
        var missing = names.Except(cases.Values.Select(one => one.Test)).Count();
        return missing == 0 ? text : $"{text}{(text.Length > 0 ? ", " : "")}{missing} not run";
    }

    /// <param name="before">What the document says of earlier soaks; kept while there is no newer one.</param>
    public string Describe(string before)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Tests: {cases.Count} cases, {cases.Values.Count(one => one.Status == "failed")} failed; built from commit {Commit()}.\n\n");
        var soaks = Reports("*.json").Where(path => !path.EndsWith(".ctrf.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (soaks.Count == 0)
        {
            return text + (before.IndexOf("| soak |", StringComparison.Ordinal) is >= 0 and var table ? before[table..] : "No soak was run yet.\n");
        }

        text.Append("| soak | counts | commit |\n|---|---|---|\n");
        soaks.ForEach(path => text.Append(CultureInfo.InvariantCulture, $"| {Path.GetFileNameWithoutExtension(path)} | {CountsOf(Read(path))} | {Commit()} |\n"));
        return text.ToString();
    }

    private static string CountsOf(JsonElement soak) => string.Join(", ", soak.EnumerateObject()
        .Where(count => count.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Array)
        .Select(count => $"{count.Name} {(count.Value.ValueKind == JsonValueKind.Array ? count.Value.GetArrayLength() : count.Value)}"));

    // The commit that the compiler saw.
    private static string Commit() =>
        typeof(LastRuns).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+') is [_, { Length: >= 10 } commit] ? commit[..10] : "unknown";

    private static IEnumerable<string> Reports(string pattern) => Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, pattern) : [];

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;
}
