using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Azure;

namespace Autopay.Storage;

/// <summary>
/// One cheap request to each service. Skew is against the machine's own clock: the app's may be a driven one.
/// </summary>
public sealed class StorageProbing(StorageClients clients) : IStorageProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<StorageProbe> ProbeAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        var answers = await ProbeAllAsync(either.Token);
        cancel.ThrowIfCancellationRequested();
        var skew = answers
            .OfType<Response>()
            .Select(answer => answer.Headers.Date)
            .OfType<DateTimeOffset>()
            .Select(date => (TimeSpan?)(TimeProvider.System.GetUtcNow() - date))
            .FirstOrDefault();
        return new StorageProbe(answers[0] is not null, answers[1] is not null, answers[2] is not null, skew);
    }

    private Task<Response?[]> ProbeAllAsync(CancellationToken cancel) =>
        Task.WhenAll(
            AskAsync(async () =>
                (
                    await clients
                        .Table(StorageClients.ControlsTable)
                        .GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>(
                            "probe",
                            "probe",
                            cancellationToken: cancel
                        )
                ).GetRawResponse()
            ),
            AskAsync(async () =>
                (await clients.Queue(QueueNames.Evaluate).GetPropertiesAsync(cancel)).GetRawResponse()
            ),
            AskAsync(async () =>
                (
                    await clients
                        .Container(StorageClients.ImportsContainer)
                        .GetPropertiesAsync(cancellationToken: cancel)
                ).GetRawResponse()
            )
        );

    private static async Task<Response?> AskAsync(Func<Task<Response>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception away) when (away is RequestFailedException or AggregateException or OperationCanceledException)
        {
            return null;
        }
    }
}
