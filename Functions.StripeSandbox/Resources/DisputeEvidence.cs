using System.Text.Json;

namespace Autopay.StripeSandbox.Resources;

/// <summary>Nothing here collects evidence; the fields exist because Stripe always sends them.</summary>
internal sealed record DisputeEvidence
{
    public string? AccessActivityLog { get; init; }
    public string? BillingAddress { get; init; }
    public string? CancellationPolicy { get; init; }
    public string? CancellationPolicyDisclosure { get; init; }
    public string? CancellationRebuttal { get; init; }
    public string? CustomerCommunication { get; init; }
    public string? CustomerEmailAddress { get; init; }
    public string? CustomerName { get; init; }
    public string? CustomerPurchaseIp { get; init; }
    public string? CustomerSignature { get; init; }
    public string? DuplicateChargeDocumentation { get; init; }
    public string? DuplicateChargeExplanation { get; init; }
    public string? DuplicateChargeId { get; init; }
    public required JsonElement EnhancedEvidence { get; init; }
    public string? ProductDescription { get; init; }
    public string? Receipt { get; init; }
    public string? RefundPolicy { get; init; }
    public string? RefundPolicyDisclosure { get; init; }
    public string? RefundRefusalExplanation { get; init; }
    public string? ServiceDate { get; init; }
    public string? ServiceDocumentation { get; init; }
    public string? ShippingAddress { get; init; }
    public string? ShippingCarrier { get; init; }
    public string? ShippingDate { get; init; }
    public string? ShippingDocumentation { get; init; }
    public string? ShippingTrackingNumber { get; init; }
    public string? UncategorizedFile { get; init; }
    public string? UncategorizedText { get; init; }
}
