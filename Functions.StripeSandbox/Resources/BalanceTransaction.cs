using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

/// <summary>One line of the Stripe balance: what came in, what the fee was, when it can be paid out.</summary>
internal sealed record BalanceTransaction : IRow
{
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Kind { get; init; } = "balance_transaction";
    public required long Amount { get; init; }
    public required long AvailableOn { get; init; }
    public string BalanceType { get; init; } = "payments";
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }
    public decimal? ExchangeRate { get; init; }
    public required long Fee { get; init; }
    public required IReadOnlyList<FeeDetail> FeeDetails { get; init; }
    public required long Net { get; init; }
    public required string ReportingCategory { get; init; }
    public required string Source { get; init; }
    public required string Status { get; init; }
    public required string Type { get; init; }
}

internal sealed record FeeDetail(long Amount, string? Application, string Currency, string? Description, string Type);
