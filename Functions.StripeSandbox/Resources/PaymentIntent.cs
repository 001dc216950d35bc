using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record PaymentIntent : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "payment_intent";
    public IReadOnlyList<string>? AllowedPaymentMethodTypes { get; init; }
    public required long Amount { get; init; }
    public long AmountCapturable { get; init; }
    public long AmountReceived { get; init; }
    public string? Application { get; init; }
    public long? ApplicationFeeAmount { get; init; }
    public AutomaticPaymentMethods? AutomaticPaymentMethods { get; init; }
    public long? CanceledAt { get; init; }
    public string? CancellationReason { get; init; }
    public string CaptureMethod { get; init; } = "automatic_async";
    public required string ClientSecret { get; init; }
    public string ConfirmationMethod { get; init; } = "automatic";
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public string? Customer { get; init; }
    public string? CustomerAccount { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string>? ExcludedPaymentMethodTypes { get; init; }
    public PaymentError? LastPaymentError { get; init; }
    public string? LatestCharge { get; init; }
    public bool Livemode { get; init; }
    public JsonElement? ManagedPayments { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public NextAction? NextAction { get; init; }
    public string? OnBehalfOf { get; init; }
    public string? PaymentMethod { get; init; }
    public JsonElement? PaymentMethodConfigurationDetails { get; init; }
    public JsonElement? PaymentMethodOptions { get; init; }
    public required IReadOnlyList<string> PaymentMethodTypes { get; init; }
    public string? PaymentRecord { get; init; }
    public JsonElement? Processing { get; init; }
    public string? ReceiptEmail { get; init; }
    public string? Review { get; init; }
    public string? SetupFutureUsage { get; init; }
    public JsonElement? Shipping { get; init; }
    public string? Source { get; init; }
    public string? StatementDescriptor { get; init; }
    public string? StatementDescriptorSuffix { get; init; }
    public required string Status { get; init; }
    public string? TransferGroup { get; init; }

    public bool Allows(string paymentMethodType) =>
        PaymentMethodTypes.Contains(paymentMethodType, StringComparer.Ordinal);
}

internal sealed record AutomaticPaymentMethods(string AllowRedirects, bool Enabled);

/// <summary>The names Stripe gives to the states of an intent.</summary>
internal static class IntentStatus
{
    public const string RequiresPaymentMethod = "requires_payment_method";
    public const string RequiresConfirmation = "requires_confirmation";
    public const string RequiresAction = "requires_action";
    public const string Processing = "processing";
    public const string Succeeded = "succeeded";
    public const string Canceled = "canceled";
}
