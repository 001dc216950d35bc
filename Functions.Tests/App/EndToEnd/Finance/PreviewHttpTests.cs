using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What a change would do, over HTTP: it asks for no reason and changes nothing.</summary>
public sealed class PreviewHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Window = """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold"}""";
    private const string Penalties = "\"penaltyFrom\":\"2020-01-22\",\"penaltyTo\":\"2020-02-19\"";
    private const string NoAccount = "api/accounts/A-9/bills/B-2/exemptions/outage/preview";

    private const string Counted =
        """{"reason":"Counted","totals":[{"receivedOn":"2020-01-20","channel":"cash","drawer":"W1","""
        + """ "count":1,"amountCents":6000}]}""";

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

    [Fact]
    public async Task The_end_of_a_halt_an_exemption_and_an_override_are_shown_before_anybody_asks_for_them()
    {
        Assert.Equal(409, (await app.GetAsync("api/halt/resume/preview")).Status);
        await HoldAsync();
        await app.PutAsync("api/accounts/A-1/bills/B-1/exemptions/outage", """{"on":true,"reason":"Final bill"}""");
        await app.PutAsync("api/cycles/1/certificate", Counted);
        await app.PutAsync("api/halt", """{"halted":true,"reason":"Look"}""");
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await app.IdleAsync();
        var before = await app.DigestAsync();

        var resume = await app.GetAsync("api/halt/resume/preview");
        var exemption = await app.GetAsync("api/accounts/A-2/bills/B-2/exemptions/outage/preview");
        var through = await app.PostAsync(
            "api/cycles/1/certificate/override/preview",
            """{"receivedThrough":{"cash":"2020-01-21"}}"""
        );
        var late = await app.PostAsync("api/cycles/1/certificate/override/preview", "{}");

        Assert.Equal("1 4120 0", $"{resume["debits"]} {resume["cents"]} {Of(resume["inFlight"])}");
        Assert.StartsWith("1 debit, $41.20, would leave", resume["sentence"].GetString(), StringComparison.Ordinal);
        Assert.Equal(resume["version"].GetInt32(), through["version"].GetInt32());
        Assert.Equal("1 6300 False", $"{exemption["debits"]} {exemption["cents"]} {exemption["takesTwo"]}");
        Assert.Equal("1 6300 1 6000", Of(through, "debits", "cents", "differences", "differenceCents"));
        Assert.StartsWith(
            "Cycle 1 is cleared although 1 of 1 counted totals differ, by $60.00. Received through cash 2020-01-21.",
            through["shown"].GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal((409, 404), (late.Status, (await app.GetAsync(NoAccount)).Status));
        Assert.Empty(StateDigest.Differences(before, await app.DigestAsync()));
    }

    private static string Of(Answer shown, params string[] names) =>
        string.Join(' ', names.Select(it => $"{shown[it]}"));

    private Task<Answer> HoldAsync() =>
        app.PostAsync("api/deferrals", Window.Replace("}", ",\"id\":\"outage\",\"reason\":\"Cashier down\"}"));

    private static string Waiver(string dueTo) => $$"""{"dueFrom":"2020-01-15","dueTo":"{{dueTo}}",{{Penalties}}}""";

    // Debits, cents, accounts, debits already held and debits in flight.
    private static string Counts(Answer shown) =>
        $"{shown["debits"]} {shown["cents"]} {shown["accounts"]} {Of(shown["alreadyHeld"])} {Of(shown["inFlight"])}";

    private static JsonElement Of(JsonElement count) => count.GetProperty("debits");
}
