using Azure;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class QueueListener(
    HostQueue queue, QueueMessageHandler handler, QueueLeaseOptions lease, HostDrain drain, HostClock clock, ILogger logger) : IListener
{
    private readonly PollingDelay delay = new(queue.Options.MaxPollingInterval);
    private readonly List<Task> running = [];

    public async Task RunAsync()
    {
        while (!drain.Stopping.IsCancellationRequested)
        {
            var messages = await ReceiveAsync();
            if (messages.Length > 0)
            {
                delay.Reset();
                running.AddRange(messages.Select(message => Task.Run(() => handler.HandleAsync(message))));
                await UntilNewBatchAsync();
            }
            else
            {
                await clock.WaitAsync(delay.Next(), drain.Stopping);
            }
        }

        await Task.WhenAll(running);
    }

    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            return await ReceiveOrCreateAsync();
        }
        catch (Exception exception)
        {
            // Whatever storage answers, or does not, the queue is asked again.
            logger.CannotReceive(exception.Message);
            return [];
        }
    }

    /// <summary>Not cancelled by a stop: an answer nobody waits for would hide its messages for as long as a crash does.</summary>
    private async Task<QueueMessage[]> ReceiveOrCreateAsync()
    {
        try
        {
            return (await queue.Client.ReceiveMessagesAsync(queue.Options.BatchSize, lease.HideFor, drain.OutOfPatience)).Value;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.Client.CreateIfNotExistsAsync(cancellationToken: drain.OutOfPatience);
            return [];
        }
    }

    private async Task UntilNewBatchAsync()
    {
        running.RemoveAll(task => task.IsCompleted);
        while (running.Count > queue.Options.MessagesLeftForNewBatch)
        {
            running.Remove(await Task.WhenAny(running));
        }
    }
}
