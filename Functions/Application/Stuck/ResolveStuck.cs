using System.Text.Json;
using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Stuck;

/// <summary>What became of a request to replay or discard.</summary>
public enum StuckResolution
{
    Done,

    /// <summary>It was closed before: nothing changed.</summary>
    AlreadyDone,

    NotFound,
}

/// <summary>
/// A person closes something that is stuck. Replaying never charges by itself: it puts a message out again, looks at an
/// account or an intent again, or lets an attempt be proven dead; whatever follows is decided by the same rules as
/// always.
/// </summary>
public sealed class ResolveStuck(
    IStuckStore stuck,
    IProviderEventStore events,
    ReplayStuck replay,
    ResolveAttempt attempts,
    ReadStuck list,
    CityClock clock
)
{
    public Task<StuckResolution> ReplayAsync(string id, string by, string why, CancellationToken cancel) =>
        RunAsync(id, StuckClosing.Replayed, clock.Authority(by, why), cancel);

    public Task<StuckResolution> DiscardAsync(string id, string by, string why, CancellationToken cancel) =>
        RunAsync(id, StuckClosing.Discarded, clock.Authority(by, why), cancel);

    /// <exception cref="RefusedException">It cannot be done that way; the message says what can.</exception>
    private async Task<StuckResolution> RunAsync(
        string id,
        StuckClosing closing,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (await stuck.FindAsync(id, cancel) is { } item)
        {
            return await CloseAsync(item, closing, authority, cancel);
        }

        if (await events.FindAsync(id, cancel) is { } happened)
        {
            return await CloseAsync(happened, closing, authority, cancel);
        }

        var resolution = DebitId.TryParse(id, out var debit)
            ? await attempts.RunAsync(debit, closing, authority, cancel)
            : StuckResolution.NotFound;
        await (resolution == StuckResolution.Done ? Task.CompletedTask : RefuseWhatIsClosedElsewhereAsync(id, cancel));
        return resolution;
    }

    private async Task RefuseWhatIsClosedElsewhereAsync(string id, CancellationToken cancel)
    {
        if ((await list.RunAsync(cancel)).FirstOrDefault(entry => entry.Id == id) is { } entry)
        {
            throw new RefusedException($"'{entry.Kind}' is neither replayed nor discarded. {StuckAdvice.Of(entry)}");
        }
    }

    // The work first: an item that is closed although nothing was done would be lost.
    private async Task<StuckResolution> CloseAsync(
        StuckItem item,
        StuckClosing closing,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (item.Closing is not null)
        {
            return StuckResolution.AlreadyDone;
        }

        if (closing == StuckClosing.Replayed)
        {
            await replay.RunAsync(item, authority, cancel);
        }

        // An account that could be looked at again has left the list by that alone.
        return
            await stuck.TryCloseAsync(item.Id, closing, authority, cancel)
            || await stuck.FindAsync(item.Id, cancel) is null
            ? StuckResolution.Done
            : StuckResolution.AlreadyDone;
    }

    private async Task<StuckResolution> CloseAsync(
        ProviderEvent happened,
        StuckClosing closing,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (happened.State is not (ProviderEventState.Parked or ProviderEventState.Foreign))
        {
            return StuckResolution.AlreadyDone;
        }

        if (closing == StuckClosing.Discarded)
        {
            await events.MarkAsync(
                [
                    new EventMark(
                        happened.ToOpen(),
                        ProviderEventState.Noted,
                        $"discarded by {authority.By}: {authority.Why}"
                    ),
                ],
                cancel
            );
            return StuckResolution.Done;
        }

        await replay.RunAsync(happened, cancel);
        return StuckResolution.Done;
    }
}

/// <summary>Does again what got stuck.</summary>
public sealed class ReplayStuck(IWorkQueue queue, EvaluateBucket evaluate, RecordProviderEvent record)
{
    public Task RunAsync(StuckItem item, Authority authority, CancellationToken cancel) =>
        item.Kind switch
        {
            CollectPoisonMessages.Kind or CollectPoisonMessages.HintKind => EnqueueAsync(item, cancel),
            EvaluateBucket.StuckKind => LookAgainAsync(new AccountId(item.Content), authority, cancel),
            _ => throw new RefusedException(
                $"'{item.Kind}' cannot be replayed: run what found it again, or discard it with the explanation."
            ),
        };

    public Task RunAsync(ProviderEvent happened, CancellationToken cancel) =>
        happened.State == ProviderEventState.Foreign
            ? throw new RefusedException("It is of an intent that is not ours: it can only be discarded.")
            : record.RunAsync(happened.Id, happened.IntentId, cancel);

    private async Task EnqueueAsync(StuckItem item, CancellationToken cancel)
    {
        var isOut = CollectPoisonMessages.QueueOf(item) switch
        {
            QueueNames.Evaluate => await queue.TryEnqueueAsync(Read<EvaluateMessage>(item), cancel),
            QueueNames.ProviderEvents => await queue.TryEnqueueAsync(
                Read<ProviderEventMessage>(item),
                TimeSpan.Zero,
                cancel
            ),
            QueueNames.Runs => await queue.TryEnqueueAsync(Read<RunMessage>(item), cancel),
            QueueNames.Notices => await queue.TryEnqueueAsync(Read<NoticeMessage>(item), cancel),
            _ => await queue.TryEnqueueAsync(Read<ImportMessage>(item), cancel),
        };
        if (!isOut)
        {
            throw new RefusedException("The queue service is away; try again later.");
        }
    }

    private async Task LookAgainAsync(AccountId account, Authority authority, CancellationToken cancel)
    {
        if (!await evaluate.TryAccountAsync(account, $"replayed: {authority.Why}", cancel))
        {
            throw new RefusedException("The account still cannot be looked at; the reason on the list is the newest.");
        }
    }

    private static T Read<T>(StuckItem item)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(item.Content, JsonSerializerOptions.Web) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RefusedException(
                "The message cannot be read, so it cannot be replayed. Nothing depends on it: discard it."
            );
        }
    }
}
