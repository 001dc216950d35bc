using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Rpc;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Workers;

/// <summary>
/// Keeps the worker running: starts it, opens its session, starts it again when it has died, and ends it.
/// </summary>
internal sealed class WorkerHost(IWorker worker, WorkerLog log, TimeProvider time, ILogger<WorkerHost> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stopping = new();
    private WorkerEndpoint? endpoint;
    private Task supervising = Task.CompletedTask;
    private TaskCompletionSource<RunningWorker> ready = New();

    /// <summary>What the worker said of its functions when it started.</summary>
    public IReadOnlyList<WorkerFunction> Functions { get; private set; } = [];

    /// <summary>
    /// The worker that runs. While one has died, whoever needs it waits for the next: a message must not fail for it.
    /// </summary>
    public Task<RunningWorker> ReadyAsync(CancellationToken cancel) => ready.Task.WaitAsync(cancel);

    /// <summary>The first worker is started, or the host does not start.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        endpoint = await WorkerEndpoint.StartAsync(cancel);
        await StartWorkerAsync();
        supervising = SuperviseAsync();
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        if (ready.Task.IsCompletedSuccessfully)
        {
            (await ready.Task).Channel.Terminate(Grace);
        }

        await worker.StopAsync();
        await supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A host that did not start is not stopped either.
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await (endpoint?.DisposeAsync() ?? ValueTask.CompletedTask);
        stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (true)
        {
            await worker.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            logger.WorkerDied();
            ready = New();
            await TryStartWorkerAsync();
        }
    }

    private async Task TryStartWorkerAsync()
    {
        try
        {
            await StartWorkerAsync();
        }
        catch (Exception failure)
        {
            logger.WorkerNotStarted(failure.Message);
            await Task.Delay(TryAgainAfter, time, stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StartWorkerAsync()
    {
        var workerId = Guid.NewGuid().ToString();
        var connecting = endpoint!.ExpectAsync(workerId, log.Write);
        worker.Begin(endpoint.Address, workerId);
        if (await Task.WhenAny(connecting, worker.Ended) == worker.Ended)
        {
            await worker.Ended;
            throw new InvalidOperationException("The worker ended before it connected.");
        }

        var session = await WorkerSession.OpenAsync(await connecting, worker.Folder);
        Functions = session.Functions;
        ready.SetResult(new RunningWorker(session.Channel, await worker.StartedAsync(session)));
    }

    private static TaskCompletionSource<RunningWorker> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <param name="Http">Where the worker's own server listens.</param>
internal sealed record RunningWorker(WorkerChannel Channel, Uri Http);
