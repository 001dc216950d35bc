using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Workers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Triggers;

/// <summary>
/// Keeps the SDK's listeners for queues and timers going. They begin after HTTP and without it: storage that is away
/// delays them or breaks them off, and they are made anew until it is back. Timers that are past due run while requests
/// are served.
/// </summary>
internal sealed class JobHostService(
    JobHostFactory factory,
    FunctionInvoker invoker,
    TimeProvider time,
    ILogger<JobHostService> logger
) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    // What a function gets to end by itself once it was told to give up.
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();
    private Task listening = Task.CompletedTask;
    private IHost? jobs;
    private Task draining = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        listening = Task.Run(ListenAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Nothing new begins.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await listening;
        if (jobs is { } running)
        {
            // A listener has stopped when its functions have ended.
            draining = TryAsync(() =>
                running.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(CancellationToken.None)
            );
        }
    }

    /// <summary>What runs may end; when the host loses patience it is told to give up.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var idle = Task.WhenAll(draining, invoker.IdleAsync());
        await idle.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        invoker.LosePatience();
        await idle.WaitAsync(LastGrace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!idle.IsCompleted)
        {
            logger.FunctionsStillRunning();
        }
        else
        {
            await EndAsync();
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        jobs?.Dispose();
        stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var broken = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);

            // Timers that are past due run inside the start, and a stop must not wait for them longer than for others.
            var starting = StartAsync(broken);
            await using (stopping.Token.Register(() => broken.TrySetCanceled()))
            {
                await Task.WhenAny(broken.Task);
            }

            if (broken.Task.IsCanceled)
            {
                return;
            }

            logger.CannotListen(Words(await broken.Task));
            await starting;
            await EndAsync();
            await Task.Delay(TryAgainAfter, time, stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StartAsync(TaskCompletionSource<Exception> broken)
    {
        try
        {
            jobs = factory.Create(broken);
            await jobs.StartAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            broken.TrySetResult(failure);
        }
    }

    // The outermost says what was tried, the innermost why it failed.
    private static string Words(Exception failure) =>
        failure.GetBaseException() is var cause && cause != failure
            ? $"{failure.Message} {cause.Message}"
            : failure.Message;

    private async Task EndAsync()
    {
        if (Interlocked.Exchange(ref jobs, null) is { } ending)
        {
            await TryAsync(() => ending.StopAsync(CancellationToken.None));
            ending.Dispose();
        }
    }

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
}
