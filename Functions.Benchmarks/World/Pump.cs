using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Autopay.Benchmarks.World;

/// <summary>
/// Receives, handles and deletes messages until a queue is empty: what the Functions host does, without its polling.
/// </summary>
public static class Pump
{
    /// <summary>The most that one receive may ask for.</summary>
    private const int MostReceived = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>As many at once as the batch size in host.json says.</summary>
    public static ParallelOptions AsTheHost { get; } = new() { MaxDegreeOfParallelism = 8 };

    /// <summary>So that what is counted repeats exactly.</summary>
    private static ParallelOptions OneByOne { get; } = new() { MaxDegreeOfParallelism = 1 };

    public static async Task DrainAsync(QueueClient queue, Func<string, Task> handle, bool oneByOne = false)
    {
        var atOnce = oneByOne ? OneByOne : AsTheHost;
        while (
            await queue.ReceiveMessagesAsync(MostReceived, TimeSpan.FromHours(1)) is { Value: { Length: > 0 } batch }
        )
        {
            await Parallel.ForEachAsync(batch, atOnce, (message, _) => HandleAsync(queue, message, handle));
        }
    }

    /// <summary>The same beside other work, until that has ended.</summary>
    public static async Task DrainBesideAsync(QueueClient queue, Func<string, Task> handle, Task work)
    {
        while (!work.IsCompleted)
        {
            await DrainAsync(queue, handle);
            await Task.WhenAny(work, Task.Delay(Pause, TimeProvider.System));
        }

        await work;
    }

    /// <summary>Waits for what runs by itself.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static async ValueTask HandleAsync(QueueClient queue, QueueMessage message, Func<string, Task> handle)
    {
        await handle(message.Body.ToString());
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }
}
