using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

/// <summary>Listens for every function that is not called over HTTP. Starting fails only on what a person wrote wrongly, never on storage.</summary>
internal sealed class ListenerService(
    FunctionCatalog catalog,
    QueueListenerFactory queues,
    TimerListenerFactory timers,
    ManualInvocations manual,
    HostDrain drain,
    HostClock clock,
    IConfiguration configuration,
    ILogger<ListenerService> logger) : IHostedService
{
    // What a function gets to end by itself once it was told to give up.
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(5);
    private Task listening = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var listeners = catalog.Functions.Where(IsEnabled).Select(Create).OfType<IListener>().ToList();
        listening = Task.WhenAll(listeners.Select(listener => Task.Run(listener.RunAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        drain.Begin();
        var drained = Task.WhenAll(listening, manual.DrainAsync());
        await drained.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        drain.LosePatience();
        await Task.WhenAny(drained, clock.WaitAsync(LastGrace, CancellationToken.None));
        if (!drained.IsCompletedSuccessfully)
        {
            logger.FunctionsStillRunning(drained.Exception);
        }
    }

    // The real host's switch for one function; over HTTP and by hand it can still be called.
    private bool IsEnabled(FunctionDescriptor function) => !configuration.GetValue<bool>($"AzureWebJobs.{function.Name}.Disabled");

    private IListener? Create(FunctionDescriptor function) => function.Trigger switch
    {
        QueueTriggerAttribute trigger => queues.Create(function, trigger),
        TimerTriggerAttribute trigger => timers.Create(function, trigger),
        _ => null,
    };
}
