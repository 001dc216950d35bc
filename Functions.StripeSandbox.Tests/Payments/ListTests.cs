using Autopay.StripeSandbox.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Payments;

public sealed class ListTests
{
    [Fact]
    public async Task Recovery_finds_a_customers_intents_of_a_time_window()
    {
        await using var stripe = await TestStripe.StartAsync();
        await stripe.CreateAsync(debit: "too early");
        stripe.Control.AdvanceBy(TimeSpan.FromHours(1));
        var wanted = await stripe.CreateAsync(debit: "wanted");
        await stripe.CreateAsync(customer: "cus_neighbour", debit: "other customer");
        stripe.Control.AdvanceBy(TimeSpan.FromHours(1));
        await stripe.CreateAsync(debit: "too late");

        var found = await stripe.V1.PaymentIntents.ListAsync(
            new PaymentIntentListOptions
            {
                Customer = "cus_resident1",
                Created = new DateRangeOptions
                {
                    GreaterThanOrEqual = wanted.Created,
                    LessThan = wanted.Created.AddSeconds(1),
                },
            }
        );

        Assert.Equal(["wanted"], found.Select(intent => intent.Metadata["debit_id"]));
        Assert.False(found.HasMore);
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_and_back()
    {
        await using var stripe = await TestStripe.StartAsync();
        var ids = new List<string>();
        foreach (var number in Enumerable.Range(1, 5))
        {
            ids.Insert(0, (await stripe.CreateAsync(debit: $"D{number}")).Id);
        }
        Task<StripeList<PaymentIntent>> PageAsync(string? after, string? before) =>
            stripe.V1.PaymentIntents.ListAsync(
                new PaymentIntentListOptions
                {
                    Limit = 2,
                    StartingAfter = after,
                    EndingBefore = before,
                }
            );

        var first = await PageAsync(null, null);
        var last = await PageAsync(ids[3], null);
        var back = await PageAsync(null, ids[3]);

        Assert.Equal(ids[..2], first.Select(intent => intent.Id));
        Assert.True(first.HasMore);
        Assert.Equal(ids[4..], last.Select(intent => intent.Id));
        Assert.False(last.HasMore);
        Assert.Equal(ids[1..3], back.Select(intent => intent.Id));
        Assert.True(back.HasMore);
    }

    [Fact]
    public async Task The_SDK_pages_through_all_by_itself()
    {
        await using var stripe = await TestStripe.StartAsync();
        for (var number = 0; number < 25; number++)
        {
            await stripe.CreateAsync(debit: $"D{number}");
        }

        var all = await stripe
            .V1.PaymentIntents.ListAutoPagingAsync(new PaymentIntentListOptions { Limit = 10 })
            .ToListAsync();

        Assert.Equal(25, all.Select(intent => intent.Id).Distinct().Count());
    }

    [Fact]
    public async Task Events_are_listed_by_type_time_and_delivery()
    {
        await using var stripe = await TestStripe.StartAsync();
        await stripe.SettledAsync();
        Task<StripeList<Event>> EventsAsync(EventListOptions options) => stripe.V1.Events.ListAsync(options);

        var succeeded = await EventsAsync(new EventListOptions { Type = "payment_intent.succeeded" });
        var charges = await EventsAsync(new EventListOptions { Type = "charge.*" });
        var undelivered = await EventsAsync(new EventListOptions { DeliverySuccess = false });
        stripe.Control.AdvanceBy(TimeSpan.FromDays(31));
        var forgotten = await EventsAsync(new EventListOptions());

        Assert.Equal("succeeded", ((PaymentIntent)Assert.Single(succeeded).Data.Object).Status);
        Assert.Equal(["charge.succeeded", "charge.pending"], charges.Select(written => written.Type));
        Assert.Empty(undelivered);
        Assert.Empty(forgotten);
    }
}
