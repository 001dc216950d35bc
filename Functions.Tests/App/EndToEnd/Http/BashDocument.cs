using System.Diagnostics;
using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>A document whose <c>bash</c> blocks are run as they stand, one after another in one shell.</summary>
internal static partial class BashDocument
{
    public static IReadOnlyList<string> BlocksOf(string document) =>
        [.. Blocks().Matches(document).Select(match => match.Groups[1].Value)];

    public static string WithoutBlocks(string document) => Blocks().Replace(document, "");

    /// <summary>What the script told; a command that fails ends it, and the test.</summary>
    public static async Task<string> RunAsync(string script)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-eu", "-c", script])
            {
                WorkingDirectory = SourceTree.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await bash.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
        }

        var told = $"{await output}{await errors}";
        Assert.True(bash.HasExited && bash.ExitCode == 0, told);
        return told;
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
