using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Reconciling;

/// <param name="Missed">How many no webhook had brought.</param>
/// <param name="Through">Every event that happened before is taken in; null: the first run goes on in the next
/// one.</param>
public sealed record Backfilled(int Missed, DateTimeOffset? Through);

/// <summary>
/// Takes in the events that no webhook brought: the provider lists them for 30 days, what is older the intents
/// themselves tell. How far it came is stored with every page, so that a run that is cut, or ends because its time is
/// over, is gone on with by the next one.
/// </summary>
public sealed class BackfillEvents(
    IProviderRecords records,
    IProviderEventStore events,
    EventHints hints,
    CityClock clock,
    ProcessingOptions options
)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>An event may be listed late, and clocks differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    public async Task<Backfilled> RunAsync(CancellationToken cancel)
    {
        var (until, now) = (clock.Now.Utc + options.BackfillFor, clock.Now.Utc);
        HashSet<Bucket> touched = [];
        var progress = await events.ReadProgressAsync(cancel);
        var missed = 0;
        while (progress.Open is not null || progress.Through is not { } done || done < now)
        {
            progress = progress with { Open = WindowOf(progress, now) };
            (progress, var taken) = await TakeInAsync(progress, until, touched, cancel);
            missed += taken;
            if (progress.Open is not null)
            {
                break; // Its time is over.
            }
        }

        foreach (var bucket in touched)
        {
            await hints.GoOnAsync(bucket, cancel);
        }

        return new Backfilled(missed, progress.Through);
    }

    // What an earlier run began is finished first.
    private static EventWindow WindowOf(EventProgress progress, DateTimeOffset now)
    {
        var oldest = now - Kept;
        var window = progress.Open ?? new EventWindow((progress.Through ?? oldest) - Overlap, now, now);
        return window with { From = window.From > oldest ? window.From : oldest };
    }

    private async Task<(EventProgress Progress, int Missed)> TakeInAsync(
        EventProgress progress,
        DateTimeOffset until,
        HashSet<Bucket> touched,
        CancellationToken cancel
    )
    {
        var (window, missed) = (progress.Open!, 0);
        if (window.Down >= window.From)
        {
            await foreach (var page in records.ReadEventsAsync(window.From, window.Down, cancel))
            {
                var taken = await events.AddMissingAsync(page.Events, cancel);
                missed += taken.Count;
                touched.UnionWith(
                    taken
                        .Where(happened => happened.State == ProviderEventState.Stored)
                        .Select(happened => happened.ToOpen().Bucket)
                );
                progress = progress with { Open = window = window with { Down = page.Oldest } };
                await events.SaveProgressAsync(progress, cancel);
                if (clock.Now.Utc >= until)
                {
                    return (progress, missed);
                }
            }
        }

        progress = new EventProgress(window.To, null);
        await events.SaveProgressAsync(progress, cancel);
        return (progress, missed);
    }
}
