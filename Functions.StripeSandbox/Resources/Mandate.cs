using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record Mandate : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "mandate";
    public required CustomerAcceptance CustomerAcceptance { get; init; }
    public bool Livemode { get; init; }
    public required JsonElement MultiUse { get; init; }
    public required string PaymentMethod { get; init; }
    public required JsonElement PaymentMethodDetails { get; init; }
    public required string Status { get; init; }
    public string Type { get; init; } = "multi_use";

    [JsonIgnore]
    public bool IsActive => Status == "active";
}

internal sealed record CustomerAcceptance(long? AcceptedAt, string Type, JsonElement Offline);
