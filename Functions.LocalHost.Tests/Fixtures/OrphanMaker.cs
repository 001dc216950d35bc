using System.Diagnostics;
using System.Text.RegularExpressions;
using Autopay.LocalHost.Azurite;

namespace Autopay.LocalHost.Tests.Fixtures;

/// <summary>
/// A process between the test and Azurite that the test can kill outright; it starts Azurite the way AzuriteProcess
/// does.
/// </summary>
internal static partial class OrphanMaker
{
    private const string Script = """
        const child = require("child_process").spawn("node", process.argv.slice(1));
        console.log("pid " + child.pid);
        child.stdout.pipe(process.stdout);
        """;

    public static Process Start(string folder)
    {
        var arguments = AzuriteCommand.Arguments(new AzuriteOptions { DataFolder = folder });
        return Process.Start(
            new ProcessStartInfo("node", ["--eval", Script, "--", .. arguments]) { RedirectStandardOutput = true }
        )!;
    }

    public static async Task<(int ProcessId, string ConnectionString)> ReadEndpointsAsync(Process parent)
    {
        var (output, processId) = (new AzuriteOutput(), 0);
        while (!output.Listening.IsCompleted)
        {
            var line =
                await parent.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"Not started: {output}");
            output.Add(line);
            processId = ProcessLine().Match(line) is { Success: true } match
                ? int.Parse(match.Groups[1].Value, null)
                : processId;
        }

        return (processId, AzuriteConnection.String(await output.Listening));
    }

    [GeneratedRegex("^pid ([0-9]+)$")]
    private static partial Regex ProcessLine();
}
