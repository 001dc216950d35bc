namespace Autopay.Payments.Rates;

/// <summary>
/// Stripe limits the calls of an account in all, and those of each endpoint besides. Either is a pool of tokens, each
/// good for one call a second.
/// </summary>
internal sealed record RateLimits(int InAll, int PerEndpoint, int Instances)
{
    public const string All = "all";

    public static RateLimits Of(StripeOptions options) =>
        new(
            Math.Max(1, options.RequestsPerSecond),
            Math.Clamp(options.RequestsPerSecondPerEndpoint, 1, Math.Max(1, options.RequestsPerSecond)),
            Math.Max(1, options.Instances)
        );

    public int Tokens(string pool) => pool == All ? InAll : PerEndpoint;

    /// <summary>What an instance has by itself, without asking the others.</summary>
    public int StaticShare(string pool) => Math.Max(1, Tokens(pool) / Instances);
}
