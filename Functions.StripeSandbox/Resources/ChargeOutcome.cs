using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

/// <summary>What the network said. `network_decline_code` is where Stripe keeps the raw ACH return code.</summary>
internal sealed record ChargeOutcome
{
    public string? AdviceCode { get; init; }
    public string? NetworkAdviceCode { get; init; }
    public string? NetworkDeclineCode { get; init; }
    public string? NetworkStatus { get; init; }
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RiskLevel { get; init; }
    public string? SellerMessage { get; init; }
    public required string Type { get; init; }

    public static ChargeOutcome Approved(string? riskLevel) =>
        new()
        {
            NetworkStatus = "approved_by_network",
            RiskLevel = riskLevel,
            SellerMessage = "Payment complete.",
            Type = "authorized",
        };

    public static ChargeOutcome Blocked() =>
        new()
        {
            NetworkStatus = "not_sent_to_network",
            SellerMessage = "Stripe blocked this payment.",
            Type = "blocked",
        };

    public static ChargeOutcome Declined(string reason, string? networkCode, string? riskLevel) =>
        new()
        {
            NetworkStatus = "declined_by_network",
            Reason = reason,
            NetworkDeclineCode = networkCode,
            RiskLevel = riskLevel,
            SellerMessage = $"The bank returned the decline code `{reason}`.",
            Type = "issuer_declined",
        };
}
