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

    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadOldestAsync(
        IReadOnlyCollection<string> names,
        CancellationToken cancel
    )
    {
        var oldest = await Task.WhenAll(
            names.Select(async name => (Name: name, Since: await OldestAsync(name, cancel)))
        );
        return oldest
            .Where(queue => queue.Since is not null)
            .ToDictionary(queue => queue.Name, queue => queue.Since!.Value);
    }

    private async Task<DateTimeOffset?> OldestAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (await clients.Queue(name).PeekMessageAsync(cancel)).Value?.InsertedOn;
        }
        catch (RequestFailedException)
        {
            return null;
        }
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
