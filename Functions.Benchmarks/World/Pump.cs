using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Autopay.Benchmarks.World;

/// <summary>Receives, handles and deletes messages until a queue is empty: what the Functions host does, without its polling.</summary>
public static class Pump
{
    /// <summary>The batch size in host.json.</summary>
    private const int AtOnce = 8;

    /// <summary>The most that one receive may ask for.</summary>
    private const int MostReceived = 32;

    public static async Task DrainAsync(QueueClient queue, Func<string, Task> handle, int atOnce = AtOnce)
    {
        while (await queue.ReceiveMessagesAsync(MostReceived, TimeSpan.FromHours(1)) is { Value: { Length: > 0 } batch })
        {
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, (message, _) => HandleAsync(queue, message, handle));
        }
    }

    private static async ValueTask HandleAsync(QueueClient queue, QueueMessage message, Func<string, Task> handle)
    {
        await handle(message.Body.ToString());
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }
}
