namespace Autopay.Payments;

/// <summary>Section <c>Stripe</c> of the configuration: which Stripe, or which stand-in for it, is charged.</summary>
public sealed record StripeOptions
{
    public const string Section = "Stripe";

    public Uri ApiBase { get; init; } = new("https://api.stripe.com");

    public string ApiKey { get; init; } = "";

    /// <summary>Comma-separated; two during a rotation.</summary>
    public string WebhookSecrets { get; init; } = "";

    /// <summary>Written on every intent; intents of another environment are not ours.</summary>
    public string Environment { get; init; } = "local";

    /// <summary>Requests a second, per endpoint and for the whole app (live 100, sandbox 25).</summary>
    public int RequestsPerSecond { get; init; } = 25;

    /// <summary>The rate is divided by the instances that the platform may give.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Well under the function's own timeout.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Comma-separated types that an intent may be paid with.</summary>
    public string PaymentMethodTypes { get; init; } = "us_bank_account,card";

    public bool IsLive =>
        ApiKey.StartsWith("sk_live_", StringComparison.Ordinal)
        || ApiKey.StartsWith("rk_live_", StringComparison.Ordinal);

    public IReadOnlyList<string> Secrets => Split(WebhookSecrets);

    public IReadOnlyList<string> Types => Split(PaymentMethodTypes);

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
