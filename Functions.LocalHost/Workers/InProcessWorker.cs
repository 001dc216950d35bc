using System.Globalization;
using System.Net;
using Autopay.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Workers;

/// <summary>
/// The app, with its real worker, in the host's process: a debugger reaches everything, and nothing can be left behind.
/// </summary>
internal sealed class InProcessWorker(IConfiguration configuration, Action<FunctionsApplicationBuilder> configure)
    : IWorker
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHost? app;
    private Task starting = Task.CompletedTask;

    public string Folder => AppContext.BaseDirectory;

    public Task Ended => ended.Task;

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("The app is not started.");

    public void Begin(Uri endpoint, string workerId)
    {
        // As the Functions host tells it to a worker of its own process.
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", Folder);
        Environment.SetEnvironmentVariable(
            "AZURE_FUNCTIONS_ENVIRONMENT",
            configuration["AZURE_FUNCTIONS_ENVIRONMENT"] ?? Environments.Development
        );
        app = AutopayApp.Build(
            [
                $"--Functions:Worker:HostEndpoint={endpoint}",
                $"--Functions:Worker:WorkerId={workerId}",
                "--Functions:Worker:RequestId=start",
                string.Create(CultureInfo.InvariantCulture, $"--Functions:Worker:GrpcMaxMessageLength={int.MaxValue}"),
            ],
            Configure
        );

        // Its start waits for the host, which waits for its connection.
        starting = app.StartAsync();
        _ = starting.ContinueWith(
            failed => ended.TrySetException(failed.Exception!.InnerExceptions),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
    }

    public async Task<Uri> StartedAsync(WorkerSession session)
    {
        await starting;
        return new Uri(
            Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
    }

    public async Task StopAsync()
    {
        if (app is not null)
        {
            await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.StopAsync();
        }

        ended.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((app as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private void Configure(FunctionsApplicationBuilder builder)
    {
        // The host's settings win over what the worker reads by itself.
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new MemoryKeys());
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Error);
        configure(builder);
    }
}
