using Autopay.Application.Ports.Messages;
using Autopay.Storage.Messages;

namespace Autopay.Benchmarks.World;

/// <summary>The real queues, counted.</summary>
public sealed class CountingQueue(StorageWorkQueue queue) : IWorkQueue
{
    private int messages;

    public int Messages => Volatile.Read(ref messages);

    public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel) =>
        Counted(queue.TryEnqueueAsync(message, cancel));

    public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel) =>
        Counted(queue.TryEnqueueLaterAsync(message, after, cancel));

    public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
        Counted(queue.TryEnqueueAsync(message, after, cancel));

    public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) =>
        Counted(queue.TryEnqueueAsync(message, cancel));

    public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
        Counted(queue.TryEnqueueLaterAsync(message, after, cancel));

    public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel) =>
        Counted(queue.TryEnqueueAsync(message, cancel));

    public Task WithdrawAsync(string watchedRun, CancellationToken cancel) => queue.WithdrawAsync(watchedRun, cancel);

    public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel) =>
        Counted(queue.TryEnqueueAsync(message, cancel));

    private Task<bool> Counted(Task<bool> sending)
    {
        Interlocked.Increment(ref messages);
        return sending;
    }
}
