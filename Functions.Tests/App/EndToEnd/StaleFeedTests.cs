using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>An outage of which nobody could tell: the first morning's debits do not leave.</summary>
public sealed class StaleFeedTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_first_due_date_run_holds_before_it_charges_and_only_a_person_lets_go()
    {
        await using var app = await StartAsync(bills: "2", payments: "2");
        app.MoveTo("2020-01-21T07:00");
        await app.TickAsync();
        Assert.Empty((await app.GetAsync("api/controls"))["deferrals"].EnumerateArray());

        app.MoveTo("2020-01-22T06:01");
        await app.TickAsync();

        Assert.Equal(["deferred 2 10420"], await StatesAsync(app));
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
        var act = Assert.Single((await app.GetAsync("api/audit"))["acts"].EnumerateArray());
        Assert.Equal(
            (
                "autopay",
                "deferralDeclared",
                "No bills file for more than 2 banking days, the last one on 2020-01-14; no payments file for more than 2 "
                    + "banking days, the last one on 2020-01-14"
            ),
            (act.GetProperty("by").GetString(), act.GetProperty("what").GetString(), act.GetProperty("why").GetString())
        );
        var item = Assert.Single(
            (await app.GetAsync("api/work?kind=staleFeed"))["items"].EnumerateArray(),
            it => it.GetProperty("id").GetString() == "stale-feed-2020-01-22"
        );
        Assert.Equal("2020-01-22", item.GetProperty("since").GetString());
        Assert.Contains("\"stale feed\"", (await app.GetAsync("api/stuck")).Text, StringComparison.Ordinal);

        // A file alone ends nothing, and nothing is held twice.
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "20.00")));
        app.MoveTo("2020-01-23T06:01");
        await app.TickAsync();
        Assert.Equal(["deferred 2 8420"], await StatesAsync(app));
        Assert.Single((await app.GetAsync("api/controls"))["deferrals"].EnumerateArray());
        const string banner = "A file that should have come has not. What was due by Wed, Jan 22, 2020 is on hold";
        Assert.Contains(banner, (await app.GetAsync("console/audit")).Text, StringComparison.Ordinal);

        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All entered"}""");
        await app.TickAsync();

        Assert.Equal(["submitted 2 8420"], await StatesAsync(app));
        Assert.DoesNotContain(banner, (await app.GetAsync("console/audit")).Text, StringComparison.Ordinal);
        Assert.Empty((await app.GetAsync("api/work?kind=staleFeed"))["items"].EnumerateArray());
    }

    [Theory]
    [InlineData("bills", "2", "5", "No bills file for more than 2 banking days, the last one on 2020-01-14")]
    [InlineData("bills", "2", "0", "No bills file for more than 2 banking days, the last one on 2020-01-14")]
    [InlineData("payments", "5", "2", "No payments file for more than 2 banking days, the last one on 2020-01-14")]
    public async Task One_kind_of_file_does_not_keep_the_other_fresh(
        string kind,
        string bills,
        string payments,
        string why
    )
    {
        await using var app = await StartAsync(bills, payments);
        await app.ImportAsync("payments", PaymentOf("P-1"));
        app.MoveTo("2020-01-21T08:00");
        await (
            kind == "bills"
                ? app.ImportAsync("payments", PaymentOf("P-2"))
                : app.ImportAsync("bills", Csv.Bills(("B-3", "A-2", "9.00")))
        );

        app.MoveTo("2020-01-22T06:01");
        await app.TickAsync();

        var hold = Assert.Single((await app.GetAsync("api/controls"))["deferrals"].EnumerateArray());
        Assert.Equal(why, hold.GetProperty("reason").GetString());
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("5", "5")]
    public async Task A_fresh_feed_and_a_city_that_does_not_ask_for_it_hold_nothing(string bills, string payments)
    {
        await using var app = await StartAsync(bills, payments);

        app.MoveTo("2020-01-22T06:01");
        await app.TickAsync();

        Assert.Equal(["submitted 2 10420"], await StatesAsync(app));
        Assert.Empty((await app.GetAsync("api/controls"))["deferrals"].EnumerateArray());
    }

    // Tuesday; the next banking days are 15, 16, 17, 21 and 22.
    private async Task<AppHost> StartAsync(string bills, string payments)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Autopay:StaleBillsDays"] = bills,
            ["Autopay:StalePaymentsDays"] = payments,
        };
        var app = await AppHost.StartAsync(azurite, "2020-01-14T08:00", new AppPlan { Settings = settings });
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        return app;
    }

    private static string PaymentOf(string id) =>
        Csv.Payments((id, "A-1", "1.00")).Replace("2020-01-20", "2020-01-14", StringComparison.Ordinal);

    private static async Task<List<string>> StatesAsync(AppHost app) =>
        [
            .. (await app.GetAsync("api/cycles/1"))["states"]
                .EnumerateArray()
                .Select(it =>
                    $"{it.GetProperty("state").GetString()} {it.GetProperty("debits").GetInt32()} "
                    + $"{it.GetProperty("openCents").GetInt32()}"
                ),
        ];
}
