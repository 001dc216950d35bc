using Autopay.Application;
using Autopay.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting;

/// <summary>
/// What is missing of the storage is made before anything is served. Storage that cannot be reached ends nothing:
/// health answers, all else is refused until it is back. Resolved late, because the local host starts its own storage
/// first.
/// </summary>
internal sealed class PrepareStorage(
    IServiceProvider services,
    StoragePreparation preparation,
    TimeProvider time,
    ILogger<PrepareStorage> logger
) : IHostedService, IDisposable
{
    private static readonly TimeSpan StartWaits = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private readonly CancellationTokenSource stopping = new();
    private Task preparing = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var first = TryAsync();
        preparing = GoOnAsync(first);
        await ((Task)first)
            .WaitAsync(StartWaits, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await preparing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stopping.Dispose();

    private async Task GoOnAsync(Task<bool> first)
    {
        var isDone = await first;
        for (
            var pause = TimeSpan.FromSeconds(1);
            !isDone && !stopping.IsCancellationRequested;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause
        )
        {
            await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isDone = await TryAsync();
        }
    }

    private async Task<bool> TryAsync()
    {
        using var patience = new CancellationTokenSource(OneTry, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping.Token);
        try
        {
            await services.GetRequiredService<StorageSetup>().RunAsync(either.Token);
            preparation.IsDone();
            return true;
        }
        catch (Exception failure)
        {
            // Its own messages are sentences for anybody; what the client says of a service may name accounts.
            preparation.Failed(
                failure is InvalidOperationException ? failure.Message : "the storage cannot be reached"
            );
            logger.StorageNotPrepared(failure.Message.Split('\n')[0].Trim());
            return false;
        }
    }
}
