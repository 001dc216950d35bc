using System.Net.Http.Headers;
using System.Text;
using Autopay.StripeSandbox.Webhooks;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Webhooks as the provider sends them, or nearly.</summary>
internal static class Webhooks
{
    /// <summary>Of a type that is kept, about nothing that we know.</summary>
    public static string Event(
        string id,
        string type = "charge.dispute.closed",
        string item = """{"id":"dp_1","object":"dispute","x":""}"""
    ) =>
        $$$"""{"id":"{{{id}}}","object":"event","type":"{{{type}}}","api_version":"{{{Stripe.StripeConfiguration.ApiVersion}}}","livemode":false,"data":{"object":{{{item}}} } }""";

    public static string OfIntent(
        string id,
        string intent,
        long cents = 4120,
        string type = "payment_intent.succeeded"
    ) =>
        Event(
            id,
            type,
            $$"""{"id":"{{intent}}","object":"payment_intent","amount":{{cents}},"amount_received":{{cents}}}"""
        );

    public static HttpRequestMessage Signed(
        this AppHost app,
        string body,
        string secret = AppHost.WebhookSecret,
        TimeSpan shift = default
    ) => Request(body, Sign(app, body, secret, shift));

    public static string Sign(
        AppHost app,
        string body,
        string secret = AppHost.WebhookSecret,
        TimeSpan shift = default
    ) => WebhookSignature.Sign(body, [secret], app.Clock.GetUtcNow() + shift);

    public static HttpRequestMessage Request(string body, string? signature) =>
        Request(Encoding.UTF8.GetBytes(body), signature);

    public static HttpRequestMessage Request(byte[] body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/stripe")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        }

        return request;
    }

    /// <summary>Whatever the provider had to say by itself has arrived and is done.</summary>
    public static async Task AllHeardAsync(this AppHost app)
    {
        await Eventually.HoldsAsync("all webhooks are delivered", () => app.Sandbox.Control.Webhooks.Waiting == 0);
        await app.IdleAsync();
    }

    /// <summary>A good webhook is taken in.</summary>
    public static async Task HearAsync(this AppHost app, string body, string secret = AppHost.WebhookSecret) =>
        Assert.Equal(200, (await app.SendAsync(app.Signed(body, secret))).Status);

    /// <summary>How the event is listed for a person; null when it is not.</summary>
    public static async Task<(string Kind, string Reason)?> StuckAsync(this AppHost app, string id) =>
        (await app.GetAsync("api/stuck"))["items"]
            .EnumerateArray()
            .Where(it => it.GetProperty("id").GetString() == id)
            .Select(it =>
                ((string, string)?)(it.GetProperty("kind").GetString()!, it.GetProperty("reason").GetString()!)
            )
            .SingleOrDefault();
}
