using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Finance's controls, and what they do to the money of one small city.</summary>
public sealed class HttpTestsControls(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_hold_keeps_debits_until_the_clear_and_what_is_left_is_charged_once()
    {
        await using var app = await StartAsync(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00"));
        var declared = await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashier down"}""",
            "fin@city"
        );
        Assert.Equal(
            (201, "hold", "Cashier down"),
            (declared.Status, declared["action"].GetString(), declared["reason"].GetString())
        );
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        Assert.Equal(["deferred 2 10420"], await StatesAsync(app));
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);

        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "20.00")));
        app.MoveTo("2020-02-20T10:00");
        var cleared = await app.PutAsync(
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"All entered","receivedThrough":{"cash":"2020-02-20"}}""",
            "fin@city"
        );
        Assert.True(cleared["cleared"].GetBoolean());
        await app.TickAsync();
        await Eventually.HoldsAsync(
            "submitted",
            async () => (await StatesAsync(app)).SequenceEqual(["submitted 2 8420"])
        );

        app.MoveTo("2020-02-27T08:00");
        await app.Sandbox.Control.FlushAsync();
        await Eventually.HoldsAsync("collected", async () => (await StatesAsync(app)).SequenceEqual(["collected 2 0"]));
        var ledger = app.Sandbox.Control.Ledger("debit_id");
        Assert.Equal(
            ("A-1-1-0001 2120, A-2-1-0001 6300", 0),
            (
                string.Join(", ", ledger.Groups.OrderBy(it => it.Name).Select(it => $"{it.Name} {it.NetCents}")),
                ledger.ChargedTwice.Count
            )
        );
    }

    [Fact]
    public async Task A_halt_stops_every_charge_and_a_resume_lets_them_go()
    {
        await using var app = await StartAsync(("B-1", "A-1", "41.20"));
        var halted = await app.PutAsync("api/halt", """{"halted":true,"reason":"Bank file looks short"}""", "fin@city");
        Assert.Equal(
            ("fin@city", "Bank file looks short"),
            (halted["halt"].GetProperty("by").GetString(), halted["halt"].GetProperty("reason").GetString())
        );
        Assert.True((await app.GetAsync("health/ready"))["halted"].GetBoolean());
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        Assert.Equal(["scheduled 1 4120"], await StatesAsync(app));
        Assert.Contains(
            "halted: Bank file looks short",
            (await app.GetAsync("api/accounts/A-1")).Text,
            StringComparison.Ordinal
        );

        var asked = await app.PostAsync("api/halt/resume", """{"reason":"Explained"}""", "fin@city");
        Assert.True(asked["halted"].GetBoolean());
        var approval = Assert.Single(asked["approvals"].EnumerateArray());
        Assert.Contains("Bank file looks short", approval.GetProperty("shown").GetString(), StringComparison.Ordinal);
        var path = $"api/approvals/{approval.GetProperty("id").GetString()}/approve";
        var yes = $$"""{"hash":"{{approval.GetProperty("hash").GetString()}}","reason":"Seen"}""";
        Assert.Equal(403, (await app.PostAsync(path, yes, "FIN@city")).Status);
        Assert.False((await app.PostAsync(path, yes, "approver"))["halted"].GetBoolean());
        Assert.Equal(409, (await app.PostAsync(path, yes, "approver")).Status);
        await app.TickAsync();

        await Eventually.HoldsAsync(
            "submitted",
            async () => (await StatesAsync(app)).SequenceEqual(["submitted 1 4120"])
        );
        var history = (await app.GetAsync("api/controls"))["history"]
            .EnumerateArray()
            .Select(it => it.GetProperty("authority"))
            .ToList();
        Assert.Equal(
            ["fin@city: Bank file looks short", "fin@city: Explained", "approver: Seen"],
            history.Select(it => $"{it.GetProperty("by")}: {it.GetProperty("why")}")
        );
    }

    [Fact]
    public async Task A_withdrawn_hold_lets_go_and_a_reopened_backlog_holds_again()
    {
        await using var app = await StartAsync(("B-1", "A-1", "41.20"));
        await app.PostAsync(
            "api/deferrals",
            """{"id":"h","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashier down"}"""
        );
        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All entered"}""");
        var reopened = await app.PutAsync("api/cycles/1/backlog", """{"state":"open","reason":"A drawer was found"}""");
        Assert.False(reopened["cleared"].GetBoolean());
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        Assert.Equal(["deferred 1 4120"], await StatesAsync(app));

        var withdrawn = await app.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, "api/deferrals/h?reason=Declared%20by%20mistake")
        );

        Assert.Equal(200, withdrawn.Status);
        Assert.False(withdrawn["withdrawnAt"].ValueKind == System.Text.Json.JsonValueKind.Undefined);
        await app.TickAsync();
        await Eventually.HoldsAsync(
            "submitted",
            async () => (await StatesAsync(app)).SequenceEqual(["submitted 1 4120"])
        );
    }

    [Fact]
    public async Task Waivers_and_shields_are_kept_with_who_and_why()
    {
        await using var app = await StartAsync(("B-1", "A-1", "41.20"));

        var waiver = await app.PostAsync(
            "api/waivers",
            """{"dueFrom":"2020-01-15","dueTo":"2020-02-12","penaltyFrom":"2020-01-22","penaltyTo":"2020-02-19","reason":"Outage"}""",
            "fin@city"
        );
        var shield = await app.PostAsync(
            "api/shields",
            """{"id":"s","dates":["2020-01-29"],"reason":"Outage"}""",
            "fin@city"
        );

        Assert.Equal((201, 201), (waiver.Status, shield.Status));
        var controls = await app.GetAsync("api/controls");
        Assert.Equal(
            (2, "Outage"),
            (controls["version"].GetInt32(), controls["waivers"][0].GetProperty("reason").GetString())
        );
        Assert.Equal(
            ["2020-01-29"],
            controls["shields"][0].GetProperty("dates").EnumerateArray().Select(it => it.GetString())
        );
        Assert.All(
            controls["history"].EnumerateArray(),
            it => Assert.Equal("fin@city", it.GetProperty("authority").GetProperty("by").GetString())
        );
    }

    private async Task<AppHost> StartAsync(params (string Bill, string Account, string Charges)[] bills)
    {
        var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts([.. bills.Select(bill => bill.Account)]));
        await app.ImportAsync("bills", Csv.Bills(bills));
        return app;
    }

    // How many debits of cycle 1 are in each state, and the cents that are open on them.
    private static async Task<List<string>> StatesAsync(AppHost app) =>
        [
            .. (await app.GetAsync("api/cycles/1"))["states"]
                .EnumerateArray()
                .Select(it => $"{it.GetProperty("state")} {it.GetProperty("debits")} {it.GetProperty("openCents")}"),
        ];
}
