using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record Dispute : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "dispute";
    public required long Amount { get; init; }
    public required IReadOnlyList<BalanceTransaction> BalanceTransactions { get; init; }
    public required string Charge { get; init; }
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public IReadOnlyList<string> EnhancedEligibilityTypes { get; init; } = [];
    public required DisputeEvidence Evidence { get; init; }
    public required EvidenceDetails EvidenceDetails { get; init; }
    public string? IntendedSubmissionMethod { get; init; }
    public bool IsChargeRefundable { get; init; }
    public bool Livemode { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public string? NetworkReasonCode { get; init; }
    public required string PaymentIntent { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DisputedWith? PaymentMethodDetails { get; init; }
    public required string Reason { get; init; }
    public required string Status { get; init; }

    [JsonIgnore]
    public bool IsOpen => Status is "needs_response" or "under_review";
}

internal sealed record DisputedWith(string Type, DisputedCard? Card);

internal sealed record DisputedCard(string Brand, string CaseType, string Network, string? NetworkReasonCode);

internal sealed record EvidenceDetails(
    long? DueBy,
    JsonElement EnhancedEligibility,
    bool HasEvidence,
    bool PastDue,
    long SubmissionCount,
    string SubmissionMethod
);
