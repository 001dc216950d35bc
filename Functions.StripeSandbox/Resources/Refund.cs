using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record Refund : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "refund";
    public required long Amount { get; init; }
    public string? BalanceTransaction { get; init; }
    public required string Charge { get; init; }
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public string? Customer { get; init; }
    public string? CustomerAccount { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public required string PaymentIntent { get; init; }
    public string? PaymentMethod { get; init; }
    public string? Reason { get; init; }
    public string? ReceiptNumber { get; init; }
    public string? SourceTransferReversal { get; init; }
    public required string Status { get; init; }
    public string? TransferReversal { get; init; }
}
