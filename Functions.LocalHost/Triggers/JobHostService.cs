using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Timers;
using Autopay.LocalHost.Workers;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Triggers;

/// <summary>
/// The WebJobs SDK's own listeners for queues and timers. They begin after HTTP and without it: storage that is away delays them, and timers that are
/// past due run while requests are served.
/// </summary>
internal sealed class JobHostService(
    WorkerHost worker, FunctionInvoker invoker, TriggerCalls calls, HostSettings settings, IConfiguration configuration, ILoggerFactory loggers, ILogger<JobHostService> logger)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    // What a function gets to end by itself once it was told to give up.
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();
    private Task<IHost?> starting = Task.FromResult<IHost?>(null);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        starting = Task.Run(StartAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Nothing new begins.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        if (await starting is { } jobs)
        {
            await TryAsync(() => jobs.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(CancellationToken.None));
        }
    }

    /// <summary>What runs may end; when the host loses patience it is told to give up.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await invoker.IdleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        invoker.LosePatience();
        await invoker.IdleAsync().WaitAsync(LastGrace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!invoker.IdleAsync().IsCompleted)
        {
            logger.FunctionsStillRunning();
        }

        if (await starting is { } jobs)
        {
            await TryAsync(() => jobs.StopAsync(CancellationToken.None));
            jobs.Dispose();
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => stopping.Dispose();

    // Storage may have gone first: its leases run out by themselves.
    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception failure)
        {
            logger.CannotStop(failure.Message);
        }
    }

    private async Task<IHost?> StartAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var jobs = Build();
            try
            {
                await jobs.StartAsync(stopping.Token);
                return jobs;
            }
            catch (Exception failure)
            {
                jobs.Dispose();
                logger.CannotListen(failure.Message);
                await Task.Delay(TryAgainAfter, TimeProvider.System, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    private IHost Build()
    {
        var listened = worker.Current.Session.Functions.Where(function => (function.IsQueue || (function.IsTimer && settings.ListensToTimers)) && !settings.IsDisabled(function.Name));
        var functions = FunctionsType.Emit(listened);
        return new HostBuilder()
            .ConfigureAppConfiguration(builder => builder.AddConfiguration(configuration))
            .ConfigureWebJobs(jobs => jobs.AddAzureStorageCoreServices().AddAzureStorageQueues().AddTimers())
            .ConfigureServices(services =>
            {
                services.AddSingleton(loggers);
                services.AddSingleton<IHostIdProvider>(new FixedHostId(settings.HostId));
                services.AddSingleton<ITypeLocator>(new OneType(functions));
                services.AddSingleton<IJobActivator>(new Activator(() => (TriggerTarget)System.Activator.CreateInstance(functions, calls)!));
                services.RemoveAll<ScheduleMonitor>().AddSingleton<ScheduleMonitor>(new BlobScheduleMonitor(configuration, settings.HostId));
            })
            .Build();
    }

    private sealed class FixedHostId(string id) : IHostIdProvider
    {
        public Task<string> GetHostIdAsync(CancellationToken cancellationToken) => Task.FromResult(id);
    }

    private sealed class OneType(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class Activator(Func<TriggerTarget> create) : IJobActivator
    {
        public T CreateInstance<T>() => (T)(object)create();
    }
}
