using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record Charge : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "charge";
    public required long Amount { get; init; }
    public long AmountCaptured { get; init; }
    public long AmountRefunded { get; init; }
    public string? Application { get; init; }
    public string? ApplicationFee { get; init; }
    public long? ApplicationFeeAmount { get; init; }
    public string? BalanceTransaction { get; init; }
    public required BillingDetails BillingDetails { get; init; }
    public string? CalculatedStatementDescriptor { get; init; }
    public bool Captured { get; init; }
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public string? Customer { get; init; }
    public string? Description { get; init; }
    public bool Disputed { get; init; }
    public string? FailureBalanceTransaction { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
    public required JsonElement FraudDetails { get; init; }
    public bool Livemode { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public string? OnBehalfOf { get; init; }
    public required ChargeOutcome Outcome { get; init; }
    public bool Paid { get; init; }
    public required string PaymentIntent { get; init; }
    public required string PaymentMethod { get; init; }
    public required ChargedWith PaymentMethodDetails { get; init; }
    public string? ReceiptEmail { get; init; }
    public string? ReceiptNumber { get; init; }
    public string? ReceiptUrl { get; init; }
    public bool Refunded { get; init; }
    public string? Review { get; init; }
    public JsonElement? Shipping { get; init; }
    public JsonElement? Source { get; init; }
    public string? SourceTransfer { get; init; }
    public string? StatementDescriptor { get; init; }
    public string? StatementDescriptorSuffix { get; init; }
    public required string Status { get; init; }
    public JsonElement? TransferData { get; init; }
    public string? TransferGroup { get; init; }

    [JsonIgnore]
    public bool IsCard => PaymentMethodDetails.Type == "card";

    [JsonIgnore]
    public bool TakesMoney => Status is ChargeStatus.Pending or ChargeStatus.Succeeded;
}

internal static class ChargeStatus
{
    public const string Pending = "pending";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
}
