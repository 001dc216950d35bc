using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Refunds and money that came in twice, over HTTP, with Stripe.net and the sandbox.</summary>
public sealed class RefundHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Refunds = "api/accounts/A-1/debits/A-1-1-0001/refunds";
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_refund_goes_out_once_and_is_settled_by_the_banks_word()
    {
        await CollectAsync();

        var first = await app.PostAsync(
            Refunds,
            """{"id":"RF-1","kind":"refund","amountCents":1500,"reason":"Estimated reading"}""",
            "approver"
        );
        var again = await app.PostAsync(
            Refunds,
            """{"id":"RF-1","kind":"refund","amountCents":1500,"reason":"Estimated reading"}""",
            "approver"
        );
        await app.TickAsync();
        Assert.Equal(
            (200, true, 200, false),
            (first.Status, first["changed"].GetBoolean(), again.Status, again["changed"].GetBoolean())
        );
        Assert.Equal(1500, app.Sandbox.Control.Ledger("debit_id").Totals.RefundedCents);

        app.MoveTo("2020-02-10T08:00");
        await Eventually.HoldsAsync("the refund is paid", async () => (await RefundAsync()).State == "paid");
        Assert.Equal((409, 409), ((await AskAsync("RF-2", 9999)).Status, (await AskAsync("RF-1", 1400)).Status));
    }

    [Fact]
    public async Task A_counter_payment_that_came_too_late_is_credit_and_on_finances_list_until_it_is_kept()
    {
        await app.ImportAsync("payments", Csv.Payments(("R-1", "A-1", "41.20")));
        await CollectAsync();

        var item = (await app.GetAsync("api/stuck"))["items"]
            .EnumerateArray()
            .Single(it => it.GetProperty("kind").GetString() == "paid twice");
        Assert.Equal(
            ("R-1", "A-1", "refund"),
            (
                item.GetProperty("id").GetString(),
                item.GetProperty("account").GetString(),
                item.GetProperty("actions")[0].GetString()
            )
        );
        Assert.Equal(
            200,
            (await app.PostAsync("api/accounts/A-1/payments/R-1/keep", """{"reason":"By phone"}""")).Status
        );

        Assert.DoesNotContain(
            (await app.GetAsync("api/stuck"))["items"].EnumerateArray(),
            it => it.GetProperty("kind").GetString() == "paid twice"
        );
        Assert.Equal(4120, (await app.GetAsync("api/accounts/A-1"))["creditCents"].GetInt64());
    }

    [Fact]
    public async Task N28_what_is_no_refund_is_refused_in_words_and_changes_nothing()
    {
        (string Body, int Status, string Words)[] bodies =
        [
            ("""{"id":"RF-1","kind":"refund"}""", 400, "reason is missing: expected a text."),
            ("""{"id":"RF-1","kind":"gift","reason":"x"}""", 400, "kind: expected refund or reversal."),
            ("""{"id":"a/b","kind":"refund","reason":"x"}""", 400, "id: expected an id"),
            (
                """{"id":"RF-1","kind":"refund","reason":"x","state":"paid"}""",
                400,
                "state: there is no such field; expected id, kind, reason or amountCents."
            ),
            (
                """{"id":"RF-1","kind":"refund","reason":"x","amountCents":-5}""",
                400,
                "amountCents: expected more than 0."
            ),
            (
                """{"id":"RF-1","kind":"refund","reason":"x","amountCents":0}""",
                400,
                "amountCents: expected more than 0."
            ),
            (
                """{"id":"RF-1","kind":"refund","reason":"x","amountCents":"many"}""",
                400,
                "amountCents: expected a whole number."
            ),
            (
                """{"id":"RF-1","kind":"refund","reason":"not collected yet"}""",
                409,
                "only what was collected can be given back"
            ),
        ];
        var before = await app.DigestAsync();

        foreach (var (body, status, words) in bodies)
        {
            var answer = await app.PostAsync(Refunds, body);
            Assert.Equal(status, answer.Status);
            Assert.Contains(words, answer.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(before, await app.DigestAsync());
    }

    [Fact]
    public async Task The_return_rates_are_shown_with_their_ceilings()
    {
        var rates = (await app.GetAsync("api/return-rates")).Json.EnumerateArray().ToList();

        Assert.Equal(
            ["unauthorized", "administrative", "overall"],
            rates.Select(rate => rate.GetProperty("family").GetString())
        );
        Assert.All(
            rates,
            rate =>
                Assert.Equal(
                    (1, 200),
                    (rate.GetProperty("sent").GetInt32(), rate.GetProperty("atLeastDebits").GetInt32())
                )
        );
    }

    private Task<Answer> AskAsync(string id, long cents) =>
        app.PostAsync(Refunds, $$"""{"id":"{{id}}","kind":"refund","amountCents":{{cents}},"reason":"test"}""");

    private async Task CollectAsync()
    {
        app.MoveTo("2020-01-29T08:00");
        await Eventually.HoldsAsync(
            "the debit is collected",
            async () =>
                (await app.GetAsync("api/accounts/A-1"))["debits"]
                    .EnumerateArray()
                    .All(debit => debit.GetProperty("state").GetString() == "collected")
        );
    }

    private async Task<(string State, long Cents)> RefundAsync()
    {
        var refund = (await app.GetAsync("api/accounts/A-1"))["debits"][0].GetProperty("refunds")[0];
        return (refund.GetProperty("state").GetString()!, refund.GetProperty("amountCents").GetInt64());
    }
}
