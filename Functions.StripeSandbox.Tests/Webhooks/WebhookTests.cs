using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.StripeSandbox.Webhooks;
using Autopay.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Webhooks;

public sealed class WebhookTests
{
    private const string Secret = "whsec_first";
    private const string NewSecret = "whsec_second";

    [Fact]
    public async Task A_debit_tells_its_story_in_events()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);

        await stripe.SettledAsync();
        await Eventually.HoldsAsync("five events arrive", () => receiver.Received.Count == 5);

        Assert.Equal(
            [
                "payment_intent.created",
                "charge.pending",
                "payment_intent.processing",
                "charge.succeeded",
                "payment_intent.succeeded",
            ],
            receiver.Events.Select(received => received.Type)
        );
    }

    [Theory]
    [InlineData("pm_usBankAccount_accountClosed", "charge.failed payment_intent.payment_failed")]
    [InlineData(
        "pm_usBankAccount_dispute",
        "charge.succeeded payment_intent.succeeded charge.dispute.created charge.dispute.funds_withdrawn "
            + "charge.dispute.closed mandate.updated"
    )]
    public async Task What_the_bank_does_is_told_too(string paymentMethod, string types)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);
        await stripe.ChargeAsync(paymentMethod);

        stripe.Control.AdvanceBy(TimeSpan.FromDays(12));
        await Eventually.HoldsAsync("all events are delivered", () => stripe.Control.Webhooks.Waiting == 0);

        Assert.Equal(types, string.Join(' ', receiver.Events.Skip(3).Select(received => received.Type)));
    }

    [Fact]
    public async Task Stripe_net_accepts_the_signature_and_the_version_with_either_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);

        await stripe.CreateAsync();
        await Eventually.HoldsAsync("the event arrives", () => !receiver.Received.IsEmpty);
        var (body, signature) = receiver.Received.Single();

        Assert.Equal("payment_intent.created", EventUtility.ConstructEvent(body, signature, Secret).Type);
        Assert.Equal("payment_intent.created", EventUtility.ConstructEvent(body, signature, NewSecret).Type);
        Assert.Throws<StripeException>(() => EventUtility.ConstructEvent(body, signature, "whsec_wrong"));
        Assert.Throws<StripeException>(() =>
            EventUtility.ConstructEvent(body.Replace("5000", "5001", StringComparison.Ordinal), signature, Secret)
        );
    }

    [Fact]
    public async Task An_endpoint_of_another_version_gets_events_of_that_version()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await TestStripe.StartAsync();
        stripe.Control.AddWebhook(
            new WebhookTarget(receiver.Url, [Secret]) { ApiVersion = "2024-06-20", Events = ["payment_intent.*"] }
        );

        await stripe.ChargeAsync();
        await Eventually.HoldsAsync("only the intent's events arrive", () => receiver.Received.Count == 2);
        var (body, signature) = receiver.Received.First();

        Assert.Contains("\"api_version\": \"2024-06-20\"", body, StringComparison.Ordinal);
        EventUtility.ValidateSignature(body, signature, Secret);
    }

    [Fact]
    public async Task Held_events_leave_on_a_flush_shuffled_and_repeated_the_same_way_for_the_same_seed()
    {
        var first = await ShuffledAsync();
        var second = await ShuffledAsync();

        Assert.Equal(60, first.Count);
        Assert.Equal(first, second);
        Assert.NotEqual(first, first.Order(StringComparer.Ordinal));
        Assert.All(first.CountBy(story => story), story => Assert.Equal(3, story.Value));
    }

    [Fact]
    public async Task Dropped_events_are_lost_until_they_are_sent_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);
        stripe.Control.Deliver(new DeliveryMode { DropTypes = ["payment_intent.succeeded"] });
        await stripe.SettledAsync();
        await Eventually.HoldsAsync(
            "the others arrive",
            () => stripe.Control.Webhooks is { Acknowledged: 4, Waiting: 0 }
        );
        var lost = Assert.Single(await stripe.V1.Events.ListAsync(new EventListOptions { DeliverySuccess = false }));

        var report = await stripe.Control.RedeliverAsync(lost.Id);

        Assert.Equal(("payment_intent.succeeded", 1L), (lost.Type, lost.PendingWebhooks));
        Assert.Equal(new DeliveryReport(1, 1), report);
        Assert.Equal("payment_intent.succeeded", receiver.Events.Last().Type);
        Assert.Equal(0, stripe.Control.Webhooks.Dropped);
        Assert.Equal(10, (await stripe.Control.RedeliverAsync()).Sent + receiver.Received.Count - 5);
    }

    [Fact]
    public async Task A_receiver_that_was_down_gets_everything_later_by_the_sandboxs_clock()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);
        receiver.Status = 503;
        await stripe.CreateAsync();
        await Eventually.HoldsAsync("the first try fails", () => receiver.Received.Count == 1);
        receiver.Status = 200;

        await Eventually.HoldsAsync(
            "a retry succeeds",
            () =>
            {
                stripe.Control.AdvanceBy(TimeSpan.FromSeconds(6));
                return stripe.Control.Webhooks is { Waiting: 0, Acknowledged: 1 };
            }
        );

        Assert.Equal(2, receiver.Received.Count);
        Assert.Single(receiver.Events.Select(received => received.Id).Distinct());
    }

    [Fact]
    public async Task After_three_days_a_delivery_is_given_up()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);
        receiver.Status = 500;
        await stripe.CreateAsync();

        await Eventually.HoldsAsync(
            "the sandbox gives up",
            () =>
            {
                stripe.Control.AdvanceBy(TimeSpan.FromHours(13));
                return stripe.Control.Webhooks.Failed == 1;
            }
        );

        Assert.Equal(0, stripe.Control.Webhooks.Waiting);
    }

    [Fact]
    public async Task Secrets_are_never_shown()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);

        var report = await stripe.Http.GetStringAsync(new Uri("/_sandbox/webhooks", UriKind.Relative));

        Assert.DoesNotContain("whsec", report, StringComparison.Ordinal);
        Assert.Contains("\"secrets\":2", report, StringComparison.Ordinal);
    }

    private static async Task<List<string>> ShuffledAsync()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await StartAsync(receiver);
        stripe.Control.Deliver(new DeliveryMode { Hold = true });
        for (var number = 0; number < 4; number++)
        {
            await stripe.SettledAsync(debit: $"D{number}");
        }
        Assert.Empty(receiver.Received);
        await stripe.Control.FlushAsync(new DeliveryMode { Shuffle = true, Copies = 3 });
        return
        [
            .. receiver.Events.Select(received =>
                $"{((IHasMetadata)received.Data.Object).Metadata["debit_id"]} {received.Type}"
            ),
        ];
    }

    private static Task<TestStripe> StartAsync(WebhookReceiver receiver) =>
        TestStripe.StartAsync(
            FrozenSandbox.Options with
            {
                Webhooks = [new WebhookTarget(receiver.Url, [Secret, NewSecret])],
            }
        );
}
