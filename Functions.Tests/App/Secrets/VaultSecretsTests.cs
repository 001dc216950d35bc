using System.Net;
using Autopay.Hosting.Settings;
using Autopay.Payments;
using Autopay.Tests.App.Payments;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Secrets;

/// <summary>The vault's own client below, a clock that only moves when it is told to.</summary>
public sealed class VaultSecretsTests : IDisposable
{
    private const string OldKey = "rk_test_old";
    private const string NewKey = "rk_test_new";
    private const string OldSecret = AppHost.OldWebhookSecret;
    private const string NewSecret = AppHost.WebhookSecret;
    private readonly FakeTimeProvider time = new(FrozenSandbox.Monday);
    private readonly VaultStandIn vault = new();
    private readonly LogRecorder log = new();
    private readonly VaultWatch watch;
    private readonly VaultSecrets secrets;

    public VaultSecretsTests()
    {
        vault.Set(OldKey, OldSecret);
        watch = new VaultWatch(time);
        secrets = vault.Read(new StripeOptions { Environment = "test" }, time, watch, log);
    }

    public void Dispose()
    {
        secrets.Dispose();
        vault.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task A_rotated_secret_is_used_five_minutes_later_and_the_vault_is_not_asked_before()
    {
        Assert.Equal((OldKey, OldSecret), await FreshAsync());
        vault.Set(NewKey, NewSecret);

        time.Advance(VaultSecrets.FreshFor - TimeSpan.FromSeconds(1));
        Assert.Equal((OldKey, OldSecret), await FreshAsync());
        Assert.Equal(2, vault.Given);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((NewKey, NewSecret), await FreshAsync());
        Assert.Equal(4, vault.Given);
    }

    [Fact]
    public async Task While_the_vault_is_away_the_last_known_secrets_are_used_for_a_day_and_no_longer()
    {
        await FreshAsync();
        vault.Refuses = HttpStatusCode.ServiceUnavailable;

        time.Advance(VaultSecrets.GoodFor - TimeSpan.FromSeconds(1));
        Assert.Equal((OldKey, OldSecret), await FreshAsync());
        await log.HasAsync(LogLevel.Error, "503");

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("", ""), await FreshAsync());

        vault.Refuses = null;
        time.Advance(VaultSecrets.Pause);
        Assert.Equal((OldKey, OldSecret), await FreshAsync());
    }

    [Fact]
    public async Task A_vault_that_is_away_is_asked_twice_a_minute_whoever_wants_to_know()
    {
        await FreshAsync();
        vault.Refuses = HttpStatusCode.Forbidden;
        time.Advance(VaultSecrets.FreshFor);
        await FreshAsync();
        var asked = vault.Asked;

        await FreshAsync();
        await secrets.NewerThanAsync(secrets.Known, CancellationToken.None);
        Assert.Equal(asked, vault.Asked);

        time.Advance(VaultSecrets.Pause);
        await FreshAsync();
        Assert.InRange(vault.Asked, asked + 1, int.MaxValue);
    }

    [Fact]
    public async Task Without_any_secret_at_the_start_there_is_none_to_use()
    {
        vault.Secrets.Remove(VaultSecrets.WebhookSecrets);

        Assert.Equal(("", ""), await FreshAsync());
        await log.HasAsync(LogLevel.Error, "404");
    }

    [Theory]
    [InlineData("sk_live_other_mode", NewSecret, "the Stripe key is live")]
    [InlineData("pk_test_public", NewSecret, "no secret or restricted key")]
    [InlineData(NewKey, "whsec_short", "Stripe:WebhookSecrets")]
    [InlineData(NewKey, "", "Stripe:WebhookSecrets")]
    public async Task A_secret_that_is_not_good_is_not_taken_and_the_log_says_why_without_it(
        string key,
        string webhookSecrets,
        string why
    )
    {
        await FreshAsync();
        vault.Set(key, webhookSecrets);

        time.Advance(VaultSecrets.FreshFor);

        Assert.Equal((OldKey, OldSecret), await FreshAsync());
        await log.HasAsync(LogLevel.Error, why);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_request_to_Stripe_carries_the_key_of_now()
    {
        using var stripe = new KeyRecorder(NewKey);
        using var http = new HttpClient(new CurrentKeyHandler(secrets) { InnerHandler = stripe });
        await using var provider = new StripePaymentProvider(
            new StripeOptions { Environment = "test", VaultUri = new Uri("https://kv-own.vault.azure.net") },
            http,
            TimeProvider.System
        );
        await provider.ReadAsync("pi_1");
        vault.Set(NewKey, NewSecret);
        time.Advance(VaultSecrets.FreshFor);
        await provider.ReadAsync("pi_1");

        Assert.Equal([OldKey, NewKey], stripe.Keys);
    }

    [Fact]
    public async Task A_key_that_Stripe_refuses_is_looked_up_again_for_the_next_request()
    {
        using var stripe = new KeyRecorder(NewKey);
        using var http = new HttpClient(new CurrentKeyHandler(secrets) { InnerHandler = stripe });
        await secrets.FreshAsync(CancellationToken.None);
        vault.Set(NewKey, NewSecret);
        time.Advance(VaultSecrets.Pause);

        var statuses = new[]
        {
            (await http.GetAsync(new Uri("https://stripe.example/v1/balance"))).StatusCode,
            (await http.GetAsync(new Uri("https://stripe.example/v1/balance"))).StatusCode,
        };

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], statuses);
        Assert.Equal([OldKey, NewKey], stripe.Keys);
    }

    private async Task<(string Key, string Secrets)> FreshAsync()
    {
        var stripe = await secrets.FreshAsync(CancellationToken.None);
        Assert.Same(stripe, secrets.Known);
        return (stripe.ApiKey, stripe.WebhookSecrets);
    }

    private sealed class KeyRecorder(string good) : HttpMessageHandler
    {
        public List<string> Keys { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var key = request.Headers.Authorization!.Parameter!;
            Keys.Add(key);
            return Task.FromResult(
                new HttpResponseMessage(key == good ? HttpStatusCode.OK : HttpStatusCode.Unauthorized)
                {
                    Content = new StringContent("{}"),
                }
            );
        }
    }
}
