using System.Diagnostics;
using Autopay.Benchmarks.Cloud;
using Autopay.LocalHost.Azurite;

namespace Autopay.Benchmarks.World;

/// <summary>
/// An Azurite of its own, on disk: in memory its queues freeze after thousands of messages. On disk it writes all of
/// its tables anew every five seconds, and dies of more than half a gigabyte: a large city needs one in memory.
/// </summary>
public sealed class Scratch : IAsyncDisposable
{
    private readonly DirectoryInfo? folder;
    private readonly AzuriteProcess? azurite;

    private Scratch(DirectoryInfo? folder, AzuriteProcess? azurite)
    {
        this.folder = folder;
        this.azurite = azurite;
    }

    public string ConnectionString => azurite?.ConnectionString ?? "";

    /// <summary>Null: the emulator.</summary>
    public CloudAccount? Simulated { get; private init; }

    /// <summary>
    /// What this process and the storage have computed so far: steadier than a clock on a machine that does other
    /// things too.
    /// </summary>
    public TimeSpan CpuTime
    {
        get
        {
            if (azurite is null)
            {
                return Environment.CpuUsage.TotalTime;
            }

            using var process = Process.GetProcessById(azurite.ProcessId);
            return Environment.CpuUsage.TotalTime + process.TotalProcessorTime;
        }
    }

    public static async Task<Scratch> StartAsync(bool inMemory = false)
    {
        var folder = Directory.CreateTempSubdirectory("autopay-benchmark-");
        return new Scratch(
            folder,
            await AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = inMemory ? null : folder.FullName })
        );
    }

    /// <summary>No process: the simulated account, in the same requests and a fraction of the time.</summary>
    public static Scratch Simulate(CloudAccount account) => new(null, null) { Simulated = account };

    public async ValueTask DisposeAsync()
    {
        await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder?.Delete(recursive: true);
    }
}
