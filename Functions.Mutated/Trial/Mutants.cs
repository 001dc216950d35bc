using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autopay.Mutated.Trial;

/// <summary>One mutant, as the tool reports it.</summary>
internal sealed record Made(int Id, string File, int Line, string Mutator, string Replacement)
{
    /// <summary>The newest report of the tool, without what did not compile or was left alone.</summary>
    public static IReadOnlyList<Made> ReadAll()
    {
        var report = Directory
            .EnumerateFiles(Paths.Mutation, "mutation-report.json", SearchOption.AllDirectories)
            .MaxBy(System.IO.File.GetLastWriteTimeUtc)!;
        var files = JsonNode.Parse(System.IO.File.ReadAllText(report))!["files"]!.AsObject();
        return
        [
            .. from file in files
            from it in file.Value!["mutants"]!.AsArray()
            where (string)it!["status"]! is not ("CompileError" or "Ignored")
            select new Made(
                int.Parse((string)it["id"]!),
                file.Key[(file.Key.LastIndexOf("Functions/", StringComparison.Ordinal) + "Functions/".Length)..],
                (int)it["location"]!["start"]!["line"]!,
                (string)it["mutatorName"]!,
                (string?)it["replacement"] ?? ""
            ),
        ];
    }
}

/// <summary>The switch that the tool has compiled into the app.</summary>
internal static class Switch
{
    private static readonly Type Control = Assembly
        .Load("Autopay")
        .GetTypes()
        .Single(type => type.Name == "MutantControl");

    /// <summary>The only mutant that is alive; -1: none.</summary>
    public static void Set(int mutant) => Control.GetField("ActiveMutant")!.SetValue(null, mutant);

    public static void Capture(bool on) => Control.GetField("CaptureCoverage")!.SetValue(null, on);

    /// <summary>The mutants that were passed since the last call, and those in what runs once a process.</summary>
    public static IList<int>[] Passed() => (IList<int>[])Control.GetMethod("GetCoverageData")!.Invoke(null, null)!;
}

internal static class Paths
{
    public static string Root { get; } = Find();

    public static string Mutation => Path.Combine(Root, "artifacts/mutation");

    public static string App => Path.Combine(Mutation, "made/Autopay.dll");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Autopay.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    public static T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllText(At(name)))!;

    public static void Write<T>(string name, T value) =>
        File.WriteAllText(
            At(name),
            JsonSerializer.Serialize(value, new JsonSerializerOptions { WriteIndented = true })
        );

    public static string At(string name) => Path.Combine(Mutation, name);
}
