using System.Text.Json;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// An event is written in the same step as the change that it tells of, so that neither exists without the other.
/// </summary>
internal sealed class EventLog(SandboxState state, SandboxClock clock)
{
    public const string ApiVersion = "2026-10-28.endive";

    /// <summary>Set by the webhooks: how many endpoints want to hear of it, and where to leave it.</summary>
    public Func<StripeEvent, StripeEvent> Announce { get; set; } = written => written;

    public void Emit(string type, object subject, object? before = null)
    {
        var snapshot = Wire.Snapshot(subject);
        var written = new StripeEvent
        {
            Id = Ids.New("evt"),
            ApiVersion = ApiVersion,
            Created = clock.UnixNow,
            Data = new EventData(snapshot, before is null ? null : Changed(Wire.Snapshot(before), snapshot)),
            Request = state.CurrentRequest ?? new EventRequest(null, null),
            Type = type,
        };
        state.Events.Put(Announce(written));
    }

    /// <summary>Only what differs, with its old value: Stripe's `previous_attributes`.</summary>
    private static JsonElement Changed(JsonElement before, JsonElement after)
    {
        var old = before
            .EnumerateObject()
            .Where(property =>
                !after.TryGetProperty(property.Name, out var now) || !JsonElement.DeepEquals(property.Value, now)
            )
            .ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
        return JsonSerializer.SerializeToElement(old);
    }
}
