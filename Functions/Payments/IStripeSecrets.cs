namespace Autopay.Payments;

/// <summary>
/// Stripe's settings with the key and the webhook secrets as they are now. They are replaced while the app runs, so
/// nobody keeps them.
/// </summary>
public interface IStripeSecrets
{
    /// <summary>As last read; without key and secrets while there are none that may be used.</summary>
    StripeOptions Known { get; }

    /// <summary>Read anew when they are no longer fresh. The last known ones when that fails.</summary>
    ValueTask<StripeOptions> FreshAsync(CancellationToken cancel);

    /// <summary>
    /// Somebody refused these, or they refused somebody: perhaps there are newer ones. Asks for them, but not often.
    /// </summary>
    ValueTask<StripeOptions> NewerThanAsync(StripeOptions refused, CancellationToken cancel);
}

/// <summary>Secrets from the settings stay as they are until the app starts again.</summary>
public sealed class SecretsInSettings(StripeOptions options) : IStripeSecrets
{
    public StripeOptions Known => options;

    public ValueTask<StripeOptions> FreshAsync(CancellationToken cancel) => new(options);

    public ValueTask<StripeOptions> NewerThanAsync(StripeOptions refused, CancellationToken cancel) => new(options);
}
