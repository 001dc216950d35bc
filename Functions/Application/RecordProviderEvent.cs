using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>Applies a stored event by reading the intent that it names: then order and repetition of events do not matter.</summary>
public sealed class RecordProviderEvent(IProviderEventStore events, SettleIntent settle)
{
    /// <exception cref="ProviderAwayException">The intent cannot be read now: the message comes again.</exception>
    public Task RunAsync(string eventId, string? intentId, CancellationToken cancel) => RunAsync(new ProviderEventMessage(eventId, intentId), cancel);

    /// <exception cref="ProviderAwayException">The intent cannot be read now: the message comes again.</exception>
    public async Task RunAsync(ProviderEventMessage message, CancellationToken cancel)
    {
        var eventId = message.EventId;
        if ((message.IntentId ?? (await events.FindAsync(eventId, cancel))?.IntentId) is not { } intentId)
        {
            await events.MarkAsync(eventId, ProviderEventState.Noted, "names no intent", cancel);
            return;
        }

        switch (await settle.RunAsync(intentId, message.AmountCents is { } cents ? new Money(cents) : null, $"event {eventId}", cancel))
        {
            case Settlement.Applied:
                await events.MarkAsync(eventId, ProviderEventState.Applied, "", cancel);
                break;
            case Settlement.Contradicted:
                await events.MarkAsync(eventId, ProviderEventState.Parked, $"says {new Money(message.AmountCents!.Value)}, but intent {intentId} has another amount", cancel);
                break;
            case Settlement.Foreign:
                await events.MarkAsync(eventId, ProviderEventState.Foreign, $"intent {intentId} is not ours", cancel);
                break;
            case Settlement.Missing:
                await events.MarkAsync(eventId, ProviderEventState.Noted, $"intent {intentId} is ours by its metadata and missing in our books: reconcile lists it", cancel);
                break;
            default:
                throw new ProviderAwayException($"Intent {intentId} of event {eventId} cannot be read now.");
        }
    }
}

/// <summary>The provider does not answer; whatever needed it comes again.</summary>
public sealed class ProviderAwayException(string message) : Exception(message);
