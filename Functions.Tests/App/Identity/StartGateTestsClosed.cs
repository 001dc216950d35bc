using Autopay.Hosting.Identity;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.Identity;

/// <content>Apps whose gate is closed.</content>
public sealed partial class StartGateTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task N17_a_forged_principal_is_not_even_looked_at_while_easy_auth_is_off()
    {
        var log = new LogRecorder();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
            {
                builder.Services.RemoveAll<IDevelopmentIdentity>();
                builder.Logging.AddProvider(log);
            }
        );
        app.Http.DefaultRequestHeaders.Add(GuardedApp.Header, GuardedApp.Principal(["Operator", "Viewer"]));
        var before = await app.DigestAsync();

        var answers = new[]
        {
            await app.GetAsync("api/cycles"),
            await app.PutAsync("api/halt", """{"halted":true,"reason":"test"}"""),
            await app.GetAsync("health/live"),
            await app.PostAsync("api/webhooks/stripe"),
        };

        Assert.All(
            answers,
            answer => Assert.Equal((503, "Service Unavailable"), (answer.Status, answer["title"].GetString()))
        );
        Assert.Equal(before, await app.DigestAsync());
        await log.HasAsync(LogLevel.Critical, "Easy Auth is off");
    }

    [Fact]
    [Trait("Layer", "L5")]
    public async Task F55_an_event_that_is_signed_with_the_text_of_a_reference_is_not_believed_and_the_log_names_the_setting()
    {
        var log = new LogRecorder();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["WEBSITE_AUTH_ENABLED"] = "true",
                        ["Identity:TenantId"] = GuardedApp.Tenant,
                        ["Stripe:WebhookSecrets"] = Reference,
                    }
                );
                builder.Logging.AddProvider(log);
            }
        );
        var before = await app.DigestAsync();

        var forged = await app.SendAsync(app.Signed(Webhooks.Event("evt_forged"), Reference));

        Assert.Equal(503, forged.Status);
        Assert.Equal(before, await app.DigestAsync());
        await log.HasAsync(LogLevel.Critical, "Stripe:WebhookSecrets is a reference to the vault that did not resolve");
    }

    [Fact]
    [Trait("Layer", "L5")]
    public async Task F55_development_identities_open_the_gate_for_sandbox_secrets_but_not_for_a_reference()
    {
        await using var sandbox = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder => builder.Configuration["Stripe:WebhookSecrets"] = "whsec_local"
        );
        await using var reference = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder => builder.Configuration["Stripe:WebhookSecrets"] = Reference
        );

        Assert.Equal(
            (200, 503),
            ((await sandbox.GetAsync("api/cycles")).Status, (await reference.GetAsync("api/cycles")).Status)
        );
    }
}
