using System.Text.Json.Nodes;

namespace Autopay.Tests.Rules.Samples;

/// <summary>The sample city on disk.</summary>
internal static class CapeGirardeau
{
    public static string Folder { get; } =
        Path.Combine(Root(AppContext.BaseDirectory), "samples", "cape-girardeau-2020");

    public static JsonNode Timeline { get; } = Json("timeline.json");

    public static JsonNode Expected { get; } = Json("expected.json");

    public static List<Dictionary<string, string>> Rows(string kind) =>
        [.. Files(kind).SelectMany(f => CityFiles.Parse(File.ReadAllText(f)))];

    /// <summary>The README's bill-by-bill table: bill -> cells.</summary>
    public static Dictionary<string, string[]> Table { get; } =
        File.ReadAllLines(Path.Combine(Folder, "README.md"))
            .Select(l => l.Trim('|', ' ').Split(" | "))
            .Where(cells =>
                cells.Length == 10
                && cells[1].StartsWith(cells[0], StringComparison.Ordinal)
                && char.IsDigit(cells[0][0])
            )
            .ToDictionary(cells => cells[1]);

    private static IEnumerable<string> Files(string kind) =>
        Directory
            .GetFiles(Folder, "*.csv")
            .Where(f => CityFiles.IsOf(kind, Path.GetFileName(f)))
            .Order(StringComparer.Ordinal);

    private static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Autopay.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
