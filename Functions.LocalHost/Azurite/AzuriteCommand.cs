using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Autopay.LocalHost.Azurite;

internal static class AzuriteCommand
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "azurite.cjs");

    public static Process Start(AzuriteOptions options, string workingDirectory)
    {
        var start = new ProcessStartInfo("node", Arguments(options))
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (options.MoreAccounts.Count > 0)
        {
            start.Environment["AZURITE_ACCOUNTS"] = AzuriteConnection.Accounts(options.MoreAccounts);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                "Azurite needs Node.js, and 'node' could not be started from the PATH.",
                exception
            );
        }
    }

    internal static IEnumerable<string> Arguments(AzuriteOptions options)
    {
        var entryPoint = AzuriteInstallation.FindEntryPoint(AppContext.BaseDirectory, Environment.CurrentDirectory);
        var ports = options.Ports ?? AzuritePorts.AnyFree;
        return
        [
            Script,
            entryPoint,
            "--skipApiVersionCheck",
            "--disableTelemetry",
            "--silent",
            .. Endpoint("blob", ports.Blob),
            .. Endpoint("queue", ports.Queue),
            .. Endpoint("table", ports.Table),
            .. options.DataFolder is { } folder
                ? new[] { "--location", Path.GetFullPath(folder) }
                : ["--inMemoryPersistence"],
        ];
    }

    private static string[] Endpoint(string service, int port) =>
        [$"--{service}Host", "127.0.0.1", $"--{service}Port", port.ToString(CultureInfo.InvariantCulture)];
}
