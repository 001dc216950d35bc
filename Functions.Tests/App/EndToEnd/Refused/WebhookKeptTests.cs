using System.Net.Http.Headers;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// What is believed is never lost, and moves nothing that the provider's own records do not bear out.
/// </summary>
[Collection(OneApp.Collection)]
public sealed class WebhookKeptTests(OneApp one, AzuriteFixture azurite)
{
    private const string Row = "+ table providerevents events";
    private readonly AppHost app = one.App;

    [Fact]
    public async Task N09_the_same_event_again_changes_nothing()
    {
        await app.HearAsync(Webhooks.Event("evt_again"));

        await app.RefusesAsync(
            200,
            app.Signed(Webhooks.Event("evt_again")),
            app.Signed(Webhooks.Event("evt_again", "charge.dispute.created"))
        );
    }

    [Fact]
    public Task N10_an_event_of_a_type_that_is_unknown_or_changes_nothing_here_is_acknowledged_and_not_kept() =>
        app.RefusesAsync(
            200,
            app.Signed(Webhooks.Event("evt_unknown", "gift.wrapped")),
            app.Signed(Webhooks.OfIntent("evt_sent", "pi_foreign", type: "payment_intent.processing")),
            app.Signed(
                Webhooks
                    .OfIntent("evt_other", "pi_foreign", type: "payment_intent.created")
                    .Replace(Stripe.StripeConfiguration.ApiVersion, "2019-01-01", StringComparison.Ordinal)
            )
        );

    [Fact]
    public async Task N11_an_event_of_an_intent_without_our_metadata_is_listed_as_foreign()
    {
        var intent = await SomebodyElsesAsync();

        Assert.Equal(
            ["+ stripe GET /v1/payment_intents/{id}", $"{Row} e|evt_foreign", $"{Row} l|evt_foreign"],
            await app.ChangedByAsync(() => app.HearAsync(Webhooks.OfIntent("evt_foreign", intent)))
        );

        Assert.Equal("event foreign", (await app.StuckAsync("evt_foreign"))?.Kind);
    }

    [Theory]
    [InlineData("\"amount\":4120,\"amount_received\":4119", "41.19 of 41.20", 0)]
    [InlineData("\"amount\":4121,\"amount_received\":4121", "says 41.21", 1)]
    [InlineData("\"amount\":1", "says 0.01", 1)]
    public async Task N12_an_amount_that_differs_from_the_attempt_is_listed_and_moves_no_state(
        string amounts,
        string reason,
        int reads
    )
    {
        await using var charged = await ChargedAsync();
        var before = (await charged.GetAsync("api/accounts/A-1")).Text;
        var intent = charged.Sandbox.Control.Ledger("debit_id").Groups.Single().Movements.Single().Intent;
        var wrong = Webhooks
            .OfIntent("evt_wrong", intent)
            .Replace("\"amount\":4120,\"amount_received\":4120", amounts, StringComparison.Ordinal);

        var changed = await charged.ChangedByAsync(() => charged.HearAsync(wrong));

        Assert.Equal(
            Enumerable
                .Repeat("+ stripe GET /v1/payment_intents/{id}", reads)
                .Concat([$"{Row} e|evt_wrong", $"{Row} l|evt_wrong"]),
            changed
        );
        var listed = await charged.StuckAsync("evt_wrong");
        Assert.Equal("event parked", listed?.Kind);
        Assert.Contains(reason, listed?.Reason, StringComparison.Ordinal);
        Assert.Equal(before, (await charged.GetAsync("api/accounts/A-1")).Text);
    }

    [Fact]
    public async Task N14_an_event_of_another_API_version_is_stored_and_parked()
    {
        var other = Webhooks
            .OfIntent("evt_parked", "pi_foreign")
            .Replace(Stripe.StripeConfiguration.ApiVersion, "2019-01-01", StringComparison.Ordinal);

        Assert.Equal(
            [$"{Row} e|evt_parked", $"{Row} l|evt_parked"],
            await app.ChangedByAsync(() => app.HearAsync(other))
        );

        Assert.Equal("event parked", (await app.StuckAsync("evt_parked"))?.Kind);
    }

    private async Task<AppHost> ChargedAsync()
    {
        var charged = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await charged.ImportAsync(
            "accounts",
            Csv.Accounts("A-1").Replace("pm_A-1", "pm_usBankAccount_success", StringComparison.Ordinal)
        );
        await charged.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        charged.MoveTo("2020-01-22T07:00");
        await charged.TickAsync();
        await Eventually.HoldsAsync(
            "submitted",
            async () =>
                (await charged.GetAsync("api/accounts/A-1")).Text.Contains(
                    "submitted",
                    StringComparison.OrdinalIgnoreCase
                )
        );
        await charged.AllHeardAsync();
        return charged;
    }

    // Made by somebody else with the same Stripe account; its own event arrives by itself.
    private async Task<string> SomebodyElsesAsync()
    {
        using var http = new HttpClient { BaseAddress = app.Sandbox.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_sandbox");
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["amount"] = "4120", ["currency"] = "usd" }
        );
        using var answer = await http.PostAsync(new Uri("v1/payment_intents", UriKind.Relative), form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        await app.AllHeardAsync();
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }
}
