using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Rpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Workers;

/// <summary>Keeps the worker running: starts it, opens its session, starts it again when it has died, and ends it.</summary>
internal sealed class WorkerHost(IWorker worker, WorkerLog log, ILogger<WorkerHost> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();
    private WorkerEndpoint? endpoint;
    private Task supervising = Task.CompletedTask;
    private Running? running;

    /// <exception cref="WorkerGoneException">It has died, and the next one is not ready yet.</exception>
    public Running Current => running ?? throw new WorkerGoneException();

    /// <summary>The first worker is started, or the host does not start.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        endpoint = await WorkerEndpoint.StartAsync(cancel);
        running = await StartWorkerAsync();
        supervising = SuperviseAsync();
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        running?.Session.Channel.Terminate(Grace);
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

            running = null;
            logger.WorkerDied();
            running = await StartWorkerAsync();
        }
    }

    private async Task<Running> StartWorkerAsync()
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
        return new Running(session, await worker.StartedAsync(session));
    }

    /// <param name="Http">Where the worker's own server listens.</param>
    internal sealed record Running(WorkerSession Session, Uri Http);
}
