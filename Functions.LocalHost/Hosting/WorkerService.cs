using Autopay.LocalHost.Local;
using Autopay.LocalHost.Workers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Autopay.LocalHost.Hosting;

/// <summary>What stands before the first request: the emulator and the sandbox where the configuration names none, then the worker. In the end the reverse.</summary>
internal sealed class WorkerService(LocalServices services, WorkerHost worker, IServer server) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => services.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => worker.StartAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        services.Register(address);
        foreach (var line in services.Guide(address))
        {
            Console.WriteLine(line);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken) => await worker.DisposeAsync();

    public async Task StoppedAsync(CancellationToken cancellationToken) => await services.DisposeAsync();
}
