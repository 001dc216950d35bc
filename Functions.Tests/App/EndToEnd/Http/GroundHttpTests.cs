using System.Text.Json;
using Autopay.Tests.App.Identity;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What the pages stand on: who I am, sums, versions and operations.</summary>
public sealed class GroundHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Hold =
        """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashier down"@@}""";

    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_asks_hears_what_the_table_of_access_lets_them_do()
    {
        var me = await MeAsync("viewer");

        Assert.Equal(("viewer", "America/Chicago"), (me["who"].GetString(), me["timeZone"].GetString()));
        Assert.Equal(("City utilities", "en"), (me["city"].GetString(), me["language"].GetString()));
        Assert.Equal(["viewer"], Texts(me["roles"]));
        Assert.Equal(MayOf("Viewer"), Texts(me["may"]));
        Assert.Equal(MayOf("Preparer"), Texts((await MeAsync("preparer"))["may"]));
    }

    [Fact]
    public async Task A_city_whose_clear_sends_money_by_itself_hears_of_it_wherever_it_looks()
    {
        const string Loud =
            "A clear sends money without a plan that anybody approved: Autopay__ReleaseApproval is false.";
        var settings = new Dictionary<string, string?> { ["Autopay:ReleaseApproval"] = "true" };
        await using var careful = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = settings }
        );

        await careful.ImportAsync("accounts", Csv.Accounts("A-1"));
        foreach (var answer in new[] { await MeAsync("viewer"), await app.GetAsync("api/cycles/1") })
        {
            Assert.Equal((false, Loud), (answer["releaseApproval"].GetBoolean(), answer["warning"].GetString()));
        }

        foreach (var answer in new[] { await careful.GetAsync("api/me"), await careful.GetAsync("api/cycles/1") })
        {
            Assert.True(answer["releaseApproval"].GetBoolean());
            Assert.False(answer.Json.TryGetProperty("warning", out _));
        }
    }

    [Fact]
    public async Task Due_dates_show_their_sums_and_what_is_declared_over_them()
    {
        await HoldAsync(""","id":"outage","expectedClearBy":"2020-02-20" """);
        await app.IdleAsync();

        var timeline = await app.GetAsync("api/timeline?from=2020-01-22&to=2020-01-22");
        var day = Assert.Single(timeline["days"].EnumerateArray());
        Assert.Equal(
            ("2020-01-22", 1, 2, 10420, "deferred 2 10420", "outage hold False"),
            (
                day.GetProperty("dueDate").GetString(),
                day.GetProperty("cycle").GetInt32(),
                day.GetProperty("bills").GetInt32(),
                day.GetProperty("openCents").GetInt32(),
                StateOf(Assert.Single(day.GetProperty("states").EnumerateArray())),
                DeferralOf(Assert.Single(day.GetProperty("deferrals").EnumerateArray()))
            )
        );
        Assert.Empty((await app.GetAsync("api/timeline?to=2020-01-21"))["days"].EnumerateArray());
        Assert.Equal(400, (await app.GetAsync("api/timeline?from=2020-02-01&to=2020-01-01")).Status);
        Assert.Equal(400, (await app.GetAsync("api/timeline?from=tomorrow")).Status);

        var cycle = await app.GetAsync("api/cycles/1");
        Assert.True(cycle["isCountedNow"].GetBoolean());
        Assert.Equal("deferred 2 10420", StateOf(cycle["dueDates"][0].GetProperty("states").EnumerateArray().Single()));
        Assert.Equal(timeline["version"].GetInt32(), cycle["version"].GetInt32());
    }

    [Fact]
    public async Task A_change_of_what_somebody_else_has_changed_meanwhile_is_refused_and_says_what_that_was()
    {
        await HoldAsync(""","id":"first","expectedVersion":0""", "ann@city");

        var refused = await HoldAsync(""","id":"second","expectedVersion":0""", "bob@city");

        Assert.Equal((409, 1), (refused.Status, refused["version"].GetInt32()));
        var change = Assert.Single(refused["changes"].EnumerateArray());
        Assert.Equal(
            ("ann@city", "deferralDeclared", "Cashier down"),
            (
                change.GetProperty("who").GetString(),
                change.GetProperty("what").GetString(),
                change.GetProperty("why").GetString()
            )
        );
        Assert.Single((await app.GetAsync("api/controls"))["deferrals"].EnumerateArray());
        Assert.Equal(201, (await HoldAsync(""","id":"second","expectedVersion":1""", "bob@city")).Status);
    }

    [Fact]
    public async Task The_same_operation_again_changes_nothing_and_another_wish_under_its_id_is_refused()
    {
        Assert.Equal(404, (await app.GetAsync("api/operations/op-1")).Status);
        var first = await HoldAsync(""","expectedVersion":0,"operationId":"op-1" """, "ann@city");
        app.MoveTo("2020-01-21T08:05");

        var again = await HoldAsync(""","expectedVersion":0,"operationId":"op-1" """, "ann@city");

        Assert.Equal((201, 200, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal(409, (await HoldAsync(""","operationId":"op-1","id":"h" """, "ann@city")).Status);
        Assert.Equal(409, (await HoldAsync(""","operationId":"op-1" """, "bob@city")).Status);
        var recorded = await app.GetAsync("api/operations/op-1");
        Assert.Equal(
            (1, "deferralDeclared", "ann@city"),
            (
                recorded["version"].GetInt32(),
                recorded["what"].GetString(),
                recorded["authority"].GetProperty("by").GetString()
            )
        );
        Assert.Equal(1, (await app.GetAsync("api/controls"))["version"].GetInt32());
    }

    [Fact]
    public async Task Each_change_of_the_controls_takes_a_version_and_an_operation()
    {
        await HoldAsync(""","id":"h" """);
        string[] seen = [.. await EachAsync("\"expectedVersion\":77", "expectedVersion=77")];
        Assert.All(seen, status => Assert.EndsWith(" 409", status, StringComparison.Ordinal));
        Assert.Equal(1, (await app.GetAsync("api/controls"))["version"].GetInt32());

        seen = [.. await EachAsync("\"operationId\":\"x/y\"", "operationId=x%2Fy")];
        Assert.All(seen, status => Assert.EndsWith(" 400", status, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_withdrawal_a_clear_and_a_resume_are_done_once_under_their_operations()
    {
        await HoldAsync(""","id":"h" """);
        for (var times = 0; times < 2; times++)
        {
            await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"r","operationId":"clear"}""");
            await app.SendAsync(new(HttpMethod.Delete, "api/deferrals/h?reason=r&operationId=gone"));
            await app.PutAsync("api/halt", """{"halted":true,"reason":"r","operationId":"halt"}""");
            await app.PostAsync("api/halt/resume", """{"reason":"r","operationId":"resume"}""");
        }

        var controls = await app.GetAsync("api/controls");
        Assert.Equal(5, controls["version"].GetInt32());
        Assert.Equal(
            "resume-resume",
            Assert.Single(controls["approvals"].EnumerateArray()).GetProperty("id").GetString()
        );
    }

    [Fact]
    public async Task Two_who_send_one_operation_at_once_make_one_change()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => HoldAsync(""","operationId":"op" """, "ann@city"))
        );

        Assert.Equal([200, 200, 200, 200, 200, 201], answers.Select(it => it.Status).Order());
        Assert.Equal(1, (await app.GetAsync("api/controls"))["version"].GetInt32());
    }

    [Fact]
    public async Task The_audit_shows_in_which_role_it_was_done_and_verifies()
    {
        await app.PutAsync("api/halt", """{"halted":true,"reason":"r"}""", "operator");

        var act = Assert.Single((await app.GetAsync("api/audit"))["acts"].EnumerateArray());
        Assert.Equal(
            ("operator", "Operator"),
            (act.GetProperty("by").GetString(), act.GetProperty("role").GetString())
        );
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }

    private async Task<List<string>> EachAsync(string field, string query)
    {
        List<string> seen = [];
        foreach (var (method, path, body) in Changes)
        {
            var json = body.Replace("\"reason\"", $"{field},\"reason\"", StringComparison.Ordinal);
            var answer =
                body.Length == 0 ? await app.SendAsync(new(HttpMethod.Delete, $"{path}?reason=r&{query}"))
                : method == "PUT" ? await app.PutAsync(path, json)
                : await app.PostAsync(path, json);
            seen.Add($"{method} {path} {answer.Status}");
        }

        return seen;
    }

    private static readonly (string Method, string Path, string Body)[] Changes =
    [
        ("POST", "api/deferrals", Hold.Replace("@@", "", StringComparison.Ordinal)),
        ("DELETE", "api/deferrals/h", ""),
        ("PUT", "api/cycles/1/backlog", """{"state":"cleared","reason":"r"}"""),
        ("PUT", "api/cycles/1/backlog", """{"state":"open","reason":"r"}"""),
        (
            "POST",
            "api/waivers",
            """{"dueFrom":"2020-01-15","dueTo":"2020-02-12","penaltyFrom":"2020-01-22","penaltyTo":"2020-02-19","reason":"r"}"""
        ),
        ("POST", "api/shields", """{"dates":["2020-01-29"],"reason":"r"}"""),
        ("PUT", "api/halt", """{"halted":true,"reason":"r"}"""),
        ("POST", "api/halt/resume", """{"reason":"r"}"""),
        ("POST", "api/approvals/none/approve", """{"hash":"0","reason":"r"}"""),
        ("POST", "api/approvals/none/reject", """{"reason":"r"}"""),
    ];

    private Task<Answer> HoldAsync(string more, string? user = null) =>
        app.PostAsync("api/deferrals", Hold.Replace("@@", more, StringComparison.Ordinal), user);

    private Task<Answer> MeAsync(string user)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/me");
        request.Headers.Add("X-Autopay-User", user);
        return app.SendAsync(request);
    }

    private static IEnumerable<string> MayOf(string role) =>
        RoleTable
            .All.Where(row => row.Roles.Any(it => it.ToString() == role))
            .Select(row => row.Function)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(it => it.GetString());

    private static string StateOf(JsonElement it) =>
        $"{it.GetProperty("state")} {it.GetProperty("debits")} {it.GetProperty("openCents")}";

    private static string DeferralOf(JsonElement it) =>
        $"{it.GetProperty("id")} {it.GetProperty("action")} {it.GetProperty("isCleared")}";
}
