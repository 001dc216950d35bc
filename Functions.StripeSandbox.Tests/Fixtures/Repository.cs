using System.Diagnostics;

namespace Autopay.StripeSandbox.Tests.Fixtures;

/// <summary>Where the sources and `node_modules` are, seen from the test's output.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string NodeScript(string name) =>
        Path.Combine(Root, "Functions.StripeSandbox.Tests", "Clients", "node", name);

    /// <summary>Runs node in the repository's root and returns what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> NodeAsync(string input, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Root,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "Autopay.slnx"))
            ? directory
            : Find(Path.GetDirectoryName(directory.TrimEnd(Path.DirectorySeparatorChar))!);
}
