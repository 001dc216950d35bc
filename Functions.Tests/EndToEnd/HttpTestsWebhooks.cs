using System.Net.Http.Headers;
using System.Text;
using Autopay.StripeSandbox.Webhooks;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.EndToEnd;

/// <summary>N1 to N15 of the reliability plan: what is not believed changes nothing, what is believed is never lost.</summary>
[Collection(OneApp.Collection)]
public sealed class HttpTestsWebhooks(OneApp one)
{
    private const string Signature = "Stripe-Signature";

    [Theory]
    [InlineData("N1 no signature")]
    [InlineData("N2 wrong signature")]
    [InlineData("N2 no v1")]
    [InlineData("N3 301 s old")]
    [InlineData("N4 10 min ahead")]
    [InlineData("N5 whitespace added")]
    [InlineData("N5 a byte changed")]
    [InlineData("N6 a secret of before the rotation")]
    [InlineData("N7 only v0")]
    [InlineData("N8 live")]
    [InlineData("N13 not JSON")]
    [InlineData("N13 no event")]
    [InlineData("N13 deep")]
    [InlineData("N13 invalid UTF-8")]
    public async Task What_cannot_be_believed_is_400_and_changes_nothing(string story)
    {
        var app = one.App;
        var before = await app.DigestAsync();

        Assert.Equal(400, (await app.SendAsync(Told(app, story))).Status);
        Assert.Equal(before, await app.DigestAsync());
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_are_believed()
    {
        var app = one.App;

        Assert.Equal(200, (await app.SendAsync(Signed(app, Event("evt_old_secret", "customer.updated"), AppHost.OldWebhookSecret))).Status);
        Assert.Equal(200, (await app.SendAsync(Signed(app, Event("evt_new_secret", "customer.updated")))).Status);
        await app.IdleAsync();
    }

    [Fact]
    public async Task The_same_event_again_is_200_and_changes_nothing()
    {
        var app = one.App;
        await app.SendAsync(Signed(app, Event("evt_again", "customer.updated")));
        await app.IdleAsync();
        var before = await app.DigestAsync();

        Assert.Equal(200, (await app.SendAsync(Signed(app, Event("evt_again", "customer.updated")))).Status);
        Assert.Equal(before, await app.DigestAsync());
    }

    [Fact]
    public async Task An_event_that_concerns_no_charge_is_stored_and_bothers_nobody()
    {
        var app = one.App;

        Assert.Equal(200, (await app.SendAsync(Signed(app, Event("evt_unknown_type", "gift.wrapped")))).Status);
        await app.IdleAsync();

        Assert.DoesNotContain("evt_unknown_type", (await app.GetAsync("api/stuck")).Text, StringComparison.Ordinal);
        Assert.Contains("evt_unknown_type", await app.DigestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_somebody_elses_intent_is_listed()
    {
        var app = one.App;

        Assert.Equal(200, (await app.SendAsync(Signed(app, Event("evt_foreign", "payment_intent.succeeded", "payment_intent")))).Status);

        await Eventually.HoldsAsync("listed", async () => await StuckAsync(app, "evt_foreign") == "event foreign");
    }

    [Fact]
    public async Task An_event_of_another_api_version_is_parked_and_listed()
    {
        var app = one.App;
        var other = Event("evt_parked", "payment_intent.succeeded", "payment_intent").Replace(Stripe.StripeConfiguration.ApiVersion, "2019-01-01", StringComparison.Ordinal);

        Assert.Equal(200, (await app.SendAsync(Signed(app, other))).Status);

        Assert.Equal("event parked", await StuckAsync(app, "evt_parked"));
    }

    [Fact]
    public async Task A_body_that_could_not_be_stored_is_413_and_the_largest_that_can_be_is_kept()
    {
        var app = one.App;
        var largest = Event("evt_large", "customer.updated");
        largest = largest.Replace("\"x\":\"\"", $"\"x\":\"{new string('x', (480 * 1024) - largest.Length)}\"", StringComparison.Ordinal);

        Assert.Equal(413, (await app.SendAsync(Signed(app, new string(' ', 2_000_000)))).Status);
        Assert.Equal(413, (await app.SendAsync(Signed(app, $"{largest} "))).Status);
        Assert.Equal(200, (await app.SendAsync(Signed(app, largest))).Status);
        await app.IdleAsync();
    }

    private static HttpRequestMessage Told(AppHost app, string story)
    {
        var body = Event("evt_refused", "customer.updated");
        var now = app.Clock.GetUtcNow();
        var good = WebhookSignature.Sign(body, [AppHost.WebhookSecret], now);
        return story switch
        {
            "N1 no signature" => Request(body, null),
            "N2 wrong signature" => Request(body, WebhookSignature.Sign(body, ["whsec_other"], now)),
            "N2 no v1" => Request(body, "t=1,"),
            "N3 301 s old" => Request(body, WebhookSignature.Sign(body, [AppHost.WebhookSecret], now.AddSeconds(-301))),
            "N4 10 min ahead" => Request(body, WebhookSignature.Sign(body, [AppHost.WebhookSecret], now.AddMinutes(10))),
            "N5 whitespace added" => Request(body + "\n", good),
            "N5 a byte changed" => Request(body.Replace("evt_refused", "evt_refuseD", StringComparison.Ordinal), good),
            "N6 a secret of before the rotation" => Signed(app, body, "whsec_before"),
            "N7 only v0" => Request(body, good.Replace("v1=", "v0=", StringComparison.Ordinal)),
            "N8 live" => Signed(app, body.Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal)),
            "N13 not JSON" => Signed(app, "not JSON"),
            "N13 no event" => Signed(app, "[]"),
            "N13 deep" => Signed(app, new string('[', 10_000) + new string(']', 10_000)),
            "N13 invalid UTF-8" => Request([.. Encoding.UTF8.GetBytes(body), 0xc3], good),
            _ => throw new ArgumentOutOfRangeException(nameof(story), story, "Unknown story."),
        };
    }

    private static string Event(string id, string type, string kind = "customer") =>
        $$$"""{"id":"{{{id}}}","object":"event","type":"{{{type}}}","api_version":"{{{Stripe.StripeConfiguration.ApiVersion}}}","livemode":false,"data":{"object":{"id":"pi_foreign","object":"{{{kind}}}","x":""} } }""";

    private static HttpRequestMessage Signed(AppHost app, string body, string secret = AppHost.WebhookSecret) =>
        Request(body, WebhookSignature.Sign(body, [secret], app.Clock.GetUtcNow()));

    private static HttpRequestMessage Request(string body, string? signature) => Request(Encoding.UTF8.GetBytes(body), signature);

    private static HttpRequestMessage Request(byte[] body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/stripe") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation(Signature, signature);
        }

        return request;
    }

    private static async Task<string?> StuckAsync(AppHost app, string id) =>
        (await app.GetAsync("api/stuck")).Json.EnumerateArray().Where(it => it.GetProperty("id").GetString() == id).Select(it => it.GetProperty("kind").GetString()).SingleOrDefault();
}
