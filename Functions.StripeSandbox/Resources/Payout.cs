using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record Payout : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "payout";
    public required long Amount { get; init; }
    public string? ApplicationFee { get; init; }
    public long? ApplicationFeeAmount { get; init; }
    public required long ArrivalDate { get; init; }
    public required bool Automatic { get; init; }
    public required string BalanceTransaction { get; init; }
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; } = "STRIPE PAYOUT";
    public string? Destination { get; init; } = "ba_sandboxCityTreasury";
    public string? FailureBalanceTransaction { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
    public bool Livemode { get; init; }
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public string Method { get; init; } = "standard";
    public string? OriginalPayout { get; init; }
    public string? PayoutMethod { get; init; }
    public string ReconciliationStatus { get; init; } = "completed";
    public string? ReversedBy { get; init; }
    public string SourceType { get; init; } = "card";
    public string? StatementDescriptor { get; init; }
    public string Status { get; init; } = "paid";
    public JsonElement? TraceId { get; init; }
    public string Type { get; init; } = "bank_account";
}
