using Autopay.Hosting.Settings;
using Autopay.Payments;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.App.Identity;
using Autopay.Tests.App.Payments;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Secrets;

/// <summary>The whole app behind its gate, with its secrets in a vault.</summary>
public sealed class RotationTests(AzuriteFixture azurite)
{
    private const string Key = "rk_test_one";
    private readonly FakeTimeProvider time = new(FrozenSandbox.Monday);

    [Fact]
    [Trait("Layer", "L5")]
    public async Task A_webhook_that_is_signed_with_a_fresh_secret_is_believed_at_once_and_without_a_restart()
    {
        using var vault = new VaultStandIn();
        vault.Set(Key, AppHost.OldWebhookSecret);
        await using var app = await StartAsync(vault);
        Assert.Equal(200, await StatusAsync(app, "evt_1", AppHost.OldWebhookSecret));

        // Both during the rotation, the new one alone after it.
        vault.Set(Key, $"{AppHost.WebhookSecret},{AppHost.OldWebhookSecret}");
        time.Advance(VaultSecrets.Pause);
        Assert.Equal(200, await StatusAsync(app, "evt_2", AppHost.WebhookSecret));
        Assert.Equal(200, await StatusAsync(app, "evt_3", AppHost.OldWebhookSecret));

        vault.Set(Key, AppHost.WebhookSecret);
        time.Advance(VaultSecrets.FreshFor);
        Assert.Equal(400, await StatusAsync(app, "evt_4", AppHost.OldWebhookSecret));
        Assert.Equal(200, await StatusAsync(app, "evt_5", AppHost.WebhookSecret));
    }

    [Fact]
    [Trait("Layer", "L5")]
    public async Task Forged_webhooks_do_not_make_the_app_ask_the_vault_each_time()
    {
        using var vault = new VaultStandIn();
        vault.Set(Key, AppHost.WebhookSecret);
        await using var app = await StartAsync(vault);
        Assert.Equal(200, await StatusAsync(app, "evt_1", AppHost.WebhookSecret));
        time.Advance(VaultSecrets.Pause);
        var given = vault.Given;

        for (var forged = 0; forged < 5; forged++)
        {
            Assert.Equal(400, await StatusAsync(app, $"evt_f{forged}", "whsec_somebody_elses_secret_0123"));
        }

        Assert.Equal(given + 2, vault.Given);
    }

    [Fact]
    [Trait("Layer", "L5")]
    public async Task An_app_whose_vault_gives_nothing_is_closed_and_opens_by_itself_when_it_does()
    {
        using var vault = new VaultStandIn();
        await using var app = await StartAsync(vault);
        Assert.Equal(503, await StatusAsync(app, "evt_1", AppHost.WebhookSecret));

        vault.Set(Key, AppHost.WebhookSecret);
        time.Advance(VaultSecrets.Pause);

        Assert.Equal(200, await StatusAsync(app, "evt_1", AppHost.WebhookSecret));
    }

    private Task<AppHost> StartAsync(VaultStandIn vault) =>
        AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["WEBSITE_AUTH_ENABLED"] = "true",
                        ["Identity:TenantId"] = GuardedApp.Tenant,
                        ["Stripe:ApiKey"] = "",
                        ["Stripe:WebhookSecrets"] = "",
                    }
                );
                builder.Services.AddSingleton<IStripeSecrets>(provider =>
                    vault.Read(provider.GetRequiredService<StripeOptions>(), time)
                );
            }
        );

    private static async Task<int> StatusAsync(AppHost app, string id, string secret) =>
        (await app.SendAsync(app.Signed(Webhooks.Event(id), secret))).Status;
}
