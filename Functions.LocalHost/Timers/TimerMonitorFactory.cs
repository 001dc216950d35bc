using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

/// <summary>Status and locks where the real host keeps them.</summary>
internal sealed class TimerMonitorFactory(StorageConnections storage, HostIdentity host, HostClock clock, ILoggerFactory loggers)
{
    private const string ContainerName = "azure-webjobs-hosts";

    public TimerMonitor Create(FunctionDescriptor function) =>
        new(Container(function).GetBlobClient($"timers/{host.Id}/Host.Functions.{function.Name}/status"));

    public TimerLock CreateLock(FunctionDescriptor function) => new(
        Container(function).GetBlobClient($"locks/{host.Id}/Host.Functions.{function.Name}.Listener"), clock, loggers.CreateLogger<TimerLock>());

    private BlobContainerClient Container(FunctionDescriptor function) => storage.Blobs(function.Name).GetBlobContainerClient(ContainerName);
}
