namespace Autopay.Payments;

/// <summary>Section <c>Stripe</c> of the configuration: which Stripe, or which stand-in for it, is charged.</summary>
public sealed record StripeOptions
{
    public const string Section = "Stripe";

    [Setting("which Stripe, or which stand-in for it")]
    public Uri ApiBase { get; init; } = new("https://api.stripe.com");

    [Setting(
        "secret key; without one the local host charges its own sandbox",
        SetBy = SettingSource.Deployment,
        Default = "starts the sandbox"
    )]
    public string ApiKey { get; init; } = "";

    [Setting(
        "comma-separated; two during a rotation. On Azure each is `whsec_` with at least 24 characters in all",
        SetBy = SettingSource.Deployment
    )]
    public string WebhookSecrets { get; init; } = "";

    [Setting(
        "address of the vault whose secrets `stripe-api-key` and `stripe-webhook-secrets` take the place of these two; "
            + "read anew every five minutes, so that a rotation needs no restart",
        SetBy = SettingSource.Deployment
    )]
    public Uri? VaultUri { get; init; }

    [Setting(
        "written on every intent; intents of another environment are not ours",
        SetBy = SettingSource.Deployment,
        Sample = "test"
    )]
    public string Environment { get; init; } = "local";

    [Setting(
        "over all endpoints and for the whole app; Stripe allows a live account 100, a sandbox 25",
        Unit = "requests a second",
        SetBy = SettingSource.Deployment
    )]
    public int RequestsPerSecond { get; init; } = 25;

    [Setting(
        "of one endpoint, for the whole app; Stripe's default is 25, more is granted on request",
        Unit = "requests a second"
    )]
    public int RequestsPerSecondPerEndpoint { get; init; } = 25;

    [Setting("instances that the platform may give; they share these rates", SetBy = SettingSource.Deployment)]
    public int Instances { get; init; } = 1;

    [Setting("of a call; well under the function's own timeout", Unit = "h:m:s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("comma-separated types that an intent may be paid with")]
    public string PaymentMethodTypes { get; init; } = "us_bank_account,card";

    /// <summary>Only one that is asked over https is believed.</summary>
    public bool HasVault => VaultUri is { IsAbsoluteUri: true } vault && vault.Scheme == Uri.UriSchemeHttps;

    public bool IsLive =>
        ApiKey.StartsWith("sk_live_", StringComparison.Ordinal)
        || ApiKey.StartsWith("rk_live_", StringComparison.Ordinal);

    public IReadOnlyList<string> Secrets => Split(WebhookSecrets);

    public IReadOnlyList<string> Types => Split(PaymentMethodTypes);

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
