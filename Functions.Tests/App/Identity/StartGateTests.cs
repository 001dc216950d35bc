using Autopay.Hosting.Identity;
using Autopay.Payments;
using Microsoft.Extensions.Configuration;

namespace Autopay.Tests.App.Identity;

/// <summary>What the gate asks for, without an app; with one in the other half.</summary>
public sealed partial class StartGateTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string WebhookSecret = "whsec_test_new_0123456789";

    private static readonly IdentityOptions Bearer = new()
    {
        Authority = "https://login.microsoftonline.com/city/v2.0",
        Audience = "api://autopay",
        TenantId = Tenant,
    };
    private static readonly IdentityOptions Guarded = Bearer with { IsPlatformAuth = true };
    private static readonly IdentityOptions HeaderAlone = new() { IsPlatformAuth = true, TenantId = Tenant };
    private static readonly StripeOptions Live = new()
    {
        ApiKey = "sk_live_1",
        Environment = "production",
        WebhookSecrets = WebhookSecret,
    };

    private const string Reference = "@Microsoft.KeyVault(VaultName=kv-1;SecretName=one)";

    private static readonly Dictionary<string, string?> Storage = new()
    {
        ["AutopayStorage:tableServiceUri"] = "https://money.table.core.windows.net",
        ["AutopayStorage:queueServiceUri"] = "https://money.queue.core.windows.net",
        ["AutopayStorage:blobServiceUri"] = "https://money.blob.core.windows.net",
    };

    [Fact]
    public void With_everything_there_the_gate_is_open() => Assert.Empty(Missing(Guarded, Live, Storage));

    [Fact]
    public void Each_thing_that_production_needs_is_named_when_it_is_missing()
    {
        Assert.Contains(
            "Easy Auth is off",
            Missing(HeaderAlone with { IsPlatformAuth = false }, Live, Storage).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Identity:Audience",
            Missing(Bearer with { Audience = "" }, Live, Storage).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Identity:TenantId",
            Missing(Guarded with { TenantId = "city" }, Live, Storage).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "AutopayStorage__tableServiceUri",
            Missing(Guarded, Live, []).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "AutopayStorage__",
            Missing(Guarded, Live, new() { ["AutopayStorage"] = "AccountName=money;AccountKey=secret" }).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Stripe:WebhookSecrets",
            Missing(Guarded, Live with { WebhookSecrets = "" }, Storage).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not https",
            Missing(Guarded, Live with { ApiBase = new Uri("http://stripe.example") }, Storage).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "for tests",
            Missing(Guarded, Live with { ApiKey = "sk_test_1" }, Storage).Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "live",
            Missing(Guarded, Live with { Environment = "test" }, Storage).Single(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Missing(Guarded, Live with { Environment = "test" }, Storage),
            sentence => sentence.Contains(Live.ApiKey, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("production")]
    [InlineData("test")]
    [InlineData("local")]
    public void Without_a_key_or_a_webhook_secret_the_gate_is_closed_whatever_the_environment(string environment) =>
        Assert.Equal(
            ["Stripe:WebhookSecrets is not set", "Stripe:ApiKey is not set"],
            Missing(
                Guarded,
                new StripeOptions
                {
                    ApiKey = "",
                    WebhookSecrets = "",
                    Environment = environment,
                },
                Storage
            )
        );

    [Theory]
    [InlineData("sk_live_1", "production", true)]
    [InlineData("rk_live_1", "production", true)]
    [InlineData("sk_test_1", "test", true)]
    [InlineData("rk_test_1", "local", true)]
    [InlineData("sk_live_1", "test", false)]
    [InlineData("rk_live_1", "local", false)]
    [InlineData("sk_test_1", "production", false)]
    [InlineData("rk_test_1", "production", false)]
    public void A_live_key_belongs_to_production_and_to_nothing_else(string key, string environment, bool isOpen) =>
        Assert.Equal(
            isOpen,
            Missing(Guarded, Live with { ApiKey = key, Environment = environment }, Storage).Count == 0
        );

    [Fact]
    public void Tokens_for_this_app_open_the_gate_where_easy_auth_is_off() =>
        Assert.Empty(Missing(Bearer, Live, Storage));

    [Fact]
    public void The_word_of_the_platform_alone_is_enough_only_for_books_on_this_machine()
    {
        Dictionary<string, string?> emulator = new() { ["AutopayStorage"] = "UseDevelopmentStorage=true" };

        Assert.Contains("cannot be validated", Missing(HeaderAlone, Live, Storage).Single(), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be validated",
            Missing(Guarded with { Audience = "" }, Live, emulator).Single(),
            StringComparison.Ordinal
        );
        Assert.Empty(Missing(HeaderAlone, Live, emulator));
    }

    [Theory]
    [Trait("Layer", "L1")]
    [InlineData("@Microsoft.KeyVault(VaultName=kv-1;SecretName=stripe-webhook-secrets)")]
    [InlineData("whsec_set_in_step_5")]
    [InlineData("whsec_12345678901234567")]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("whsec_<the endpoint's secret>")]
    [InlineData(WebhookSecret + ",whsec_short")]
    public void F55_what_is_no_webhook_secret_is_named_without_its_value(string secrets)
    {
        var sentence = Missing(
                Guarded,
                Live with
                {
                    WebhookSecrets = secrets,
                },
                new(Storage) { ["Stripe:WebhookSecrets"] = secrets }
            )
            .Single();

        Assert.StartsWith("Stripe:WebhookSecrets", sentence, StringComparison.Ordinal);
        Assert.All(secrets.Split(','), secret => Assert.DoesNotContain(secret, sentence, StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Layer", "L1")]
    [InlineData("@Microsoft.KeyVault(VaultName=kv-1;SecretName=stripe-api-key)")]
    [InlineData("pk_live_51Habc")]
    [InlineData("sk_live_\u2026")]
    [InlineData("whsec_0123456789abcdef0123456789abcdef")]
    public void F55_what_is_no_key_of_Stripe_is_named_without_its_value(string key)
    {
        var sentence = Missing(Guarded, Live with { ApiKey = key }, new(Storage) { ["Stripe:ApiKey"] = key }).Single();

        Assert.StartsWith("Stripe:ApiKey", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(key, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Layer", "L1")]
    [InlineData("Identity:TenantId")]
    [InlineData("Autopay:TimeZone")]
    [InlineData("AutopayStorage:tableServiceUri")]
    [InlineData("AzureWebJobsStorage")]
    public void F55_any_setting_that_is_still_a_reference_is_named(string name) =>
        Assert.Equal(
            [$"{name} is a reference to the vault that did not resolve"],
            Missing(
                Guarded with
                {
                    TenantId = name == "Identity:TenantId" ? Reference : Tenant,
                },
                Live,
                new(Storage) { [name] = Reference }
            )
        );

    [Theory]
    [InlineData("rk_live_51Habc")]
    [InlineData("sk_live_51Habc_def")]
    public void Restricted_and_secret_keys_are_good(string key) =>
        Assert.Empty(Missing(Guarded, Live with { ApiKey = key }, Storage));

    [Theory]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData(
        "AccountName=a;AccountKey=k;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://localhost:2/a;TableEndpoint=http://[::1]:3/a;",
        true
    )]
    [InlineData("AccountName=money;AccountKey=k;BlobEndpoint=http://127.0.0.1:1/a", false)]
    [InlineData(
        "AccountName=a;AccountKey=k;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;TableEndpoint=https://money.table.core.windows.net",
        false
    )]
    [InlineData(
        "AccountName=a;AccountKey=k;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;TableEndpoint=https://evil.example/http://127.0.0.1",
        false
    )]
    [InlineData(
        "AccountName=a;AccountKey=k;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;TableEndpoint=http://127.0.0.1@evil.example",
        false
    )]
    [InlineData(
        "AccountName=a;AccountKey=k;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;TableEndpoint=http://127.0.0.1:3/a;TableSecondaryEndpoint=https://money.example",
        false
    )]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://evil.example", false)]
    public void An_account_key_is_good_only_for_storage_that_is_all_on_this_machine(string connection, bool isGood) =>
        Assert.Equal(isGood, Missing(Guarded, Live, new() { ["AutopayStorage"] = connection }).Count == 0);

    private static IReadOnlyList<string> Missing(
        IdentityOptions identity,
        StripeOptions stripe,
        Dictionary<string, string?> settings
    ) =>
        new StartGate(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            identity,
            new SecretsInSettings(stripe),
            new NoIdentitySource()
        ).Missing;
}
