using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>Takes in the events that no webhook brought: the provider lists them for 30 days, what is older the intents themselves tell.</summary>
public sealed class BackfillEvents(IProviderRecords records, IProviderEventStore events, IWorkQueue queue, CityClock clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <returns>How many were missed.</returns>
    public async Task<int> RunAsync(DateTimeOffset from, CancellationToken cancel)
    {
        var missed = 0;
        var oldest = clock.Now.Utc - Kept;
        await foreach (var page in records.ReadEventsAsync(from > oldest ? from : oldest, cancel))
        {
            foreach (var happened in page)
            {
                missed += await TakeInAsync(happened, cancel) ? 1 : 0;
            }
        }

        return missed;
    }

    private async Task<bool> TakeInAsync(ProviderEvent happened, CancellationToken cancel)
    {
        if (!await events.TryAddAsync(happened, cancel))
        {
            return false;
        }

        if (happened.State == ProviderEventState.Stored)
        {
            await queue.TryEnqueueAsync(ProviderEventMessage.Of(happened), cancel);
        }

        return true;
    }
}
