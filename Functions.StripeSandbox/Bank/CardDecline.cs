namespace Autopay.StripeSandbox.Bank;

/// <summary>A card's "no": Stripe's error code, the issuer's reason, and a sentence.</summary>
internal sealed record CardDecline(string Code, string Decline, string Message);
