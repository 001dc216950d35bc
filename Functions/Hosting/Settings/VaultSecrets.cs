using Autopay.Hosting.Identity;
using Autopay.Payments;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting.Settings;

/// <summary>
/// Stripe's key and webhook secrets from the vault. They are fresh for five minutes; what cannot be read, or is not
/// good, changes nothing. What was good is used for a day while the vault is away, as long as the platform itself
/// keeps a reference; then the start gate closes until the vault answers.
/// </summary>
internal sealed class VaultSecrets(
    SecretClient vault,
    StripeOptions options,
    TimeProvider time,
    VaultWatch watch,
    ILogger<VaultSecrets> logger
) : IStripeSecrets, IDisposable
{
    public const string ApiKey = "stripe-api-key";
    public const string WebhookSecrets = "stripe-webhook-secrets";
    internal static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    /// <summary>Between two questions that nobody had to ask: forged webhooks cost the vault two a minute.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly StripeOptions none = options with { ApiKey = "", WebhookSecrets = "" };
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile Reading last = new(null, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    public StripeOptions Known =>
        last is { Secrets: { } secrets } it && time.GetUtcNow() - it.ReadAt < GoodFor ? secrets : none;

    public async ValueTask<StripeOptions> FreshAsync(CancellationToken cancel)
    {
        var now = last;
        if (time.GetUtcNow() - now.ReadAt >= FreshFor && IsRested(now))
        {
            // One reads; the others go on with what is known, and wait only when nothing is.
            await ReadAsync(now, ReferenceEquals(Known, none) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancel);
        }

        return Known;
    }

    public async ValueTask<StripeOptions> NewerThanAsync(StripeOptions refused, CancellationToken cancel)
    {
        var now = last;
        if (ReferenceEquals(Known, refused) && IsRested(now))
        {
            await ReadAsync(now, Timeout.InfiniteTimeSpan, cancel);
        }

        return Known;
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Of the vault that the settings name; else of the settings themselves.</summary>
    public static IStripeSecrets OrSettings(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<StripeOptions>();
        return options.HasVault
            ? new VaultSecrets(
                Client(options.VaultUri!, new DefaultAzureCredential()),
                options,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<VaultWatch>(),
                provider.GetRequiredService<ILogger<VaultSecrets>>()
            )
            : new SecretsInSettings(options);
    }

    /// <summary>Waits for seconds, not for minutes: a webhook may be waiting for it.</summary>
    internal static SecretClient Client(
        Uri address,
        TokenCredential credential,
        HttpPipelineTransport? transport = null
    )
    {
        var settings = new SecretClientOptions();
        settings.Retry.MaxRetries = 1;
        settings.Retry.Delay = TimeSpan.FromMilliseconds(200);
        settings.Retry.NetworkTimeout = TimeSpan.FromSeconds(5);
        settings.Transport = transport ?? settings.Transport;
        return new SecretClient(address, credential, settings);
    }

    private bool IsRested(Reading reading) => time.GetUtcNow() - reading.TriedAt >= Pause;

    private async Task ReadAsync(Reading seen, TimeSpan patience, CancellationToken cancel)
    {
        if (!await turn.WaitAsync(patience, cancel))
        {
            return;
        }

        try
        {
            // Who waited finds what the other one has read.
            last = ReferenceEquals(last, seen) ? await NextAsync(seen, cancel) : last;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Reading> NextAsync(Reading seen, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        try
        {
            var next = options with
            {
                ApiKey = await ValueAsync(ApiKey, cancel),
                WebhookSecrets = await ValueAsync(WebhookSecrets, cancel),
            };
            if (StartGate.WhyNot(next) is { Count: > 0 } wrong)
            {
                watch.Failed();
                logger.SecretsNotTaken(string.Join("; ", wrong));
                return seen with { TriedAt = now };
            }

            watch.Answered();
            if (next == seen.Secrets)
            {
                return seen with { ReadAt = now, TriedAt = now };
            }

            logger.SecretsRead();
            return new Reading(next, now, now);
        }
        catch (Exception away) when (!cancel.IsCancellationRequested && VaultFailure.Of(away) is { } why)
        {
            watch.Failed();
            logger.VaultAway(why);
            return seen with { TriedAt = now };
        }
    }

    private async Task<string> ValueAsync(string name, CancellationToken cancel) =>
        (await vault.GetSecretAsync(name, cancellationToken: cancel)).Value.Value.Trim();

    private sealed record Reading(StripeOptions? Secrets, DateTimeOffset ReadAt, DateTimeOffset TriedAt);
}
