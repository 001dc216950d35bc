using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record PaymentMethod : IRow
{
    public const string Card_ = "card";
    public const string BankAccount_ = "us_bank_account";

    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "payment_method";
    public string AllowRedisplay { get; init; } = "unspecified";
    public required BillingDetails BillingDetails { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CardDetails? Card { get; init; }
    public required long Created { get; init; }
    public string? Customer { get; init; }
    public string? CustomerAccount { get; init; }
    public bool Livemode { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public required string Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BankAccountDetails? UsBankAccount { get; init; }
}

internal sealed record BillingDetails
{
    public Address? Address { get; init; } = new();
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? TaxId { get; init; }
}

internal sealed record Address
{
    public string? City { get; init; }
    public string? Country { get; init; }

    [JsonPropertyName("line1")]
    public string? Line1 { get; init; }

    [JsonPropertyName("line2")]
    public string? Line2 { get; init; }
    public string? PostalCode { get; init; }
    public string? State { get; init; }
}

internal sealed record BankAccountDetails
{
    public string? AccountHolderType { get; init; } = "individual";
    public string? AccountType { get; init; } = "checking";
    public string? BankName { get; init; } = "STRIPE TEST BANK";
    public string? FinancialConnectionsAccount { get; init; }
    public string? Fingerprint { get; init; }
    public string? Last4 { get; init; } = "6789";
    public BankNetworks? Networks { get; init; } = new("ach", ["ach"]);
    public string? RoutingNumber { get; init; } = "110000000";
    public BankAccountStatus? StatusDetails { get; init; } = new(null);
}

internal sealed record BankNetworks(string? Preferred, IReadOnlyList<string> Supported);

/// <summary>
/// After a return other than "insufficient funds" Stripe blocks the account and names the ACH return code here.
/// </summary>
internal sealed record BankAccountStatus(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BankAccountBlock? Blocked
);

internal sealed record BankAccountBlock(string? NetworkCode, string? Reason);

internal sealed record CardDetails
{
    public string Brand { get; init; } = "visa";
    public CardChecks? Checks { get; init; } = new();
    public string? Country { get; init; } = "US";
    public string? DisplayBrand { get; init; } = "visa";
    public long ExpMonth { get; init; } = 12;
    public long ExpYear { get; init; } = 2034;
    public string? Fingerprint { get; init; }
    public string Funding { get; init; } = "credit";
    public JsonElement? GeneratedFrom { get; init; }
    public string Last4 { get; init; } = "4242";
    public CardNetworks? Networks { get; init; } = new(["visa"], null);
    public string? RegulatedStatus { get; init; } = "unregulated";
    public ThreeDSecureUsage? ThreeDSecureUsage { get; init; } = new(true);
    public JsonElement? Wallet { get; init; }
}

internal sealed record CardNetworks(IReadOnlyList<string> Available, string? Preferred);

internal sealed record ThreeDSecureUsage(bool Supported);
