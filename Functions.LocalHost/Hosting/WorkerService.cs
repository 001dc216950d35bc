using Autopay.LocalHost.Local;
using Autopay.LocalHost.Workers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Autopay.LocalHost.Hosting;

/// <summary>
/// What stands before the first request: the emulator and the sandbox where the configuration names none, then the
/// worker. In the end the reverse.
/// </summary>
internal sealed class WorkerService(LocalServices services, WorkerHost worker, IServer server) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => services.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => worker.StartAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        services.Register(new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => worker.StopAsync();

    public async Task StoppedAsync(CancellationToken cancellationToken) => await services.DisposeAsync();
}
