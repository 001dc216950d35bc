using Autopay.Application.Ports.Messages;
using Azure;

namespace Autopay.Storage.Messages;

public sealed class StorageQueueDepths(StorageClients clients) : IQueueDepths
{
    public async Task<IReadOnlyDictionary<string, long?>> ReadAsync(CancellationToken cancel)
    {
        var depths = await Task.WhenAll(
            QueueNames.All.Select(async name => (Name: name, Depth: await DepthAsync(name, cancel)))
        );
        return depths.ToDictionary(queue => queue.Name, queue => queue.Depth);
    }

    private async Task<long?> DepthAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (await clients.Queue(name).GetPropertiesAsync(cancel)).Value.ApproximateMessagesCountLong;
        }
        catch (RequestFailedException)
        {
            return null;
        }
    }
}
