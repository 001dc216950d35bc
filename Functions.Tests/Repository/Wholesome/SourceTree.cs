using System.Xml.Linq;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>The repository that the tests were built from.</summary>
internal static class SourceTree
{
    private const string Solution = "Autopay.slnx";

    public static string Root { get; } = FindRoot();

    /// <summary>The folders of the solution's projects.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. XDocument
            .Load(Path.Combine(Root, Solution))
            .Descendants("Project")
            .Select(project => Path.GetDirectoryName(project.Attribute("Path")!.Value)!.Replace('\\', '/')),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The C# files below a folder, as paths relative to the root; there are some.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        Assert.Some(
            Directory
                .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
                .Where(path =>
                    !path.Contains("/obj/", StringComparison.Ordinal)
                    && !path.Contains("/bin/", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
        );

    /// <summary>The pages that people read: the README's, and all of <c>docs/</c>.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        .. new[] { "docs", "infra", "samples" }
            .Concat(Projects)
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    Path.Combine(Root, folder),
                    "*.md",
                    folder == "samples" ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly
                )
            )
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Append("README.md")
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"{Solution} is in no parent folder of the tests.");
    }
}
