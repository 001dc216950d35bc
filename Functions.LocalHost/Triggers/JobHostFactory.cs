using System.Runtime.ExceptionServices;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Timers;
using Autopay.LocalHost.Workers;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Triggers;

/// <summary>
/// Composes the WebJobs SDK's host: its queue and timer listeners over the worker's functions, with the options of
/// <c>host.json</c>.
/// </summary>
internal sealed class JobHostFactory(
    WorkerHost worker,
    TriggerCalls calls,
    QueueNudge nudge,
    HostSettings settings,
    IConfiguration configuration,
    ILoggerFactory loggers
)
{
    /// <param name="broken">Gets what a listener could not survive.</param>
    public IHost Create(TaskCompletionSource<Exception> broken)
    {
        var functions = FunctionsType.Emit(worker.Functions.Where(IsListenedTo));
        return new HostBuilder()
            .ConfigureAppConfiguration(builder => builder.AddConfiguration(configuration))
            .ConfigureWebJobs(jobs => jobs.AddAzureStorageCoreServices().AddAzureStorageQueues().AddTimers())
            .ConfigureServices(services =>
            {
                services.AddSingleton(loggers);
                nudge.AddTo(services);
                services.AddSingleton<IHostIdProvider>(new FixedHostId(settings.HostId));
                services.AddSingleton<ITypeLocator>(new OneType(functions));
                services.AddSingleton<IJobActivator>(
                    new TargetActivator(() => (TriggerTarget)Activator.CreateInstance(functions, calls)!)
                );
                services.AddSingleton<IWebJobsExceptionHandlerFactory>(new ExceptionHandlers(broken));
                services
                    .RemoveAll<ScheduleMonitor>()
                    .AddSingleton<ScheduleMonitor>(new BlobScheduleMonitor(configuration, settings.HostId));
            })
            .Build();
    }

    private bool IsListenedTo(WorkerFunction function) =>
        !settings.IsDisabled(function.Name) && (function.IsQueue || (function.IsTimer && settings.ListensToTimers));

    private sealed class FixedHostId(string id) : IHostIdProvider
    {
        public Task<string> GetHostIdAsync(CancellationToken cancellationToken) => Task.FromResult(id);
    }

    private sealed class OneType(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class TargetActivator(Func<TriggerTarget> create) : IJobActivator
    {
        public T CreateInstance<T>() => (T)(object)create();
    }

    /// <summary>By itself the SDK ends the process; like the real host, this one begins to listen anew.</summary>
    private sealed class ExceptionHandlers(TaskCompletionSource<Exception> broken)
        : IWebJobsExceptionHandlerFactory,
            IWebJobsExceptionHandler
    {
        public IWebJobsExceptionHandler Create(IHost jobHost) => this;

        public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
        {
            broken.TrySetResult(exceptionInfo.SourceException);
            return Task.CompletedTask;
        }

        public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) =>
            OnUnhandledExceptionAsync(exceptionInfo);
    }
}
