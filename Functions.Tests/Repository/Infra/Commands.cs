using System.Diagnostics;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>A folder whose commands stand before the machine's: what a script asks of Azure is answered here.</summary>
internal sealed class Commands : IDisposable
{
    private readonly ScratchFolder folder = new();

    /// <summary>What was called, a line each: the command and its arguments.</summary>
    public string Called => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    public string Path => folder.Path;

    private string LogFile => System.IO.Path.Combine(folder.Path, "called");

    /// <summary>A command in sh; its call is noted before it runs.</summary>
    public Commands With(string name, string script)
    {
        var file = System.IO.Path.Combine(folder.Path, name);
        File.WriteAllText(file, $"#!/bin/sh\necho \"{name} $*\" >> '{LogFile}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return this;
    }

    /// <summary>Runs a program in the repository's root.</summary>
    public async Task<(int ExitCode, string Printed)> RunAsync(
        IReadOnlyDictionary<string, string> environment,
        string program,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = SourceTree.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["AUTOPAY_POLL_SECONDS"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    public void Dispose() => folder.Dispose();
}
