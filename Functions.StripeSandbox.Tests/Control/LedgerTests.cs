using System.Text.Json.Nodes;
using Autopay.StripeSandbox.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Control;

public sealed class LedgerTests
{
    [Fact]
    public async Task A_debit_that_was_charged_twice_is_named()
    {
        await using var stripe = await TestStripe.StartAsync();
        await stripe.ChargeAsync(debit: "twice");
        await stripe.SettledAsync(debit: "twice");
        await stripe.SettledAsync(debit: "once");

        var ledger = stripe.Control.Ledger("debit_id");

        Assert.Equal(["twice"], ledger.ChargedTwice);
        Assert.Equal(
            [("twice", 2, 5000L), ("once", 1, 5000L)],
            ledger.Groups.Select(group => (group.Name, group.LiveCharges, group.NetCents))
        );
    }

    [Fact]
    public async Task A_second_attempt_after_a_return_is_no_double_charge()
    {
        await using var stripe = await TestStripe.StartAsync();
        await stripe.SettledAsync("pm_usBankAccount_insufficientFunds", debit: "D1");
        await stripe.SettledAsync(debit: "D1");
        await stripe.CreateAsync(debit: "D1");

        var ledger = stripe.Control.Ledger("debit_id");

        Assert.Empty(ledger.ChargedTwice);
        Assert.Equal((3, 1), (ledger.Groups[0].Intents, ledger.Groups[0].LiveCharges));
    }

    [Fact]
    public async Task Net_is_what_stayed_with_the_city()
    {
        await using var stripe = await TestStripe.StartAsync();
        var refunded = await stripe.SettledAsync(debit: "refunded");
        await stripe.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = refunded.Id, Amount = 1500 });
        stripe.Control.Dispute((await stripe.SettledAsync(customer: "cus_neighbour", debit: "disputed")).Id);
        await stripe.ChargeAsync(debit: "processing");
        await stripe.SettledAsync(debit: null);

        var ledger = stripe.Control.Ledger("debit_id");

        Assert.Equal([3500L, 0L, 0L], ledger.Groups.Select(group => group.NetCents));
        Assert.Single(ledger.IntentsWithoutKey);
        Assert.Equal(
            (4, 15_000L, 5000L, 1500L, 5000L, 8500L),
            (
                ledger.Totals.Intents,
                ledger.Totals.SucceededCents,
                ledger.Totals.ProcessingCents,
                ledger.Totals.RefundedCents,
                ledger.Totals.DisputedCents,
                ledger.Totals.NetCents
            )
        );
    }

    [Fact]
    public async Task It_is_read_over_HTTP_by_any_metadata_key()
    {
        await using var stripe = await TestStripe.StartAsync();
        await stripe.SettledAsync(debit: "D1");

        var byDebit = JsonNode.Parse(
            await stripe.Http.GetStringAsync(new Uri("/_sandbox/ledger?by=debit_id", UriKind.Relative))
        )!;
        var byAccount = JsonNode.Parse(
            await stripe.Http.GetStringAsync(new Uri("/_sandbox/ledger?by=account_id", UriKind.Relative))
        )!;

        Assert.Equal("D1", (string?)byDebit["groups"]![0]!["name"]);
        Assert.Equal("charge", (string?)byDebit["groups"]![0]!["movements"]![0]!["kind"]);
        Assert.Empty(byDebit["chargedTwice"]!.AsArray());
        Assert.Single(byAccount["intentsWithoutKey"]!.AsArray());
    }
}
