using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Fixtures;

/// <summary>
/// The long run of what the normal test run does at a small size. What runs in a soak only is skipped by the normal
/// run, and says so.
/// </summary>
internal static class Soak
{
    public const string Variable = "AUTOPAY_SOAK";
    private const int CommitLength = 10;
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static bool IsOn => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The commit that the compiler saw; "unknown" outside a repository.</summary>
    public static string Commit { get; } =
        typeof(Soak)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')
            is [_, { Length: >= CommitLength } commit]
            ? commit[..CommitLength]
            : "unknown";

    /// <summary>Skips the test outside a soak: "not run" is not "passed".</summary>
    public static void Only() => Assert.SkipUnless(IsOn, $"Not run: it is part of the soak ({Variable}=1).");

    /// <summary>Counts for <c>docs/reliability.md</c>. Only a soak leaves any.</summary>
    public static Task ReportAsync(string name, object counts) =>
        IsOn
            ? ReportAsync(Path.Combine(SourceTree.Root, "artifacts", "reliability"), name, counts)
            : Task.CompletedTask;

    /// <summary>
    /// The build that counted and the day on which it did stay with the counts, whoever writes the document later.
    /// </summary>
    public static async Task ReportAsync(string folder, string name, object counts)
    {
        var report = JsonSerializer.SerializeToNode(counts, Indented)!.AsObject();
        report["commit"] = Commit;
        report["day"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), report.ToJsonString(Indented));
    }
}
