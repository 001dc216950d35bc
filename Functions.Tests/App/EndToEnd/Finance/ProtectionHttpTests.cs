using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Waivers, shields and what follows, over HTTP (R42, R43). The bills are due on Jan 22, 2020.</summary>
public sealed class ProtectionHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly AppPlan ThreeCycles = new()
    {
        Settings = new Dictionary<string, string?>
        {
            ["Autopay:Cycles:0:Cycle"] = "1",
            ["Autopay:Cycles:0:Name"] = "Cycle 1",
            ["Autopay:Cycles:0:Area"] = "West",
            ["Autopay:Cycles:1:Cycle"] = "2",
            ["Autopay:Cycles:1:Name"] = "Cycle 2",
            ["Autopay:Cycles:1:Area"] = "East",
            ["Autopay:Cycles:2:Cycle"] = "3",
            ["Autopay:Cycles:2:Name"] = "Cycle 3",
            ["Autopay:Cycles:2:Area"] = "East",
        },
    };

    private const string PenaltiesHeader = "penalty_id,account_id,bill_id,amount,charged_on,reversed_on\n";
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01", ThreeCycles);
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2").Replace("west,on", "west,off"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        await app.IdleAsync();
        app.MoveTo("2020-02-10T08:00");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_penalty_is_answered_with_its_rule_its_money_and_its_earliest_day()
    {
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "41.20"), ("P-2", "A-2", "3.00")));

        var paid = await app.GetAsync("api/bills/B-1/penalty");
        var open = await app.GetAsync("api/bills/B-2/penalty?on=2020-01-30");
        var early = await app.GetAsync("api/bills/B-2/penalty?on=2020-01-29");

        Assert.Equal(
            ("paidInTime", "R42", "A-1", "2020-02-10"),
            (Text(paid, "verdict"), Text(paid, "rule"), Text(paid, "account"), Text(paid, "on"))
        );
        var money = Assert.Single(paid["payments"].EnumerateArray());
        Assert.Equal(
            ("P-1", "2020-01-20", "2020-02-10", 4120, true),
            (
                money.GetProperty("id").GetString(),
                money.GetProperty("receivedOn").GetString(),
                money.GetProperty("postedOn").GetString(),
                money.GetProperty("cents").GetInt32(),
                money.GetProperty("inTime").GetBoolean()
            )
        );
        Assert.Equal(
            ("assess", "2020-01-30", 300),
            (Text(open, "verdict"), Text(open, "earliestOn"), open["inTimeCents"].GetInt32())
        );
        Assert.Equal("notYet", Text(early, "verdict"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_what_is_no_day_is_refused()
    {
        Assert.Equal(404, (await app.GetAsync("api/bills/B-9/penalty")).Status);
        Assert.Equal(404, (await app.GetAsync("api/accounts/A-9/disconnect")).Status);
        Assert.Equal(400, (await app.GetAsync("api/bills/B-1/penalty?on=tomorrow")).Status);
        Assert.Equal(400, (await app.GetAsync("api/accounts/A-1/disconnect?day=2020-01-22")).Status);
        Assert.Equal(400, (await app.GetAsync("api/protections/waived?format=xml")).Status);
        Assert.Equal(409, (await DeleteAsync("api/waivers/none?reason=r")).Status);
        Assert.Equal(409, (await DeleteAsync("api/shields/none?reason=r")).Status);
        Assert.Equal(409, (await app.GetAsync("api/shields/none/withdraw/preview")).Status);
        Assert.Equal(400, (await DeleteAsync("api/waivers/none")).Status);
    }

    [Fact]
    public async Task A_waiver_of_a_cycle_waives_until_it_is_withdrawn_and_is_kept()
    {
        Assert.Equal(201, (await WaiveAsync("east", "[2]")).Status);
        Assert.Equal("assess", Text(await app.GetAsync("api/bills/B-1/penalty"), "verdict"));
        Assert.Equal(201, (await WaiveAsync("west", "[1]")).Status);
        Assert.Equal(409, (await WaiveAsync("west", "[1]")).Status);
        var waived = await app.GetAsync("api/bills/B-1/penalty");
        Assert.Equal(
            ("waived", "west"),
            (Text(waived, "verdict"), Assert.Single(waived["waivers"].EnumerateArray()).GetProperty("id").GetString())
        );

        var shown = await app.GetAsync("api/waivers/west/withdraw/preview");
        Assert.Equal((2, 0), (shown["bills"].GetInt32(), shown["alreadyWaived"].GetInt32()));
        var withdrawn = await DeleteAsync("api/waivers/west?reason=Declared%20by%20mistake");
        var again = await DeleteAsync("api/waivers/west?reason=Once%20more");
        Assert.Equal((200, 200), (withdrawn.Status, again.Status));
        Assert.Equal(Text(withdrawn, "withdrawnAt"), Text(again, "withdrawnAt"));
        Assert.Equal("assess", Text(await app.GetAsync("api/bills/B-1/penalty"), "verdict"));
        var controls = await app.GetAsync("api/controls");
        Assert.Equal((3, 2), (controls["version"].GetInt32(), controls["waivers"].GetArrayLength()));
    }

    [Fact]
    public async Task On_a_shielded_day_nobody_is_disconnected_and_after_it_the_clock_restarts()
    {
        Assert.Equal("may", Text(await app.GetAsync("api/accounts/A-1/disconnect"), "verdict"));
        await ShieldAsync("other", "[2,3]");
        Assert.Equal("may", Text(await app.GetAsync("api/accounts/A-1/disconnect"), "verdict"));
        await ShieldAsync("winter", "[1]");

        var shielded = await app.GetAsync("api/accounts/A-1/disconnect");
        Assert.Equal(
            ("shielded", "R43", 4120),
            (Text(shielded, "verdict"), Text(shielded, "rule"), shielded["overdueCents"].GetInt32())
        );
        var after = await app.GetAsync("api/accounts/A-1/disconnect?on=2020-02-24");
        Assert.Equal(("notYet", "2020-02-25"), (Text(after, "verdict"), Text(after, "earliestOn")));

        var shown = await app.GetAsync("api/shields/winter/withdraw/preview");
        Assert.Equal("2020-02-10", Assert.Single(shown["days"].EnumerateArray()).GetProperty("date").GetString());
        Assert.Equal(200, (await DeleteAsync("api/shields/winter?reason=Over")).Status);
        Assert.Equal("may", Text(await app.GetAsync("api/accounts/A-1/disconnect"), "verdict"));
    }

    [Fact]
    public async Task The_lists_are_files_for_the_billing_system_and_JSON_for_people()
    {
        await WaiveAsync("outage", "[]");
        await ShieldAsync("winter", "[1]");

        Assert.Equal(
            [
                "account,bill,cycle,due_date,penalty_date,charges,open,waivers,penalty_charged",
                "A-1,B-1,1,2020-01-22,2020-01-29,41.20,41.20,outage,0.00",
                "A-2,B-2,1,2020-01-22,2020-01-29,63.00,63.00,outage,0.00",
            ],
            await LinesAsync("api/protections/waived?format=csv")
        );
        Assert.Equal(
            [
                "account,on,shields,overdue_bills,overdue,earliest_on",
                "A-1,2020-02-10,winter,1,41.20,2020-02-25",
                "A-2,2020-02-10,winter,1,63.00,2020-02-25",
            ],
            await LinesAsync("api/protections/shielded?format=csv&on=2020-02-10")
        );
        Assert.Equal(2, (await app.GetAsync("api/protections/waived"))["items"].GetArrayLength());
        Assert.Equal(2, (await app.GetAsync("api/protections/shielded"))["items"].GetArrayLength());
        Assert.Empty((await app.GetAsync("api/protections/shielded?on=2020-02-11"))["items"].EnumerateArray());
        Assert.Single(await LinesAsync("api/protections/to-reverse?format=csv"));
    }

    [Fact]
    public async Task The_proof_says_zero_only_when_no_penalty_in_the_windows_stands()
    {
        await WaiveAsync("outage", "[1]");
        Assert.StartsWith("2 bills in the windows, 0 penalised; no penalties file", await ProofAsync());

        var charged = await ChargeAsync("F-1,A-1,B-1,5.00,2020-01-30,\nF-2,A-9,B-9,5.00,2020-01-30,\n");
        Assert.Equal((1, 1), (Result(charged, "applied"), Result(charged, "unknownAccounts")));
        Assert.Equal("2 bills in the windows, 1 penalised; 1 to be reversed", await ProofAsync());
        var line = Assert.Single((await app.GetAsync("api/protections/to-reverse"))["items"].EnumerateArray());
        Assert.Equal(
            ("F-1", "B-1", 500, "waived"),
            (
                line.GetProperty("penalty").GetString(),
                line.GetProperty("bill").GetString(),
                line.GetProperty("cents").GetInt32(),
                line.GetProperty("verdict").GetString()
            )
        );

        await ChargeAsync("F-1,A-1,B-1,5.00,2020-01-30,2020-02-05\n");
        Assert.Equal("2 bills in the windows, 0 penalised", await ProofAsync());
    }

    [Fact]
    public async Task A_penalties_file_that_comes_twice_changes_nothing_and_a_wrong_row_is_a_finding()
    {
        await ChargeAsync("F-1,A-1,B-1,5.00,2020-01-30,\n");
        await app.IdleAsync();
        var before = (await app.GetAsync("api/accounts/A-1")).Text;

        var again = await ChargeAsync("F-1,A-1,B-1,5.00,2020-01-30,\n\n");
        Assert.Equal((0, 1), (Result(again, "applied"), Result(again, "known")));
        Assert.Equal(before, (await app.GetAsync("api/accounts/A-1")).Text);

        var other = await ChargeAsync("F-1,A-1,B-1,6.00,2020-01-30,\nF-3,A-1,B-7,5.00,2020-01-30,\n");
        Assert.Equal((0, 2), (Result(other, "applied"), Result(other, "conflicts")));
        var future = await app.UploadAsync("penalties", PenaltiesHeader + "F-4,A-1,B-1,5.00,2020-02-11,\n");
        Assert.Equal(400, future.Status);
    }

    [Fact]
    public async Task A_bill_that_came_again_under_another_number_is_held_against_nobody_also_when_it_is_left_out()
    {
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "41.20")));
        var again = await app.ImportAsync("bills", Csv.Bills(("90001", "A-1", "41.20")));

        var flagged = await app.GetAsync("api/bills/90001/penalty");
        var skipped = await app.PostAsync(
            $"api/imports/{again["id"].GetString()}/skip-look-alikes",
            """{"reason":"The file came again"}"""
        );

        Assert.True(skipped.Status == 200, skipped.Text);
        foreach (var answer in new[] { flagged, await app.GetAsync("api/bills/90001/penalty") })
        {
            Assert.Equal("cityHolds", Text(answer, "verdict"));
            Assert.Contains("it looks like bill B-1", Text(answer, "reason"), StringComparison.Ordinal);
        }

        Assert.Equal("cityHolds", Text(await app.GetAsync("api/accounts/A-1/disconnect?on=2020-06-01"), "verdict"));
    }

    [Fact]
    public async Task A_cycle_that_the_city_does_not_have_and_a_shield_that_is_past_are_refused()
    {
        var waiver = await WaiveAsync("far", "[1,9]");
        var shield = await ShieldAsync("far", "[9]");
        app.MoveTo("2020-02-11T08:00");
        var past = await ShieldAsync("past", "[1]");

        Assert.Equal((409, "The city has no cycle 9."), (waiver.Status, waiver.Detail));
        Assert.Equal((409, "The city has no cycle 9."), (shield.Status, shield.Detail));
        Assert.Equal(409, past.Status);
        Assert.Contains("Every date of the shield is before today, 2020-02-11", past.Detail);
        Assert.Equal(0, (await app.GetAsync("api/controls"))["version"].GetInt32());
    }

    private Task<Answer> WaiveAsync(string id, string cycles) =>
        app.PostAsync(
            "api/waivers",
            $$"""
            {"id":"{{id}}","cycles":{{cycles}},"dueFrom":"2020-01-15","dueTo":"2020-02-12",
             "penaltyFrom":"2020-01-22","penaltyTo":"2020-02-19","reason":"Outage"}
            """
        );

    private Task<Answer> ShieldAsync(string id, string cycles) =>
        app.PostAsync(
            "api/shields",
            $$"""{"id":"{{id}}","cycles":{{cycles}},"dates":["2020-02-10"],"reason":"Outage"}"""
        );

    private Task<Answer> ChargeAsync(string rows) => app.ImportAsync("penalties", PenaltiesHeader + rows);

    private async Task<string> ProofAsync() => Text(await app.GetAsync("api/protections/proof"), "sentence")!;

    private async Task<List<string>> LinesAsync(string path)
    {
        var lines = (await app.GetAsync(path)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [lines[0], .. lines.Skip(1).Order(StringComparer.Ordinal)];
    }

    private Task<Answer> DeleteAsync(string path) => app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    private static string? Text(Answer answer, string field) => answer[field].GetString();

    private static int Result(Answer import, string name) => import["result"].GetProperty(name).GetInt32();
}
