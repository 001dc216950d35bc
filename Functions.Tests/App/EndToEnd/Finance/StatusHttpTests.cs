using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Storage;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>The public status: open to everybody, silent about everybody, and there when the tables are not.</summary>
public sealed class StatusHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Autopay:Cycles:0:Cycle"] = "1",
                    ["Autopay:Cycles:0:Name"] = "Cycle 1",
                    ["Autopay:Cycles:0:Area"] = "West",
                    ["Autopay:Phone"] = "(573) 555-0100",
                },
            }
        );
        await app.ImportAsync("accounts", Csv.Accounts("ACCOUNT-77"));
        await app.ImportAsync("bills", Csv.Bills(("BILL-77", "ACCOUNT-77", "96.40")));
        await HoldAsync("SECRET-REASON of finance");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Residents_are_told_without_signing_in_and_nothing_of_anybody()
    {
        using var answer = await AskAsync();
        var text = await answer.Content.ReadAsStringAsync();
        var cycle = Assert.Single(JsonDocument.Parse(text).RootElement.GetProperty("cycles").EnumerateArray());

        Assert.Equal(
            (1, "Cycle 1", "West", true, "afterBacklogClears", "counts"),
            (
                cycle.GetProperty("cycle").GetInt32(),
                cycle.GetProperty("name").GetString(),
                cycle.GetProperty("area").GetString(),
                cycle.GetProperty("held").GetBoolean(),
                cycle.GetProperty("whatNext").GetString(),
                cycle.GetProperty("paidAtCounter").GetString()
            )
        );
        Assert.Equal("2020-01-22", cycle.GetProperty("windows")[0].GetProperty("dueFrom").GetString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotMatch(new Regex("SECRET|ACCOUNT-77|BILL-77|96.40|9640|cus_|pm_|outage|@"), text);
    }

    [Fact]
    public async Task English_and_Spanish_say_the_same_codes()
    {
        using var answer = await AskAsync();
        var status = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var texts = status
            .GetProperty("cycles")
            .EnumerateArray()
            .Select(cycle => cycle.GetProperty("text"))
            .Append(status.GetProperty("text"));

        Assert.All(texts, text => Assert.Equal(Codes(text, "en"), Codes(text, "es")));
    }

    [Fact]
    public async Task A_cache_may_keep_it_and_asks_whether_it_is_still_the_same()
    {
        using var first = await AskAsync();
        Assert.Equal("public, max-age=60, stale-while-revalidate=300, stale-if-error=86400", Raw(first));

        using var same = await AskAsync(first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, ""), (same.StatusCode, await same.Content.ReadAsStringAsync()));
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);

        app.MoveTo("2020-01-21T09:00");
        using var later = await AskAsync(first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_refusal_of_it_is_kept_by_nobody()
    {
        using var answer = await app.Http.GetAsync("api/status?cycle=1");

        Assert.Equal((HttpStatusCode.BadRequest, "no-store"), (answer.StatusCode, Raw(answer)));
    }

    [Fact]
    public async Task It_stands_when_the_tables_are_away_and_says_how_old_it_is()
    {
        (await AskAsync()).Dispose();
        app.Watch.Broken = StorageClients.ControlsTable;
        app.MoveTo("2020-01-21T08:46");

        var old = await ReadAsync();

        Assert.InRange(old.GetProperty("ageMinutes").GetInt32(), 43, 45);
        Assert.Equal("statusMinutesOld", Codes(old.GetProperty("text"), "es")[0]);
        Assert.True(old.GetProperty("cycles")[0].GetProperty("held").GetBoolean());

        app.MoveTo("2020-01-22T09:00");
        using var tooOld = await AskAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no-store"), (tooOld.StatusCode, Raw(tooOld)));

        app.Watch.Broken = null;
        app.MoveTo("2020-01-22T09:02");
        Assert.Equal(0, (await ReadAsync()).GetProperty("ageMinutes").GetInt32());
    }

    [Fact]
    public async Task The_sweep_keeps_it_where_it_stands_for_a_process_that_never_read_the_tables()
    {
        await app.TickAsync();
        var kept = await app
            .Storage.Container(StorageClients.StatusContainer)
            .GetBlobClient(BlobStatusStore.Name)
            .DownloadContentAsync();
        Assert.Contains("2020-01-22", kept.Value.Content.ToString(), StringComparison.Ordinal);

        await app.StopAsync();
        await using var next = await app.StartAgainAsync("2020-01-21T08:30");
        next.Watch.Broken = StorageClients.ControlsTable;
        var answer = await next.GetAsync("api/status");

        Assert.Equal(200, answer.Status);
        Assert.True(answer["cycles"][0].GetProperty("held").GetBoolean());
    }

    [Fact]
    public async Task Finances_line_is_shown_when_another_person_agrees_and_taken_away_by_one()
    {
        const string line =
            """{"kind":"text","english":"Open on Saturday.","spanish":"Abrimos el sábado.","reason":"r"}""";
        var asked = await app.PutAsync("api/public-note", line, "preparer");
        Assert.False((await FreshAsync("08:10")).TryGetProperty("note", out _));

        var approval = asked["approvals"][0];
        var yes = await app.PostAsync(
            $"api/approvals/{approval.GetProperty("id").GetString()}/approve",
            $$"""{"hash":"{{approval.GetProperty("hash").GetString()}}","reason":"read it"}""",
            "approver"
        );
        Assert.Equal(200, yes.Status);
        var note = (await FreshAsync("08:20")).GetProperty("note");
        Assert.Equal(
            ("Open on Saturday.", "Abrimos el sábado."),
            (note.GetProperty("en").GetString(), note.GetProperty("es").GetString())
        );

        var gone = await app.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "api/public-note/text?reason=over"));
        Assert.Equal(200, gone.Status);
        Assert.False((await FreshAsync("08:30")).TryGetProperty("note", out _));
    }

    [Fact]
    public async Task The_prepared_sentence_is_shown_at_once_by_one_person_after_a_halt()
    {
        const string told = """{"kind":"chargedTwice","on":"2020-01-21","reason":"two files"}""";
        Assert.Equal(409, (await app.PutAsync("api/public-note", told, "preparer")).Status);
        await app.PutAsync("api/halt", """{"halted":true,"reason":"two files"}""", "preparer");
        Assert.Equal(200, (await app.PutAsync("api/public-note", told, "preparer")).Status);

        var status = await FreshAsync("08:10");

        Assert.Equal(["chargedTwice", "statusOnceOnly", "statusQuestions"], Codes(status.GetProperty("text"), "en"));
        Assert.Equal("halted", status.GetProperty("cycles")[0].GetProperty("whatNext").GetString());
        Assert.DoesNotContain("two files", status.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"text","english":"a","reason":"r"}""", "spanish")]
    [InlineData("""{"kind":"text","english":"<b>a</b>","spanish":"b","reason":"r"}""", "english")]
    [InlineData("""{"kind":"text","english":"a\nb","spanish":"b","reason":"r"}""", "english")]
    [InlineData("""{"kind":"text","english":"a","spanish":"b","on":"2020-01-21","reason":"r"}""", "on")]
    [InlineData("""{"kind":"chargedTwice","reason":"r"}""", "on")]
    [InlineData("""{"kind":"chargedTwice","on":"2020-01-21","english":"a","reason":"r"}""", "english")]
    [InlineData("""{"kind":"text","english":"a","spanish":"b"}""", "reason")]
    public async Task A_note_that_is_not_one_plain_line_in_both_languages_is_refused(string body, string field)
    {
        var answer = await app.PutAsync("api/public-note", body, "preparer");

        Assert.Equal(400, answer.Status);
        Assert.Contains(field, answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_has_at_most_300_characters_in_each_language()
    {
        string Body(int length) =>
            $$"""{"kind":"text","english":"{{new string('a', length)}}","spanish":"b","reason":"r"}""";

        Assert.Equal(400, (await app.PutAsync("api/public-note", Body(301), "preparer")).Status);
        Assert.Equal(200, (await app.PutAsync("api/public-note", Body(300), "preparer")).Status);
    }

    private async Task HoldAsync(string reason) =>
        Assert.Equal(
            201,
            (
                await app.PostAsync(
                    "api/deferrals",
                    """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","""
                        + $"\"reason\":\"{reason}\"}}"
                )
            ).Status
        );

    private async Task<JsonElement> FreshAsync(string time)
    {
        app.MoveTo($"2020-01-21T{time}");
        return await ReadAsync();
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var answer = await AskAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    // Nobody: no name, no header of ours.
    private async Task<HttpResponseMessage> AskAsync(EntityTagHeaderValue? known = null)
    {
        using var http = new HttpClient { BaseAddress = app.Http.BaseAddress };
        if (known is not null)
        {
            http.DefaultRequestHeaders.IfNoneMatch.Add(known);
        }

        return await http.GetAsync("api/status");
    }

    private static string Raw(HttpResponseMessage answer) =>
        string.Join(", ", answer.Headers.NonValidated["Cache-Control"]);

    private static List<string> Codes(JsonElement text, string language) =>
        [.. text.GetProperty(language).EnumerateArray().Select(it => it.GetProperty("code").GetString()!)];
}
