using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>A webhook: believed by its signature, stored raw, and only then acknowledged. The queue message is a hint; the sweep finds the row too.</summary>
public sealed class ReceiveProviderEvent(IWebhookReader reader, IProviderEventStore events, IWorkQueue queue)
{
    /// <returns>Why the webhook is refused, or null when it is stored.</returns>
    public async Task<string?> RunAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancel)
    {
        var reading = reader.Read(body, signature);
        if (reading.Event is not { } happened)
        {
            Metering.Heard(reading.IsOfOtherMode ? "otherMode" : "refused");
            return reading.Refusal;
        }

        var isNew = await events.TryAddAsync(happened, cancel);
        Metering.Heard(isNew ? happened.State.ToString() : "repeated", isNew ? happened.ReceivedAt - happened.HappenedAt : null);
        if (isNew && happened.State == ProviderEventState.Stored)
        {
            // Stored is what counts: the sweep picks up what has no message (F24).
            await queue.TryEnqueueAsync(ProviderEventMessage.Of(happened), cancel);
        }

        return null;
    }
}
