using Autopay.Application.Ports.Provider;
using Autopay.Application.Telemetry;

namespace Autopay.Application.ProviderEvents;

/// <summary>
/// A webhook: believed by its signature, stored raw, and only then acknowledged. What changes nothing here is
/// acknowledged and not kept.
/// </summary>
public sealed class ReceiveProviderEvent(IWebhookReader reader, IProviderEventStore events, EventHints hints)
{
    /// <returns>Why the webhook is refused, or null when it is acknowledged.</returns>
    public async Task<string?> RunAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancel)
    {
        var reading = await reader.ReadAsync(body, signature, cancel);
        if (reading.Event is not { } heard)
        {
            Metering.Heard(
                reading.Refusal is null ? "ignored"
                : reading.IsOfOtherMode ? "otherMode"
                : "refused"
            );
            return reading.Refusal;
        }

        var happened = hints.Prepare(heard);
        var isNew = await events.TryAddAsync(happened, cancel);
        Metering.Heard(
            isNew ? happened.State.ToString() : "repeated",
            isNew ? happened.ReceivedAt - happened.HappenedAt : null
        );
        if (isNew && happened.State == ProviderEventState.Stored)
        {
            await hints.AskAsync(happened.ToOpen(), cancel);
        }

        return null;
    }
}
