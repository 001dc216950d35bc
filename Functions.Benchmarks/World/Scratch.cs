using System.Diagnostics;
using Autopay.Benchmarks.Cloud;
using Autopay.LocalHost.Azurite;
using Autopay.Storage;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Benchmarks.World;

/// <summary>
/// An Azurite of its own, on disk: in memory its queues freeze after thousands of messages. On disk it writes all of
/// its tables anew every five seconds, and dies of more than half a gigabyte: a large city needs one in memory.
/// </summary>
public sealed class Scratch : IAsyncDisposable
{
    private readonly DirectoryInfo? folder;
    private readonly AzuriteProcess? azurite;
    private readonly CloudAccount? simulated;

    private Scratch(DirectoryInfo folder, AzuriteProcess azurite)
    {
        this.folder = folder;
        this.azurite = azurite;
    }

    private Scratch(CloudAccount simulated) => this.simulated = simulated;

    public string ConnectionString => azurite?.ConnectionString ?? "";

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

    /// <param name="emulated">On an emulator with everything in memory, else in this process.</param>
    internal static async Task<Scratch> StartAsync(TimeProvider clock, bool emulated) =>
        emulated ? await StartAsync(inMemory: true) : Simulate(CloudAccount.WithoutLimits(clock));

    /// <summary>No process: the simulated account, in the same requests and a fraction of the time.</summary>
    public static Scratch Simulate(CloudAccount account) => new(account);

    /// <param name="watch">Sees every request to the tables.</param>
    /// <param name="others">See every request of every service, on its way in.</param>
    public StorageClients Clients(HttpPipelinePolicy watch, IReadOnlyCollection<HttpPipelinePolicy> others) =>
        simulated?.Clients(watch, others)
        ?? StorageClients.FromConnectionString(ConnectionString, watch, options => See(options, others));

    internal static void See(ClientOptions options, IReadOnlyCollection<HttpPipelinePolicy> others)
    {
        foreach (var other in others)
        {
            options.AddPolicy(other, HttpPipelinePosition.PerCall);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder?.Delete(recursive: true);
    }
}
