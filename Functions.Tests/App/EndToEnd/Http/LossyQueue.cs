using Autopay.Application.Ports.Messages;
using Autopay.Storage;
using Autopay.Storage.Messages;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>The app's queues, but that messages to buckets are gone while it loses them, and nobody is told.</summary>
internal sealed class LossyQueue(StorageClients clients) : IWorkQueue
{
    private readonly StorageWorkQueue queue = new(clients);
    private int lost;

    public bool Loses { get; set; }

    public int Lost => lost;

    public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel) =>
        TryEnqueueLaterAsync(message, TimeSpan.Zero, cancel);

    public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel)
    {
        if (Loses)
        {
            Interlocked.Increment(ref lost);
            return Task.FromResult(true);
        }

        return queue.TryEnqueueLaterAsync(message, after, cancel);
    }

    public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
        queue.TryEnqueueAsync(message, after, cancel);

    public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) =>
        queue.TryEnqueueAsync(message, cancel);

    public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
        queue.TryEnqueueLaterAsync(message, after, cancel);

    public Task WithdrawAsync(string watchedRun, CancellationToken cancel) => queue.WithdrawAsync(watchedRun, cancel);

    public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel) => Task.FromResult(true);

    public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel) =>
        queue.TryEnqueueAsync(message, cancel);
}
