using System.Text;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What is stuck has a home and two ways out, over HTTP.</summary>
public sealed class StuckHttpTests(AzuriteFixture azurite, StuckHttpTests.EmptyApp empty)
    : IClassFixture<StuckHttpTests.EmptyApp>
{
    private const string Reason = """{"reason":"test"}""";

    [Theory]
    [InlineData("not Base64 at all {", "SHA-256")]
    [InlineData("bm90IGpzb24=", "failed for good")]
    [InlineData("/////w==", "SHA-256")]
    [Trait("Layer", "L5")]
    public async Task F31_a_message_that_nobody_can_read_is_kept_and_can_only_be_discarded(string raw, string reason)
    {
        var app = empty.App;
        await app.Storage.RawQueue(QueueNames.Evaluate).SendMessageAsync(raw);
        await app.PoisonedAsync(1);

        var item = (await StuckAsync(app)).Single();
        var path = $"api/stuck/{item.Id}";
        var (replayed, discarded, again) = (
            await app.PostAsync($"{path}/replay", Reason),
            await app.PostAsync($"{path}/discard", Reason),
            await app.PostAsync($"{path}/discard", Reason)
        );

        Assert.Equal("poison", item.Kind);
        Assert.Contains(reason, item.Reason, StringComparison.Ordinal);
        Assert.Equal(
            (409, 200, true, 200, false),
            (
                replayed.Status,
                discarded.Status,
                discarded["changed"].GetBoolean(),
                again.Status,
                again["changed"].GetBoolean()
            )
        );
        Assert.Empty(await StuckAsync(app));
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F30_a_poison_message_is_kept_for_ever_and_its_replay_does_its_work_once()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app
            .Storage.RawQueue(QueueNames.ProviderEventsPoison)
            .SendMessageAsync(
                Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"EventId":"evt_lost","IntentId":"pi_lost"}"""))
            );
        await app.PoisonedAsync(1);
        app.MoveTo("2020-02-21T08:00");

        var item = (await StuckAsync(app)).Single();
        var (replayed, again) = (
            await app.PostAsync($"api/stuck/{item.Id}/replay", Reason),
            await app.PostAsync($"api/stuck/{item.Id}/replay", Reason)
        );
        await app.IdleAsync();

        Assert.Equal(
            (200, true, false),
            (replayed.Status, replayed["changed"].GetBoolean(), again["changed"].GetBoolean())
        );
        Assert.Equal(31, item.AgeDays);
        Assert.Empty(await StuckAsync(app));
    }

    [Fact]
    public async Task A_parked_event_is_replayed_and_a_foreign_one_only_discarded()
    {
        var app = empty.App;
        await app.HearAsync(
            Webhooks
                .OfIntent("evt_parked", "pi_unknown")
                .Replace(Stripe.StripeConfiguration.ApiVersion, "2020-01-01.old", StringComparison.Ordinal)
        );
        await app.HearAsync(Webhooks.OfIntent("evt_foreign", "pi_unknown"));
        await Eventually.HoldsAsync("both are listed", async () => (await StuckAsync(app)).Length == 2);

        var foreign = await app.PostAsync("api/stuck/evt_foreign/replay", Reason);
        var parked = await app.PostAsync("api/stuck/evt_parked/replay", Reason);
        var discarded = (await app.PostAsync("api/stuck/evt_foreign/discard", Reason)).Status;
        await app.PostAsync("api/stuck/evt_parked/discard", Reason);

        Assert.Equal((409, 200, 200), (foreign.Status, parked.Status, discarded));
        Assert.Empty(await StuckAsync(app));
    }

    [Fact]
    public async Task What_is_listed_and_closed_elsewhere_is_refused_with_the_way_out()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        await app.PostAsync(
            "api/deferrals",
            """{"id":"late","cycles":[9],"dueFrom":"2020-01-22","dueTo":"2020-01-22","action":"hold","expectedClearBy":"2020-01-22","reason":"r"}"""
        );
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await app.ImportAsync("payments", Csv.Payments(("R-1", "A-1", "41.20")));
        app.MoveTo("2020-01-23T07:00");

        var twice = (await app.GetAsync("api/stuck"))["items"]
            .EnumerateArray()
            .Single(it => it.GetProperty("kind").GetString() == "paid twice");
        var refused = await app.RefusesAsync(
            409,
            Refusing.Request("POST", "api/stuck/R-1/discard", Reason),
            Refusing.Request("POST", "api/stuck/late/replay", Reason)
        );

        Assert.Equal(
            ("A-1-1-0001", 4120),
            (twice.GetProperty("debit").GetString(), twice.GetProperty("amountCents").GetInt32())
        );
        Assert.Contains(
            "POST /api/accounts/A-1/debits/A-1-1-0001/refunds, or POST /api/accounts/A-1/payments/R-1/keep",
            refused[0].Detail,
            StringComparison.Ordinal
        );
        Assert.Contains("DELETE /api/deferrals/late", refused[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_stuck_is_not_found()
    {
        var app = empty.App;

        await app.RefusesAsync(404, Refusing.Request("POST", "api/stuck/nothing/replay", Reason));
    }

    private static async Task<(string Id, string Kind, string Reason, int AgeDays)[]> StuckAsync(AppHost app) =>
        [
            .. (await app.GetAsync("api/stuck"))["items"]
                .EnumerateArray()
                .Where(it => it.GetProperty("kind").GetString() != "overdue work")
                .Select(it =>
                    (
                        it.GetProperty("id").GetString()!,
                        it.GetProperty("kind").GetString()!,
                        it.GetProperty("reason").GetString()!,
                        it.GetProperty("ageDays").GetInt32()
                    )
                ),
        ];

    /// <summary>An app with nothing in it, for tests that leave nothing stuck.</summary>
    public sealed class EmptyApp(AzuriteFixture azurite) : IAsyncLifetime
    {
        internal AppHost App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await AppHost.StartAsync(azurite, "2020-01-21T08:01");

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
