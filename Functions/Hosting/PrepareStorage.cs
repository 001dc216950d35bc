using Autopay.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting;

/// <summary>Before anything is served: what is missing of the storage is made. Resolved late, because the local runtime starts its own storage first.</summary>
internal sealed class PrepareStorage(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => services.GetRequiredService<StorageSetup>().RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
