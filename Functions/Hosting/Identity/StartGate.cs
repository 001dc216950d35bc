using Autopay.Hosting.Settings;
using Autopay.Mailing;
using Autopay.Payments;
using Microsoft.Extensions.Configuration;

namespace Autopay.Hosting.Identity;

/// <summary>
/// Unless everything that production needs is there, nothing is served and nothing processed. Development identities,
/// which exist in the local host alone and are believed on loopback alone, need none of it; but a reference that did
/// not resolve closes the gate there too.
/// </summary>
internal sealed class StartGate(
    IConfiguration configuration,
    IdentityOptions identity,
    IStripeSecrets secrets,
    IIdentitySource identities
)
{
    [Setting(
        "the host's own storage",
        SetBy = SettingSource.Deployment,
        Default = "as `AutopayStorage`",
        Sample = "UseDevelopmentStorage=true"
    )]
    public const string HostStorage = "AzureWebJobsStorage";
    private const string Production = "production";
    private static readonly string[] Sections =
    [
        StripeOptions.Section,
        SmtpOptions.Section,
        IdentityOptions.Section,
        CityOptions.Section,
        AutopayServices.StorageConnection,
        AutopayServices.CopiesConnection,
        HostStorage,
    ];
    private volatile Look? last;

    /// <summary>
    /// What is missing or wrong, each a sentence without the value; empty when the gate is open. Looked for once for
    /// the same secrets: settings do not change while the app runs.
    /// </summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            var stripe = secrets.Known;
            var look = last;
            if (!ReferenceEquals(look?.Of, stripe))
            {
                var isDevelopment = identities is IDevelopmentIdentity;
                look = new Look(stripe, [.. Find(configuration, identity, stripe, isDevelopment)]);
                last = look;
            }

            return look!.Missing;
        }
    }

    /// <summary>With secrets that are fresh, where they come from the vault: it opens as soon as they are there.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>> ReadAsync(CancellationToken cancel)
    {
        await secrets.FreshAsync(cancel);
        return Missing;
    }

    /// <summary>What of Stripe's settings is missing or wrong, each a sentence without the value.</summary>
    internal static IReadOnlyList<string> WhyNot(StripeOptions stripe) =>
        [.. Secrets(stripe).Where(need => !need.IsThere).Select(need => need.What)];

    private static IEnumerable<string> Find(
        IConfiguration configuration,
        IdentityOptions identity,
        StripeOptions stripe,
        bool isDevelopment
    )
    {
        var unresolved = SecretShapes
            .Unresolved(configuration, Sections)
            .Select(name => $"{name} is a reference to the vault that did not resolve")
            .ToList();
        (bool IsThere, string What)[] needs = isDevelopment
            ? []
            : [.. Surroundings(configuration, identity), .. Secrets(stripe)];
        return unresolved.Concat(needs.Where(need => !need.IsThere).Select(need => need.What));
    }

    private static IEnumerable<(bool IsThere, string What)> Surroundings(
        IConfiguration configuration,
        IdentityOptions identity
    ) =>
        [
            IsBelievable(configuration, identity),
            (
                SecretShapes.IsReference(identity.TenantId) || Guid.TryParse(identity.TenantId, out _),
                "Identity:TenantId is not set"
            ),
            IsIdentityBased(configuration),
            (
                configuration[AutopayServices.CopiesConnection] is not { Length: > 0 } copies
                    || SecretShapes.IsReference(copies)
                    || SecretShapes.IsEmulator(copies),
                $"{AutopayServices.CopiesConnection} is a connection string that leaves this machine; "
                    + $"{AutopayServices.CopiesConnection}__blobServiceUri belongs in its place"
            ),
        ];

    private static (bool IsThere, string What) IsBelievable(IConfiguration configuration, IdentityOptions identity)
    {
        var storage = configuration[AutopayServices.StorageConnection] ?? "";
        var why = identity.WhyNobody(isEmulator: SecretShapes.IsEmulator(storage));
        return (why is null, why ?? "");
    }

    private static IEnumerable<(bool IsThere, string What)> Secrets(StripeOptions stripe) =>
        [
            (stripe.Secrets.Count > 0, "Stripe:WebhookSecrets is not set"),
            (
                stripe.Secrets.All(secret => SecretShapes.IsReference(secret) || SecretShapes.IsWebhookSecret(secret)),
                "Stripe:WebhookSecrets has one that is not whsec_ and at least 24 characters in all: a "
                    + "placeholder, or not a webhook secret"
            ),
            (stripe.ApiKey.Length > 0, "Stripe:ApiKey is not set"),
            (
                stripe.ApiKey.Length == 0
                    || SecretShapes.IsReference(stripe.ApiKey)
                    || SecretShapes.IsApiKey(stripe.ApiKey),
                "Stripe:ApiKey is no secret or restricted key (sk_live_, sk_test_, rk_live_, rk_test_)"
            ),
            (
                !SecretShapes.IsApiKey(stripe.ApiKey) || stripe.IsLive == (stripe.Environment == Production),
                $"the Stripe key is {(stripe.IsLive ? "live" : "for tests")}, and Stripe:Environment is "
                    + $"{(stripe.Environment == Production ? "" : "not ")}'{Production}'"
            ),
            (
                SecretShapes.IsReference(stripe.ApiBase.OriginalString) || IsPrivate(stripe.ApiBase),
                "Stripe:ApiBase is not https"
            ),
            (
                stripe.VaultUri is null || stripe.HasVault || SecretShapes.IsReference(stripe.VaultUri.OriginalString),
                "Stripe:VaultUri is not the https address of a vault"
            ),
        ];

    private static (bool IsThere, string What) IsIdentityBased(IConfiguration configuration)
    {
        if (configuration[AutopayServices.StorageConnection] is { Length: > 0 } connection)
        {
            return (
                SecretShapes.IsReference(connection) || SecretShapes.IsEmulator(connection),
                $"{AutopayServices.StorageConnection} is a connection string that leaves this machine; "
                    + $"{AutopayServices.StorageConnection}__tableServiceUri, __queueServiceUri and "
                    + "__blobServiceUri belong in its place"
            );
        }

        string[] services = ["tableServiceUri", "queueServiceUri", "blobServiceUri"];
        return (
            services
                .Select(service => configuration[$"{AutopayServices.StorageConnection}:{service}"])
                .All(uri => SecretShapes.IsReference(uri) || IsPrivate(uri)),
            $"{AutopayServices.StorageConnection}__tableServiceUri, __queueServiceUri and __blobServiceUri "
                + "(https, by managed identity) are not set"
        );
    }

    private static bool IsPrivate(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsPrivate(uri);

    private static bool IsPrivate(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback);

    private sealed record Look(StripeOptions Of, IReadOnlyList<string> Missing);
}

/// <summary>Marks the identities of the local host, which need nothing that production needs.</summary>
internal interface IDevelopmentIdentity : IIdentitySource;
