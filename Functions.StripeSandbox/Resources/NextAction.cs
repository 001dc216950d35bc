using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

/// <summary>What the customer would have to do before the bank is asked.</summary>
internal sealed record NextAction
{
    public required string Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RedirectToUrl? RedirectToUrl { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VerifyWithMicrodeposits? VerifyWithMicrodeposits { get; init; }
}

internal sealed record RedirectToUrl(string? ReturnUrl, string? Url);

internal sealed record VerifyWithMicrodeposits(long ArrivalDate, string HostedVerificationUrl, string MicrodepositType);
