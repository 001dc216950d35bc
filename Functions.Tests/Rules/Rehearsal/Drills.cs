namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>The folders under samples/.</summary>
internal static class Drills
{
    public static string FolderOf(string name) => Path.Combine(Root(AppContext.BaseDirectory), "samples", name);

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Autopay.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
