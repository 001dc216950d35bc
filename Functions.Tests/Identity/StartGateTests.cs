using Autopay.Hosting;
using Autopay.Payments;
using Autopay.Tests.Fixtures;
using Autopay.Tests.LocalHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.Identity;

public sealed class StartGateTests(AzuriteFixture azurite)
{
    private static readonly IdentityOptions Guarded = new() { IsPlatformAuth = true, TenantId = GuardedApp.Tenant };
    private static readonly StripeOptions Live = new() { ApiKey = "sk_live_1", Environment = "production", WebhookSecrets = "whsec_1" };

    private static readonly Dictionary<string, string?> Storage = new()
    {
        ["AutopayStorage:tableServiceUri"] = "https://money.table.core.windows.net", ["AutopayStorage:queueServiceUri"] = "https://money.queue.core.windows.net",
        ["AutopayStorage:blobServiceUri"] = "https://money.blob.core.windows.net",
    };

    [Fact]
    public async Task N17_a_forged_principal_is_not_even_looked_at_while_easy_auth_is_off()
    {
        var log = new LogRecorder();
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01", builder =>
        {
            builder.Services.RemoveAll<IDevelopmentIdentity>();
            builder.Logging.AddProvider(log);
        });
        app.Http.DefaultRequestHeaders.Add(GuardedApp.Header, GuardedApp.Principal(["Operator", "Viewer"]));
        var before = await app.DigestAsync();

        var answers = new[]
        {
            await app.GetAsync("api/cycles"), await app.PutAsync("api/halt", """{"halted":true,"reason":"test"}"""), await app.GetAsync("health/live"),
            await app.PostAsync("api/webhooks/stripe"),
        };

        Assert.All(answers, answer => Assert.Equal((503, "Service Unavailable"), (answer.Status, answer["title"].GetString())));
        Assert.Equal(before, await app.DigestAsync());
        await log.HasAsync(LogLevel.Critical, "Easy Auth is off");
    }

    [Fact]
    public void With_everything_there_the_gate_is_open() => Assert.Empty(Missing(Guarded, Live, Storage));

    [Fact]
    public void Each_thing_that_production_needs_is_named_when_it_is_missing()
    {
        Assert.Contains("Easy Auth is off", Missing(Guarded with { IsPlatformAuth = false }, Live, Storage).Single(), StringComparison.Ordinal);
        Assert.Contains("Identity:TenantId", Missing(Guarded with { TenantId = "city" }, Live, Storage).Single(), StringComparison.Ordinal);
        Assert.Contains("AutopayStorage__tableServiceUri", Missing(Guarded, Live, []).Single(), StringComparison.Ordinal);
        Assert.Contains("AutopayStorage__", Missing(Guarded, Live, new() { ["AutopayStorage"] = "AccountName=money;AccountKey=secret" }).Single(), StringComparison.Ordinal);
        Assert.Contains("Stripe:WebhookSecrets", Missing(Guarded, Live with { WebhookSecrets = "" }, Storage).Single(), StringComparison.Ordinal);
        Assert.Contains("not https", Missing(Guarded, Live with { ApiBase = new Uri("http://stripe.example") }, Storage).Single(), StringComparison.Ordinal);
        Assert.Contains("for tests", Missing(Guarded, Live with { ApiKey = "sk_test_1" }, Storage).Single(), StringComparison.Ordinal);
        Assert.Contains("live", Missing(Guarded, Live with { Environment = "test" }, Storage).Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(Missing(Guarded, Live with { Environment = "test" }, Storage), sentence => sentence.Contains(Live.ApiKey, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Missing(IdentityOptions identity, StripeOptions stripe, Dictionary<string, string?> settings) => new StartGate(
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), identity, stripe, new NoIdentitySource()).Missing;
}
