using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record StripeEvent : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "event";
    public required string ApiVersion { get; init; }
    public required long Created { get; init; }
    public required EventData Data { get; init; }
    public bool Livemode { get; init; }
    public long PendingWebhooks { get; init; }
    public required EventRequest Request { get; init; }
    public required string Type { get; init; }
}

/// <summary>The object as it was at that moment: later changes never show in an old event.</summary>
internal sealed record EventData(
    [property: JsonPropertyName("object")] JsonElement Snapshot,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? PreviousAttributes
);

internal sealed record EventRequest(string? Id, string? IdempotencyKey);
