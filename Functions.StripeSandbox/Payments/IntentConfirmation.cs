namespace Autopay.StripeSandbox.Payments;

/// <summary>What a confirm may bring along.</summary>
internal sealed record IntentConfirmation
{
    public string? PaymentMethod { get; init; }
    public string? Mandate { get; init; }
    public bool HasMandateData { get; init; }
    public bool OffSession { get; init; }
    public string? ReturnUrl { get; init; }
}
