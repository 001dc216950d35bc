using System.Text.Json;
using Autopay.Tests.Wholesome;

namespace Autopay.Tests.Fixtures;

/// <summary>The long run of what the normal test run does at a small size.</summary>
internal static class Soak
{
    public const string Variable = "AUTOPAY_SOAK";
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static bool IsOn => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Counts for <c>docs/reliability.md</c>.</summary>
    public static async Task ReportAsync(string name, object counts)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "reliability"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.json"), JsonSerializer.Serialize(counts, Indented));
    }
}
