using System.Diagnostics;
using System.Text.RegularExpressions;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Rules.Mutants;

/// <summary>What became of a mutant.</summary>
/// <param name="CaughtBy">The tests that failed; none when it survived.</param>
internal sealed record MutantVerdict(string Name, bool Caught, IReadOnlyList<string> CaughtBy);

/// <summary>
/// A copy of the sources, in which one file at a time is wrong, and which is built and tested as the original is.
/// </summary>
internal sealed partial class MutantWorkshop : IDisposable
{
    private const int TestsFailed = 2;
    private readonly ScratchFolder folder = new();

    public static async Task<MutantWorkshop> OpenAsync()
    {
        var workshop = new MutantWorkshop();
        var files = await RunAsync(SourceTree.Root, "git", "ls-files", "--cached", "--others", "--exclude-standard");
        foreach (
            var file in files
                .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => File.Exists(Path.Combine(SourceTree.Root, file)))
        )
        {
            Directory.CreateDirectory(Path.GetDirectoryName(workshop.At(file))!);
            File.Copy(Path.Combine(SourceTree.Root, file), workshop.At(file));
        }

        Directory.CreateSymbolicLink(workshop.At("node_modules"), Path.Combine(SourceTree.Root, "node_modules"));
        foreach (var tests in MutantList.All.Select(mutant => mutant.TestProject).Distinct())
        {
            var built = await workshop.BuildAsync(tests);
            Assert.True(built.ExitCode == 0, built.Text);
        }

        return workshop;
    }

    public async Task<MutantVerdict> JudgeAsync(Mutant mutant)
    {
        var project = mutant.File.Split('/')[0];
        var tested = At($"{FolderOf(mutant.TestProject)}/{AssemblyOf(project)}");
        var (source, right) = (await File.ReadAllTextAsync(At(mutant.File)), await File.ReadAllBytesAsync(tested));
        await File.WriteAllTextAsync(At(mutant.File), mutant.ApplyTo(source));
        try
        {
            var built = await BuildAsync(project, "--no-restore", "-p:BuildProjectReferences=false");
            Assert.True(built.ExitCode == 0, $"{mutant.Name} does not compile: {built.Text}");
            // The tests themselves are the same: they take the wrong assembly as they took the right one.
            File.Copy(At($"{FolderOf(project)}/{AssemblyOf(project)}"), tested, overwrite: true);
            var run = await TestAsync(mutant);
            return new MutantVerdict(
                mutant.Name,
                run.ExitCode == TestsFailed,
                [.. FailedPattern().Matches(run.Text).Select(match => match.Groups[1].Value).Distinct()]
            );
        }
        finally
        {
            await File.WriteAllTextAsync(At(mutant.File), source);
            await File.WriteAllBytesAsync(tested, right);
        }
    }

    public void Dispose()
    {
        // The link, not what it points to.
        Directory.Delete(At("node_modules"));
        folder.Dispose();
    }

    private string At(string file) => Path.Combine(folder.Path, file);

    private Task<(int ExitCode, string Text)> BuildAsync(string project, params IEnumerable<string> more) =>
        RunAsync(
            folder.Path,
            "dotnet",
            [
                "build",
                project,
                "-v",
                "q",
                "-nologo",
                "-nodeReuse:false",
                "-p:RunAnalyzers=false",
                "-p:TreatWarningsAsErrors=false",
                "-p:WarningLevel=0",
                .. more,
            ]
        );

    private static string FolderOf(string project) => $"artifacts/bin/{project}/debug";

    private static string AssemblyOf(string project) => project == "Functions" ? "Autopay.dll" : $"{project}.dll";

    private Task<(int ExitCode, string Text)> TestAsync(Mutant mutant) =>
        RunAsync(
            folder.Path,
            At($"{FolderOf(mutant.TestProject)}/{mutant.TestProject}"),
            [
                "--no-progress",
                "--no-ansi",
                .. mutant.CaughtBy.SelectMany(name => new[] { "--filter-method", $"*{name}*" }),
            ]
        );

    private static async Task<(int ExitCode, string Text)> RunAsync(
        string folder,
        string program,
        params IEnumerable<string> arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove(Soak.Variable);
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }

    [GeneratedRegex(@"^\s*failed (\S+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex FailedPattern();
}
