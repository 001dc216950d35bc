using Autopay.Application.Ports;
using Azure;

namespace Autopay.Storage;

/// <summary>One cheap request to each service. Skew is against the machine's own clock: the app's may be a driven one.</summary>
public sealed class StorageProbing(StorageClients clients) : IStorageProbe
{
    public async Task<StorageProbe> ProbeAsync(CancellationToken cancel)
    {
        var answers = await Task.WhenAll(
            AskAsync(async () => (await clients.Table(StorageClients.ControlsTable).GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>("probe", "probe", cancellationToken: cancel)).GetRawResponse()),
            AskAsync(async () => (await clients.Queue(QueueNames.Evaluate).GetPropertiesAsync(cancel)).GetRawResponse()),
            AskAsync(async () => (await clients.Container(StorageClients.ImportsContainer).GetPropertiesAsync(cancellationToken: cancel)).GetRawResponse()));
        var skew = answers.OfType<Response>().Select(answer => answer.Headers.Date).OfType<DateTimeOffset>().Select(date => (TimeSpan?)(TimeProvider.System.GetUtcNow() - date)).FirstOrDefault();
        return new StorageProbe(answers[0] is not null, answers[1] is not null, answers[2] is not null, skew);
    }

    private static async Task<Response?> AskAsync(Func<Task<Response>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception away) when (away is RequestFailedException or AggregateException)
        {
            return null;
        }
    }
}
