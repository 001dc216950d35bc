using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>The backlog certificate over HTTP: a receipt that is missing, found, or overridden by two people.</summary>
public sealed class CertificateHttpTests(AzuriteFixture azurite)
{
    private const string Cleared =
        """{"state":"cleared","reason":"All entered","receivedThrough":{"cash":"2020-01-20","check":"2020-01-20"}}""";

    private const string Override =
        """{"receivedThrough":{"cash":"2020-01-20"},"reason":"The receipt burned, the customer was asked"}""";

    private const string Counted =
        """{"totals":[{"receivedOn":"2020-01-20","channel":"cash","drawer":"W1","count":2,"amountCents":5000}],"reason":"The slips"}""";

    [Fact]
    public async Task A_missing_receipt_is_refused_with_where_to_look_and_clears_when_it_is_posted()
    {
        await using var app = await StartAsync();
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "20.00"), ("P-2", "A-9", "30.00")));
        var typed = await app.PutAsync("api/cycles/1/certificate", Counted, "prep@city");
        Assert.Equal(("differs", "1 of 1 totals differs, by $30.00"), (Text(typed, "state"), Text(typed, "says")));

        var refused = await app.PutAsync("api/cycles/1/backlog", Cleared, "prep@city");

        Assert.Equal((409, "application/problem+json"), (refused.Status, refused.MediaType));
        var difference = Assert.Single(refused["differences"].EnumerateArray());
        Assert.Equal(
            ("cash", "W1", 2, 5000, 1, 2000, -1, -3000),
            (
                difference.GetProperty("channel").GetString(),
                difference.GetProperty("drawer").GetString(),
                difference.GetProperty("countedCount").GetInt32(),
                difference.GetProperty("countedCents").GetInt32(),
                difference.GetProperty("enteredCount").GetInt32(),
                difference.GetProperty("enteredCents").GetInt32(),
                difference.GetProperty("differenceCount").GetInt32(),
                difference.GetProperty("differenceCents").GetInt32()
            )
        );
        var clue = Assert.Single(difference.GetProperty("whereToLook").EnumerateArray());
        Assert.Equal(
            ("suspense", "P-2", "A-9"),
            (
                clue.GetProperty("kind").GetString(),
                clue.GetProperty("payment").GetString(),
                clue.GetProperty("account").GetString()
            )
        );
        Assert.False((await app.GetAsync("api/cycles/1"))["backlog"].GetProperty("cleared").GetBoolean());

        var withdrawn = await app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "api/deferrals/outage?reason=r"));
        Assert.Equal((409, 1), (withdrawn.Status, withdrawn["differences"].GetArrayLength()));
        Assert.False((await app.GetAsync("api/controls"))["deferrals"][0].TryGetProperty("withdrawnAt", out _));

        await app.PostAsync("api/suspense/P-2/assign", """{"account":"A-2","reason":"The customer called"}""");
        var agrees = await app.GetAsync("api/cycles/1/certificate");
        Assert.Equal("agrees", Text(agrees, "state"));
        var cleared = await app.PutAsync("api/cycles/1/backlog", Cleared, "prep@city");
        Assert.True(cleared["cleared"].GetBoolean());

        await ThenTheActNamesTheCertificateAsync(app, Text(cleared, "certificate"));
    }

    [Fact]
    public async Task Differences_come_in_pages_whose_totals_are_of_the_whole()
    {
        await using var app = await StartAsync();
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "20.00")));
        var totals = string.Join(
            ',',
            new[] { "W1", "W", "W10", "W2" }.Select(drawer =>
                $$"""{"receivedOn":"2020-01-20","channel":"cash","drawer":"{{drawer}}","count":1,"amountCents":2000}"""
            )
        );
        var typed = await app.PutAsync(
            "api/cycles/1/certificate",
            $$"""{"totals":[{{totals}}],"reason":"The slips"}"""
        );
        List<string?> seen = [];
        for (string? next = ""; next is not null; )
        {
            var page = await app.GetAsync($"api/cycles/1/certificate?limit=1{next}");
            Assert.True(page.Status == 200, page.Text);
            Assert.Equal(typed["totals"].ToString(), page["totals"].ToString());
            var line = Assert.Single(page["lines"].EnumerateArray());
            seen.Add($"{line.GetProperty("drawer")} {line.GetProperty("agrees")}");
            next = page.Json.TryGetProperty("next", out var token) ? $"&after={token}" : null;
        }

        Assert.Equal(["W False", "W10 False", "W2 False", "W1 True"], seen);
        Assert.Equal(4, typed["lines"].GetArrayLength());
        Assert.Equal(400, (await app.GetAsync("api/cycles/1/certificate?after=W1")).Status);
        Assert.Equal(400, (await app.GetAsync("api/cycles/1/certificate?limit=0")).Status);
    }

    [Fact]
    public async Task A_total_that_is_counted_anew_is_in_the_record_with_what_was_said_before()
    {
        await using var app = await StartAsync();
        await app.PutAsync("api/cycles/1/certificate", Counted, "prep@city");
        await app.PutAsync("api/cycles/1/certificate", Counted.Replace("5000", "4900"), "other@city");
        await app.PutAsync("api/cycles/1/certificate", Counted.Replace("5000", "4900"), "other@city");

        var acts = (await app.GetAsync("api/audit?what=totalsCounted"))["acts"].EnumerateArray().ToList();
        Assert.Equal(["prep@city", "other@city"], acts.Select(act => Text(act, "by")));
        Assert.Equal(
            [
                [],
                ["2020-01-20 cash, drawer W1, cycle 1: 2 of $49.00, before 2 of $50.00 by prep@city"],
            ],
            acts.Select(act =>
                act.GetProperty("change")
                    .GetProperty("replaced")
                    .EnumerateArray()
                    .Select(it => it.GetString())
                    .ToArray()
            )
        );
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }

    [Fact]
    public async Task Two_people_override_a_difference_and_not_one_that_has_changed_since()
    {
        await using var app = await StartAsync();
        await app.PutAsync("api/cycles/1/certificate", Counted);
        var first = await AskAsync(app);
        Assert.Contains("1 of 1 counted totals differ, by $50.00", Text(first, "shown"), StringComparison.Ordinal);
        Assert.Equal(403, (await ApproveAsync(app, first, "prep@city")).Status);
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "20.00")));

        var changed = await ApproveAsync(app, first, "approver");

        Assert.Equal(409, changed.Status);
        Assert.Contains("by $30.00", changed.Detail, StringComparison.Ordinal);
        Assert.False((await app.GetAsync("api/cycles/1"))["backlog"].GetProperty("cleared").GetBoolean());

        var second = await AskAsync(app);
        Assert.Equal(200, (await ApproveAsync(app, second, "approver")).Status);
        var document = await app.GetAsync("api/cycles/1/certificate");
        Assert.Equal(
            ("overridden", "approver", "prep@city", true),
            (
                Text(document, "state"),
                document["cleared"].GetProperty("by").GetString(),
                document["overrideAskedBy"].GetProperty("by").GetString(),
                document["isIntact"].GetBoolean()
            )
        );
        await ThenTheActNamesTheCertificateAsync(app, Text(document, "hash"));
    }

    [Fact]
    public async Task A_control_totals_file_is_checked_whole_and_touches_no_account()
    {
        await using var app = await StartAsync();
        const string Header = "received_on,channel,drawer,count,amount,cycle\n";
        await app.IdleAsync();
        var before = (await app.GetAsync("api/accounts/A-1")).Text;
        var bad = await app.UploadAsync(
            "control-totals",
            $"{Header}2020-01-20,cash,W1,2,50.00,1\n2020-01-20,cash,W1,1,1.00,1\n2020-01-22,cash,W1,1,1.00,1\n"
                + "2020-01-20,cash,W2,0,1.00,\n2020-01-20,cash,W3,x,1.00,\n"
        );
        Assert.Equal(400, bad.Status);
        Assert.Equal(
            ["3 received_on", "4 received_on", "5 amount", "6 count"],
            bad["problems"]
                .EnumerateArray()
                .Select(it => $"{it.GetProperty("line").GetInt32()} {it.GetProperty("column").GetString()}")
        );

        var done = await app.ImportAsync("control-totals", $"{Header}2020-01-20,cash,W1,2,50.00,\n");

        Assert.Equal(
            (1, 5000),
            (
                done["result"].GetProperty("applied").GetInt32(),
                done["controlTotals"].GetProperty("totalCents").GetInt32()
            )
        );
        Assert.Equal(before, (await app.GetAsync("api/accounts/A-1")).Text);
        Assert.Equal(
            done["id"].GetString(),
            Assert
                .Single((await app.GetAsync("api/cycles/1/certificate"))["lines"].EnumerateArray())
                .GetProperty("import")
                .GetString()
        );
        Assert.Equal("differs", Text(await app.GetAsync("api/cycles/7/certificate"), "state"));
        Assert.Equal(400, (await app.PutAsync("api/cycles/1/backlog?x=1", """{"state":"cleared"}""")).Status);
        Assert.Equal(404, (await app.GetAsync("api/cycles/1/certificate?version=3")).Status);
    }

    [Theory]
    [InlineData("\"receivedOn\":\"2020-01-22\",\"channel\":\"cash\",\"count\":1,\"amountCents\":1", "receivedOn")]
    [InlineData("\"receivedOn\":\"2020-01-20\",\"channel\":\"gold\",\"count\":1,\"amountCents\":1", "channel")]
    [InlineData("\"receivedOn\":\"2020-01-20\",\"channel\":\"cash\",\"count\":-1,\"amountCents\":1", "count")]
    [InlineData("\"receivedOn\":\"2020-01-20\",\"channel\":\"cash\",\"count\":0,\"amountCents\":1", "amountCents")]
    [InlineData("\"receivedOn\":\"2020-01-20\",\"channel\":\"cash\",\"count\":1,\"amountCents\":-1", "amountCents")]
    public async Task A_total_that_no_office_can_have_counted_is_refused(string fields, string named)
    {
        await using var app = await StartAsync();

        var refused = await app.PutAsync("api/cycles/1/certificate", $$"""{"totals":[{{{fields}}}],"reason":"r"}""");

        Assert.Equal(400, refused.Status);
        Assert.Contains(named, refused.Detail, StringComparison.Ordinal);
        Assert.Equal("noTotals", Text(await app.GetAsync("api/cycles/1/certificate"), "state"));
    }

    private async Task<AppHost> StartAsync()
    {
        var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashier down"}"""
        );
        return app;
    }

    private static async Task ThenTheActNamesTheCertificateAsync(AppHost app, string? hash)
    {
        var act = (await app.GetAsync("api/audit?what=backlogCleared"))["acts"].EnumerateArray().Single();
        Assert.Equal(hash, act.GetProperty("change").GetProperty("certificate").GetString());
        Assert.NotNull(hash);
        var listed = Assert.Single((await app.GetAsync("api/cycles/1/certificates"))["items"].EnumerateArray());
        Assert.Equal(hash, listed.GetProperty("hash").GetString());
        var kept = await app.GetAsync("api/cycles/1/certificate?version=1");
        Assert.Equal((hash, true), (Text(kept, "hash"), kept["isIntact"].GetBoolean()));
    }

    private static async Task<JsonElement> AskAsync(AppHost app)
    {
        var asked = await app.PostAsync("api/cycles/1/certificate/override", Override, "prep@city");
        Assert.True(asked.Status == 200, asked.Text);
        return asked["approvals"].EnumerateArray().Last();
    }

    private static Task<Answer> ApproveAsync(AppHost app, JsonElement approval, string by) =>
        app.PostAsync(
            $"api/approvals/{Text(approval, "id")}/approve",
            $$"""{"hash":"{{Text(approval, "hash")}}","reason":"Seen"}""",
            by
        );

    private static string Text(Answer answer, string field) => answer[field].GetString()!;

    private static string Text(JsonElement json, string field) => json.GetProperty(field).GetString()!;
}
