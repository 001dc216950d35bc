namespace Autopay.LocalHost.Azurite;

internal static class AzuriteInstallation
{
    /// <summary>
    /// Azurite's entry point in the node_modules of the repository that this build, or the current directory, is in.
    /// </summary>
    public static string FindEntryPoint(params IReadOnlyList<string> startingFolders)
    {
        var roots = startingFolders
            .SelectMany(SelfAndParents)
            .Where(folder => File.Exists(Path.Combine(folder, "package.json")))
            .ToList();
        return roots.Select(EntryPoint).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"Azurite is not installed: run 'npm ci' in {(roots.Count > 0 ? roots[0] : "the repository's root")}."
            );
    }

    private static string EntryPoint(string root) =>
        Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");

    private static IEnumerable<string> SelfAndParents(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }
}
