using Autopay.Application.Ports.Messages;
using Azure;

namespace Autopay.Storage.Messages;

public sealed class StoragePoisonQueues(StorageClients clients) : IPoisonQueues
{
    private const int MostMessages = 32;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);
    private static readonly string[] Queues =
    [
        QueueNames.Evaluate,
        QueueNames.ProviderEvents,
        QueueNames.Imports,
        QueueNames.Runs,
        QueueNames.Notices,
    ];

    public async Task<IReadOnlyList<PoisonMessage>> ReceiveAsync(CancellationToken cancel) =>
        [.. (await Task.WhenAll(Queues.Select(queue => ReceiveAsync(queue, cancel)))).SelectMany(messages => messages)];

    public async Task DeleteAsync(PoisonMessage message, CancellationToken cancel)
    {
        try
        {
            await clients
                .RawQueue(PoisonOf(message.Queue))
                .DeleteMessageAsync(message.MessageId, message.PopReceipt, cancel);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 400)
        {
            // Somebody else was faster: the row is the same.
        }
    }

    private async Task<IEnumerable<PoisonMessage>> ReceiveAsync(string queue, CancellationToken cancel)
    {
        try
        {
            var messages = (
                await clients.RawQueue(PoisonOf(queue)).ReceiveMessagesAsync(MostMessages, Hidden, cancel)
            ).Value;
            return messages.Select(message => new PoisonMessage(
                queue,
                message.Body.ToString(),
                message.MessageId,
                message.PopReceipt
            ));
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return [];
        }
    }

    private static string PoisonOf(string queue) => queue + "-poison";
}
