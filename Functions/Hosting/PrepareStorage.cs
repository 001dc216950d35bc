using Autopay.Storage;
using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting;

/// <summary>Before anything is served: what is missing of the storage is made.</summary>
internal sealed class PrepareStorage(StorageSetup setup) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => setup.RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
