using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

/// <summary>Keeps a message hidden for as long as its function runs.</summary>
internal sealed class QueueLease : IAsyncDisposable
{
    private readonly QueueClient queue;
    private readonly QueueMessage message;
    private readonly QueueLeaseOptions options;
    private readonly HostClock clock;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ended = new();
    private readonly Task renewing;

    public QueueLease(QueueClient queue, QueueMessage message, QueueLeaseOptions options, HostClock clock, ILogger logger)
    {
        (this.queue, this.message, this.options, this.clock, this.logger) = (queue, message, options, clock, logger);
        PopReceipt = message.PopReceipt;
        renewing = RenewAsync();
    }

    /// <summary>The receipt that finishes the message, once the lease has ended: every renewal makes a new one.</summary>
    public string PopReceipt { get; private set; }

    /// <summary>Waits for a renewal that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await renewing;
        ended.Dispose();
    }

    private async Task RenewAsync()
    {
        for (TimeSpan? wait = options.RenewEvery; wait is not null && !ended.IsCancellationRequested;)
        {
            await clock.WaitAsync(wait.Value, ended.Token);
            wait = ended.IsCancellationRequested ? null : await HideAgainAsync();
        }
    }

    /// <summary>When to do it next; null when the message is no longer ours.</summary>
    private async Task<TimeSpan?> HideAgainAsync()
    {
        try
        {
            var answer = await queue.UpdateMessageAsync(message.MessageId, PopReceipt, visibilityTimeout: options.HideFor);
            PopReceipt = answer.Value.PopReceipt;
            return options.RenewEvery;
        }
        catch (RequestFailedException exception) when (HostQueue.IsGone(exception))
        {
            logger.MessageGone(message.MessageId, exception.ErrorCode);
            return null;
        }
        catch (Exception exception)
        {
            logger.CannotRenew(message.MessageId, exception.Message);
            return options.RenewAgainAfter;
        }
    }
}
