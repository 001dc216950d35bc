using System.Text.Json;
using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.StripeSandbox.Tests.Webhooks;
using Autopay.Tests.Fixtures;

namespace Autopay.StripeSandbox.Tests.Clients;

public sealed class NodeClientTests
{
    [Fact]
    public async Task The_official_npm_client_takes_the_sandbox_for_Stripe()
    {
        await using var stripe = await TestStripe.StartAsync();

        var (exitCode, output) = await Repository.NodeAsync(
            "",
            Repository.NodeScript("client.mjs"),
            stripe.Server.BaseUrl.ToString()
        );

        Assert.True(exitCode == 0, output);
        Assert.Equal($"as expected, {Stripe.StripeConfiguration.ApiVersion}", output.Trim());
    }

    [Fact]
    public async Task The_official_npm_client_accepts_the_webhooks_signature()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await TestStripe.StartAsync(
            FrozenSandbox.Options with
            {
                Webhooks = [new WebhookTarget(receiver.Url, ["whsec_a", "whsec_b"])],
            }
        );
        await stripe.CreateAsync();
        await Eventually.HoldsAsync("the event arrives", () => !receiver.Received.IsEmpty);
        var (body, signature) = receiver.Received.Single();

        var delivery = JsonSerializer.Serialize(
            new
            {
                body,
                signature,
                secrets = (string[])["whsec_a", "whsec_b"],
                wrong = "whsec_c",
            }
        );
        var (exitCode, output) = await Repository.NodeAsync(delivery, Repository.NodeScript("webhook.mjs"));

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            "payment_intent.created payment_intent.created",
            string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        );
    }
}
