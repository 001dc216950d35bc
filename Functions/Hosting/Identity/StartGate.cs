using Autopay.Payments;
using Microsoft.Extensions.Configuration;

namespace Autopay.Hosting;

/// <summary>
/// Unless everything that production needs is there, nothing is served and nothing processed. Open by itself only for development
/// identities, which exist in the local runtime alone and are believed on loopback alone.
/// </summary>
internal sealed class StartGate(IConfiguration configuration, IdentityOptions identity, StripeOptions stripe, IIdentitySource identities)
{
    private const string Production = "production";
    private readonly Lazy<IReadOnlyList<string>> missing = new(() => identities is IDevelopmentIdentity ? [] : [.. Find(configuration, identity, stripe)]);

    /// <summary>What is missing, each a sentence; empty when the gate is open.</summary>
    public IReadOnlyList<string> Missing => missing.Value;

    private static IEnumerable<string> Find(IConfiguration configuration, IdentityOptions identity, StripeOptions stripe)
    {
        (bool IsThere, string What)[] needs =
        [
            (identity.IsPlatformAuth || (identity.IsBearer && identity.Audience.Length > 0),
                $"{IdentityOptions.PlatformFlag} is not true (Easy Auth is off) and Identity:Authority with Identity:Audience is not set"),
            (Guid.TryParse(identity.TenantId, out _), "Identity:TenantId is not set"),
            (IsIdentityBased(configuration), $"{AutopayServices.StorageConnection}__tableServiceUri, __queueServiceUri and __blobServiceUri (https, by managed identity) are not set"),
            (stripe.Secrets.Count > 0, "Stripe:WebhookSecrets is not set"),
            (stripe.ApiKey.Length > 0, "Stripe:ApiKey is not set"),
            (stripe.IsLive == (stripe.Environment == Production), $"the Stripe key is {(stripe.IsLive ? "live" : "for tests")}, and Stripe:Environment is '{stripe.Environment}'"),
            (IsPrivate(stripe.ApiBase), "Stripe:ApiBase is not https"),
        ];
        return needs.Where(need => !need.IsThere).Select(need => need.What);
    }

    private static bool IsIdentityBased(IConfiguration configuration)
    {
        if (configuration[AutopayServices.StorageConnection] is { Length: > 0 } connection)
        {
            // An account key in the settings is good for the emulator of this machine only.
            return connection is "UseDevelopmentStorage=true" || connection.Contains("http://127.0.0.1", StringComparison.Ordinal);
        }

        string[] services = ["tableServiceUri", "queueServiceUri", "blobServiceUri"];
        return services.All(service => Uri.TryCreate(configuration[$"{AutopayServices.StorageConnection}:{service}"], UriKind.Absolute, out var uri) && IsPrivate(uri));
    }

    private static bool IsPrivate(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback;
}

/// <summary>Marks the identities of the local runtime, which need nothing that production needs.</summary>
internal interface IDevelopmentIdentity : IIdentitySource;
