using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Workers;

/// <summary>
/// A published app as a process of its own, started as the Functions host starts it. It dies with this process, however
/// that ends.
/// </summary>
internal sealed class ChildWorker(string folder, IConfiguration configuration) : IWorker
{
    // A worker does not notice that its host was killed. The shell does: nobody holds its standard input any more.
    private const string Guardian =
        """exec 3<&0; "$@" 3<&- & worker=$!; (cat <&3 > /dev/null; kill -KILL $worker) 2> /dev/null & wait $worker""";
    private const int LargestMessage = int.MaxValue;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly string folder = Path.GetFullPath(folder);
    private Process? process;

    public string Folder => folder;

    public Task Ended { get; private set; } = Task.CompletedTask;

    public void Begin(Uri endpoint, string workerId)
    {
        var start = new ProcessStartInfo("sh", ["-c", Guardian, "worker", .. Command(endpoint, workerId)])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings())
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        process = Process.Start(start)!;
        // What it logs comes over the channel as well.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Ended = process.WaitForExitAsync();
    }

    public Task<Uri> StartedAsync(WorkerSession session) => Task.FromResult(new Uri(session.Capabilities["HttpUri"]));

    /// <summary>SIGKILL, as when the system takes its memory away.</summary>
    public void Kill() => process!.StandardInput.Close();

    /// <summary>It was told to end over the channel; what does not in time is killed.</summary>
    public async Task StopAsync()
    {
        await Ended.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Ended.IsCompleted)
        {
            Kill();
            await Ended;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process?.Dispose();
    }

    private string[] Command(Uri endpoint, string workerId) =>
        [
            "dotnet",
            Path.Combine(Folder, "Autopay.dll"),
            "--host",
            endpoint.Host,
            "--port",
            $"{endpoint.Port}",
            "--workerId",
            workerId,
            "--requestId",
            "start",
            "--grpcMaxMessageLength",
            $"{LargestMessage}",
            "--functions-uri",
            endpoint.AbsoluteUri,
            "--functions-worker-id",
            workerId,
            "--functions-request-id",
            "start",
            "--functions-grpc-max-message-length",
            $"{LargestMessage}",
        ];

    private IEnumerable<(string Name, string? Value)> Settings() =>
        [
            .. configuration
                .AsEnumerable()
                .Where(setting => setting.Value is not null)
                .Select(setting => (setting.Key, setting.Value)),
            ("FUNCTIONS_WORKER_DIRECTORY", Folder),
            ("FUNCTIONS_APPLICATION_DIRECTORY", Folder),
            ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"),
        ];
}
