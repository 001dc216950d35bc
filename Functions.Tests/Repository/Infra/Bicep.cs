using System.Diagnostics;
using System.Reflection;

namespace Autopay.Tests.Repository.Infra;

/// <summary>The Bicep command line that the build downloaded.</summary>
internal static class Bicep
{
    private static readonly string Path = typeof(Bicep)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(it => it.Key == "Bicep")
        .Value!;

    /// <summary>Runs it in a folder; what it prints counts as much as how it ends, because warnings end well.</summary>
    public static Task<(int ExitCode, string Printed)> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, Cities.Real, arguments);

    /// <summary>With these variables of the environment, beside those of the tests.</summary>
    public static async Task<(int ExitCode, string Printed)> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(Path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // It lives for seconds, and watching how it runs costs one of three.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + errors).Trim());
    }
}
