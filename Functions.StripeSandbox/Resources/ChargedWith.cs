using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

/// <summary>`payment_method_details` of a charge.</summary>
internal sealed record ChargedWith
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChargedCard? Card { get; init; }
    public required string Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChargedBankAccount? UsBankAccount { get; init; }
}

internal sealed record ChargedBankAccount
{
    public string? AccountHolderType { get; init; } = "individual";
    public string? AccountType { get; init; } = "checking";
    public string? BankName { get; init; } = "STRIPE TEST BANK";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExpectedDebitDate { get; init; }
    public string? Fingerprint { get; init; }
    public string? Last4 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mandate { get; init; }
    public string? PaymentReference { get; init; }
    public string? RoutingNumber { get; init; } = "110000000";
}

internal sealed record ChargedCard
{
    public long? AmountAuthorized { get; init; }
    public string? AuthorizationCode { get; init; }
    public string? Brand { get; init; } = "visa";
    public CardChecks? Checks { get; init; } = new();
    public string? Country { get; init; } = "US";
    public string? ElectronicCommerceIndicator { get; init; }
    public long ExpMonth { get; init; } = 12;
    public long ExpYear { get; init; } = 2034;
    public string? Fingerprint { get; init; }
    public string? Funding { get; init; } = "credit";
    public JsonElement? Installments { get; init; }
    public string? Last4 { get; init; }
    public string? Mandate { get; init; }
    public string? Network { get; init; } = "visa";
    public string? NetworkTransactionId { get; init; }
    public string? RegulatedStatus { get; init; } = "unregulated";
    public JsonElement? ThreeDSecure { get; init; }
    public string? TransactionLinkId { get; init; }
    public JsonElement? Wallet { get; init; }
}

internal sealed record CardChecks
{
    [JsonPropertyName("address_line1_check")]
    public string? AddressLine1Check { get; init; }
    public string? AddressPostalCodeCheck { get; init; }
    public string? CvcCheck { get; init; } = "pass";
}
