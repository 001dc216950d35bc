using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application.ProviderEvents;

/// <summary>
/// Settles stored events by reading the intents that they name: then order and repetition do not matter. What the books
/// say already needs no look, and what is being charged right now waits for whoever does that. Events of one bucket
/// share their reads and saves.
/// </summary>
public sealed class RecordProviderEvent(
    IProviderEventStore events,
    AccountBooks books,
    RecordIntentOutcome record,
    EventHints hints
)
{
    private const int MostTaken = 1000;

    /// <summary>Few enough for one message: at the provider's rate they take seconds.</summary>
    private const int MostAsked = 100;

    /// <exception cref="ProviderAwayException">The intent cannot be read now: the message comes again.</exception>
    public Task RunAsync(string eventId, string? intentId, CancellationToken cancel) =>
        RunAsync(new ProviderEventMessage(eventId, intentId), cancel);

    /// <exception cref="ProviderAwayException">Not every intent can be read now; the events are stored, and asked for
    /// again.</exception>
    public async Task RunAsync(ProviderEventMessage message, CancellationToken cancel)
    {
        if (message.Bucket is { } bucket)
        {
            await RunAsync(new Bucket(bucket), cancel);
        }
        else
        {
            await RecordOutcomesAsync([await OpenAsync(message, cancel)], isOurs: true, cancel);
        }
    }

    private async Task RunAsync(Bucket bucket, CancellationToken cancel)
    {
        var open = await events.ReadOpenAsync(bucket, cancel).Take(MostTaken).ToListAsync(cancel);
        if (open.Count == 0)
        {
            return;
        }

        try
        {
            var (marked, left) = await RecordOutcomesAsync(open, isOurs: false, cancel);
            await (
                left || (marked > 0 && open.Count == MostTaken) ? hints.GoOnAsync(bucket, cancel) : Task.CompletedTask
            );
        }
        catch (Exception failure) when (open.Count > 1 && EvaluateBucket.IsOfTheAccount(failure))
        {
            await RecordEachAsync(open, cancel);
        }
    }

    // One of them is of a bad account: each by itself, so that it does not stop the others.
    private async Task RecordEachAsync(List<OpenEvent> open, CancellationToken cancel)
    {
        List<Exception> failures = [];
        foreach (var happened in open)
        {
            try
            {
                await RecordOutcomesAsync([happened], isOurs: true, cancel);
            }
            catch (Exception failure) when (failure is ProviderAwayException || EvaluateBucket.IsOfTheAccount(failure))
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException($"{failures.Count} of {open.Count} events cannot be settled", failures);
        }
    }

    private async Task<OpenEvent> OpenAsync(ProviderEventMessage message, CancellationToken cancel)
    {
        var eventId = message.EventId ?? throw new FormatException("The message names neither an event nor a bucket.");
        return message.IntentId is null && await events.FindAsync(eventId, cancel) is { } stored
            ? stored.ToOpen()
            : new OpenEvent(eventId, message.IntentId, books.Clock.Now.Utc)
            {
                Amount = message.AmountCents is { } cents ? new Money(cents) : null,
                Claim = message.Claim,
            };
    }

    /// <param name="isOurs">Nobody else settles them now.</param>
    /// <returns>How many are done with, and whether some were left for another message.</returns>
    private async Task<(int Marked, bool Left)> RecordOutcomesAsync(
        List<OpenEvent> open,
        bool isOurs,
        CancellationToken cancel
    )
    {
        var known = await LoadAsync(open, cancel);
        var verdicts = Judge(open, known);
        var free = isOurs
            ? [.. verdicts[ClaimVerdict.Ask]]
            : verdicts[ClaimVerdict.Ask].Where(it => !(it.TakenUntil > books.Clock.Now.Utc)).ToList();
        var asked = isOurs
            ? free
            : await events.TakeAsync(
                [.. free.Take(MostAsked)],
                books.Clock.Now.Utc + books.Options.RecoverAfter,
                cancel
            );
        var looks = asked
            .Where(it => it.IntentId is not null)
            .GroupBy(it => it.IntentId!)
            .Select(intent => new IntentLook(intent.Key, $"event {intent.First().Id}"));
        var recorded = await record.RunAsync([.. looks], known, cancel);

        var answered = asked
            .Select(it => MarkOf(it, it.IntentId is { } intent ? recorded[intent] : null))
            .OfType<EventMark>()
            .ToList();
        List<EventMark> marks =
        [
            .. verdicts[ClaimVerdict.Known]
                .Select(it => new EventMark(it, ProviderEventState.Applied, "the books said so already")),
            .. answered,
        ];
        await events.MarkAsync(marks, cancel);
        await (verdicts[ClaimVerdict.UnderWay].Any() ? hints.LaterAsync(open[0].Bucket, cancel) : Task.CompletedTask);
        return answered.Count == asked.Count
            ? (marks.Count, free.Count > MostAsked)
            : throw new ProviderAwayException(
                $"{asked.Count - answered.Count} of {asked.Count} intents, "
                    + $"such as {asked[0].IntentId}, cannot be read now."
            );
    }

    private async Task<IReadOnlyList<LedgerEntry>> LoadAsync(List<OpenEvent> open, CancellationToken cancel)
    {
        var accounts = open.Select(happened => happened.Claim?.Debit.Account).OfType<AccountId>().ToHashSet();
        return accounts.Count == 0
            ? []
            : await books.Ledgers.LoadManyAsync(Bucket.Of(accounts.First()), accounts, cancel);
    }

    private ILookup<ClaimVerdict, OpenEvent> Judge(List<OpenEvent> open, IReadOnlyList<LedgerEntry> known)
    {
        var byAccount = known.ToDictionary(entry => entry.Ledger.Id, entry => entry.Ledger);
        var fresh = books.Clock.Now.Utc - books.Options.RecoverAfter;
        return open.ToLookup(it =>
            it.Claim is { } claim
                ? claim.Against(byAccount.GetValueOrDefault(claim.Debit.Account), fresh)
                : ClaimVerdict.Ask
        );
    }

    private static EventMark? MarkOf(OpenEvent happened, IntentRecorded? recorded) =>
        recorded?.Result switch
        {
            null => new EventMark(happened, ProviderEventState.Noted, "names no intent"),
            RecordingResult.NotYet => null,
            RecordingResult.Foreign => new EventMark(
                happened,
                ProviderEventState.Foreign,
                $"intent {happened.IntentId} is not ours"
            ),
            RecordingResult.Missing => new EventMark(
                happened,
                ProviderEventState.Noted,
                $"intent {happened.IntentId} is ours by its metadata and missing in our books: reconcile lists it"
            ),
            _ when happened.Amount is { } told && told != recorded.Amount => new EventMark(
                happened,
                ProviderEventState.Parked,
                $"says {told}, but intent {happened.IntentId} has another amount"
            ),
            _ => new EventMark(happened, ProviderEventState.Applied, ""),
        };
}

/// <summary>The provider does not answer; whatever needed it comes again.</summary>
public sealed class ProviderAwayException(string message) : Exception(message);
