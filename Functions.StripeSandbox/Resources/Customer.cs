using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record Customer : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "customer";
    public Address? Address { get; init; }
    public long Balance { get; init; }
    public required long Created { get; init; }
    public string? Currency { get; init; }
    public string? CustomerAccount { get; init; }
    public string? DefaultSource { get; init; }
    public bool? Delinquent { get; init; } = false;
    public string? Description { get; init; }
    public JsonElement? Discount { get; init; }
    public string? Email { get; init; }
    public string? InvoicePrefix { get; init; }
    public required InvoiceSettings InvoiceSettings { get; init; }
    public bool Livemode { get; init; }
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
    public string? Name { get; init; }
    public long NextInvoiceSequence { get; init; } = 1;
    public string? Phone { get; init; }
    public IReadOnlyList<string>? PreferredLocales { get; init; } = [];
    public JsonElement? Shipping { get; init; }
    public string? TaxExempt { get; init; } = "none";
    public string? TestClock { get; init; }
}

internal sealed record InvoiceSettings
{
    public JsonElement? CustomFields { get; init; }
    public string? DefaultPaymentMethod { get; init; }
    public string? Footer { get; init; }
    public JsonElement? RenderingOptions { get; init; }
}
