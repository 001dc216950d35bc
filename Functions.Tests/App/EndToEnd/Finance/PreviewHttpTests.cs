using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What a change would do, over HTTP: it asks for no reason and changes nothing.</summary>
public sealed class PreviewHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Window = """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold"}""";
    private const string Penalties = "\"penaltyFrom\":\"2020-01-22\",\"penaltyTo\":\"2020-02-19\"";
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        await app.IdleAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Each_preview_leaves_everything_as_it_is()
    {
        await HoldAsync();
        await app.IdleAsync();
        var before = await app.DigestAsync();

        int[] answers =
        [
            (await app.PostAsync("api/deferrals/preview", Window)).Status,
            (await app.GetAsync("api/deferrals/outage/withdraw/preview")).Status,
            (await app.GetAsync("api/cycles/1/clear/preview")).Status,
            (await app.GetAsync("api/cycles/1/reopen/preview?fresh=true")).Status,
            (await app.PostAsync("api/waivers/preview", Waiver("2020-02-12"))).Status,
            (await app.PostAsync("api/shields/preview", """{"dates":["2020-01-29"]}""")).Status,
        ];

        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.Empty(StateDigest.Differences(before, await app.DigestAsync()));
    }

    [Fact]
    public async Task A_hold_says_how_many_whose_how_much_and_by_when()
    {
        var shown = await app.PostAsync("api/deferrals/preview", Window);

        Assert.Equal("2 10420 2 0 0", Counts(shown));
        Assert.Equal("2020-01-22T12:00:00+00:00", shown["firstDue"].GetString());
        Assert.Equal(
            "2 debits, $104.20, of 2 accounts, will be held. The first would leave on 2020-01-22 at 06:00.",
            shown["sentence"].GetString()
        );
        var day = Assert.Single(shown["byDueDate"].EnumerateArray());
        Assert.Equal(
            (1, "2020-01-22", 2, 10420),
            (
                day.GetProperty("cycle").GetInt32(),
                day.GetProperty("dueDate").GetString(),
                day.GetProperty("debits").GetInt32(),
                day.GetProperty("cents").GetInt32()
            )
        );
        Assert.Equal((0, false), (shown["version"].GetInt32(), shown["isEstimate"].GetBoolean()));
    }

    [Fact]
    public async Task The_version_that_is_shown_is_the_one_that_the_change_expects()
    {
        await HoldAsync();
        await app.IdleAsync();
        var shown = await app.GetAsync("api/cycles/1/clear/preview");
        Assert.Equal("2 10420 2 0 0", Counts(shown));

        var cleared = await app.PutAsync(
            "api/cycles/1/backlog",
            $$"""{"state":"cleared","reason":"All entered","expectedVersion":{{shown["version"].GetInt32()}}}"""
        );

        Assert.True(cleared["cleared"].GetBoolean());
        await app.IdleAsync();
        Assert.Equal("0 0 0 0 0", Counts(await app.GetAsync("api/cycles/1/clear/preview")));
        Assert.Equal("2 10420 2 0 0", Counts(await app.GetAsync("api/cycles/1/reopen/preview")));
    }

    [Fact]
    public async Task A_preview_is_refused_for_what_the_change_would_be_refused_for()
    {
        Assert.Equal(409, (await app.GetAsync("api/deferrals/none/withdraw/preview")).Status);
        Assert.Equal(400, (await app.GetAsync("api/cycles/100/clear/preview")).Status);
        Assert.Equal(400, (await app.GetAsync("api/cycles/1/clear/preview?from=2020-01-01")).Status);
        Assert.Equal(409, (await app.PostAsync("api/deferrals/preview", Window.Replace("[1]", "[]"))).Status);
        Assert.Equal(
            400,
            (await app.PostAsync("api/deferrals/preview", Window.Replace("}", ",\"reason\":\"r\"}"))).Status
        );
    }

    [Fact]
    public async Task A_waiver_counts_the_bills_in_both_windows_and_a_shield_what_is_open_past_due()
    {
        await app.PostAsync("api/waivers", Waiver("2020-02-12").Replace("}", ",\"reason\":\"Outage\"}"));

        var both = await app.PostAsync("api/waivers/preview", Waiver("2020-02-12"));
        Assert.Equal("2 bills in both windows, 2 waived by another too.", both["sentence"].GetString());
        var none = await app.PostAsync("api/waivers/preview", Waiver("2020-01-21"));
        Assert.Equal((0, 0), (none["bills"].GetInt32(), none["openCents"].GetInt32()));

        var shield = await app.PostAsync("api/shields/preview", """{"dates":["2020-01-29","2020-01-22"]}""");
        Assert.Equal(
            ["2020-01-22 0 0", "2020-01-29 2 10420"],
            shield["days"]
                .EnumerateArray()
                .Select(it => $"{it.GetProperty("date")} {it.GetProperty("openBills")} {it.GetProperty("openCents")}")
        );
        var many = string.Join(
            ",",
            Enumerable.Range(1, 61).Select(day => $"\"{new DateOnly(2020, 1, 1).AddDays(day):yyyy-MM-dd}\"")
        );
        Assert.Equal(400, (await app.PostAsync("api/shields/preview", $$"""{"dates":[{{many}}]}""")).Status);
    }

    private Task<Answer> HoldAsync() =>
        app.PostAsync("api/deferrals", Window.Replace("}", ",\"id\":\"outage\",\"reason\":\"Cashier down\"}"));

    private static string Waiver(string dueTo) => $$"""{"dueFrom":"2020-01-15","dueTo":"{{dueTo}}",{{Penalties}}}""";

    // Debits, cents, accounts, debits already held and debits in flight.
    private static string Counts(Answer shown) =>
        $"{shown["debits"]} {shown["cents"]} {shown["accounts"]} {Of(shown["alreadyHeld"])} {Of(shown["inFlight"])}";

    private static JsonElement Of(JsonElement count) => count.GetProperty("debits");
}
