using System.Collections.Concurrent;
using System.Diagnostics;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>The built app as a process of its own, which can be killed like a process.</summary>
internal sealed class KillableApp : IAsyncDisposable
{
    private const int LinesShown = 60;
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    public KillableApp(string workingFolder, IEnumerable<string> arguments, string? program = null)
    {
        process = Process.Start(
            new ProcessStartInfo(Path.Combine(program ?? AppContext.BaseDirectory, "Functions.LocalHost"), arguments)
            {
                WorkingDirectory = workingFolder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    /// <summary>The last lines that it wrote, for a person who reads a failure.</summary>
    public string Output => string.Join(Environment.NewLine, output.TakeLast(LinesShown));

    /// <summary>All that it wrote.</summary>
    public IReadOnlyList<string> Lines => [.. output];

    /// <summary>SIGKILL: nothing is drained, saved or said.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and whatever the app does in its grace.</summary>
    public async Task EndAsync(TimeSpan grace)
    {
        Signal("TERM");
        using var patience = new CancellationTokenSource(grace);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>The signal was sent.</returns>
    public bool Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
