using Autopay.Benchmarks.World;
using Azure.Storage.Queues;

namespace Autopay.Peers.Engines;

/// <summary>
/// What one would write by hand: a message a debit, received 32 at a time, handled as many at once as ours, deleted.
/// </summary>
/// <param name="waiting">So many messages are sent before the first is received.</param>
internal sealed class HandLoop(string connection, string queueName, int waiting) : IEngine
{
    public string Name => waiting == int.MaxValue ? "hand-written loop, all waiting" : "hand-written loop, short queue";

    public async Task RunAsync(PeerBooks books)
    {
        var queue = new QueueClient(
            connection,
            queueName,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        await queue.CreateIfNotExistsAsync();
        foreach (var some in books.Keys.Chunk(Math.Min(waiting, books.Keys.Count)))
        {
            await Parallel.ForEachAsync(
                some,
                Pump.AsTheHost,
                async (key, stop) => await queue.SendMessageAsync(key, stop)
            );
            await Pump.DrainAsync(queue, books.ChargeAsync);
        }
    }
}
