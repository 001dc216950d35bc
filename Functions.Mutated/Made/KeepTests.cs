namespace Autopay.Mutated.Made;

/// <summary>
/// The tool compiles all mutants into one assembly, puts it beside this test and runs it. No mutant is ever tried by
/// the tool, as this test runs none of the app's code.
/// </summary>
public sealed class KeepTests
{
    private const string App = "Autopay.dll";

    [Fact]
    public void What_was_made_is_kept()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Autopay.slnx")))
        {
            root = root.Parent!;
        }

        var kept = Directory.CreateDirectory(Path.Combine(root.FullName, "artifacts/mutation/made"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, App), Path.Combine(kept.FullName, App), overwrite: true);
    }
}
