using System.Diagnostics;
using System.Text.RegularExpressions;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// The app as the program that a person starts, with the sandbox and the emulator that it starts itself.
/// </summary>
internal sealed partial class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly Process process;
    private readonly ScratchFolder folder;
    private Task<string> rest = Task.FromResult("");

    private AppProcess(Process process, ScratchFolder folder) => (this.process, this.folder) = (process, folder);

    public Uri Address { get; private set; } = null!;

    public Uri Sandbox { get; private set; } = null!;

    public string DataFolder => Path.Combine(folder.Path, "data");

    public static async Task<AppProcess> StartAsync(params IEnumerable<string> arguments)
    {
        var folder = new ScratchFolder();
        string[] own =
        [
            .. arguments,
            "--port",
            "0",
            "--Local:SandboxPort",
            "0",
            "--Local:Data",
            Path.Combine(folder.Path, "data"),
        ];
        var app = new AppProcess(
            Process.Start(
                new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Functions.LocalHost"), own)
                {
                    WorkingDirectory = SourceTree.Root,
                    RedirectStandardOutput = true,
                }
            )!,
            folder
        );
        try
        {
            (app.Address, app.Sandbox) = (
                await app.ReadAddressAsync(AppLine()),
                await app.ReadAddressAsync(SandboxLine())
            );
            app.rest = app.process.StandardOutput.ReadToEndAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    // Asked to end as by Ctrl+C, so that the emulator has let go of the folder.
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        await rest;
        process.Dispose();
        folder.Dispose();
    }

    private async Task<Uri> ReadAddressAsync(Regex line)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } text)
        {
            if (line.Match(text) is { Success: true } match)
            {
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException("The app ended before it listened.");
    }

    [GeneratedRegex(@"^Autopay listens on (\S+)")]
    private static partial Regex AppLine();

    [GeneratedRegex(@"^It charges the Stripe sandbox on (\S+)")]
    private static partial Regex SandboxLine();
}
