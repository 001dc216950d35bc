using Autopay.Imports;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Notifying;

/// <summary>Notices that the city prints and mails, and what it tells everybody (R44).</summary>
public sealed class LetterTests(AzuriteFixture azurite)
{
    private const string PublicNotice =
        """{"id":"feb-13","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","publishedOn":"2020-02-13","coversAmounts":true,"audience":"press, web site","evidence":"https://city.example/feb-13","reason":"Held payments leave from Feb 20 on"}""";

    [Fact]
    public async Task A_letter_tells_on_the_day_it_was_mailed_with_its_list_as_proof()
    {
        await using var app = await NoticedCity.StartAsync(azurite, mail: null);
        await app.EnrolAsync("");
        await app.HoldAndLetGoAsync();
        await app.NoticeIsAsync("waiting");
        var work = (await app.GetAsync("api/work?kind=letters"))["items"].EnumerateArray().Single();
        Assert.Equal("1 notice waits for a letter", work.GetProperty("reason").GetString());

        var raw = """{"mailOn":"2020-02-21","reason":"printing","after":"N-0"}""";
        var refused = await app.PostAsync("api/notices/letters", raw);
        Assert.Equal((400, "after: expected 'next' of the page before."), (refused.Status, refused.Detail));
        var made = await app.PostAsync("api/notices/letters", """{"mailOn":"2020-02-21","reason":"printing"}""");
        var list = made["list"].GetString();
        Assert.Equal(
            list,
            (await app.PostAsync("api/notices/letters", """{"mailOn":"2020-02-21","reason":"printing"}"""))["list"]
                .GetString()
        );
        var rows = CsvText.Read((await app.GetAsync($"api/notices/letters/{list}")).Text).ToList();
        Assert.Equal(
            [
                "N-1",
                "en",
                "change",
                "41.20",
                "2020-02-28",
                "Bill B-1, due Wednesday, January 22, 2020: $41.20",
                "N-1-1-0001",
                "1",
                "We will collect up to $41.20 by automatic payment, on Friday, February 28, 2020 or soon after. This "
                    + "differs from what you were told before.",
            ],
            rows[1]
        );

        var early = """{"mailedOn":"2020-02-21","reason":"mailed"}""";
        Assert.Equal(409, (await app.PostAsync($"api/notices/letters/{list}/mailed", early)).Status);
        app.MoveTo("2020-02-21T16:00");
        var before = await app.PostAsync(
            $"api/notices/letters/{list}/mailed",
            """{"mailedOn":"2020-02-19","reason":"mailed"}"""
        );
        Assert.Equal(409, before.Status);
        Assert.Contains("were made on 2020-02-20: they were not mailed on 2020-02-19", before.Detail);
        var mailed = await app.PostAsync($"api/notices/letters/{list}/mailed", early);
        Assert.True(mailed.Status == 200, mailed.Text);
        Assert.Equal(1, mailed["recorded"].GetInt32());
        Assert.Equal($"letters {list}", (await app.NoticeAsync()).GetProperty("proof").GetString());
        Assert.Equal(0, (await app.PostAsync($"api/notices/letters/{list}/mailed", early))["recorded"].GetInt32());
        await app.StateIsAsync("2020-02-27T07:00", "scheduled");
        await app.StateIsAsync("2020-02-28T07:00", "submitted");
    }

    [Fact]
    public async Task A_letter_that_printed_less_than_is_asked_for_now_is_not_recorded()
    {
        await using var app = await NoticedCity.StartAsync(azurite, mail: null);
        await app.EnrolAsync("");
        await app.HoldAndLetGoAsync();
        await app.NoticeIsAsync("waiting");
        var list = (await app.PostAsync("api/notices/letters", """{"mailOn":"2020-02-20","reason":"printing"}"""))[
            "list"
        ]
            .GetString();
        await app.ImportAsync(
            "bill-adjustments",
            "adjustment_id,account_id,bill_id,amount,reason\nX-1,N-1,B-1,5.00,meter read again\n"
        );

        var mailed = await app.PostAsync(
            $"api/notices/letters/{list}/mailed",
            """{"mailedOn":"2020-02-20","reason":"mailed"}"""
        );

        Assert.Equal(0, mailed["recorded"].GetInt32());
        Assert.Equal(
            "41.20 was printed, and 46.20 is asked for by this time",
            mailed["notRecorded"].EnumerateArray().Single().GetProperty("why").GetString()
        );
        Assert.Equal("waiting", (await app.NoticeAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_letter_that_came_back_told_nobody()
    {
        await using var app = await NoticedCity.StartAsync(azurite, mail: null);
        await app.EnrolAsync("");
        await app.HoldAndLetGoAsync();
        await app.NoticeIsAsync("waiting");
        var list = (await app.PostAsync("api/notices/letters", """{"mailOn":"2020-02-20","reason":"printing"}"""))[
            "list"
        ]
            .GetString();
        await app.PostAsync($"api/notices/letters/{list}/mailed", """{"mailedOn":"2020-02-20","reason":"mailed"}""");
        await app.NoticeIsAsync("sent");

        var bounced = await app.PostAsync(
            "api/accounts/N-1/debits/N-1-1-0001/notices/1/failed",
            """{"reason":"returned: moved away"}"""
        );

        Assert.True(bounced.Status == 200, bounced.Text);
        var mistyped = await app.PostAsync(
            "api/accounts/N-1/debits/N-1-1-0001/notices/7/failed",
            """{"reason":"returned: moved away"}"""
        );
        Assert.Equal((409, "Debit N-1-1-0001 has no notice 7."), (mistyped.Status, mistyped.Detail));
        await app.NoticeIsAsync("failed");
        await app.NoticeIsAsync("waiting", number: 2);
        var failed = (await app.GetAsync("api/notices?state=failed"))["items"].EnumerateArray().Single();
        Assert.Equal("returned: moved away", failed.GetProperty("failure").GetString());
    }

    [Fact]
    public async Task A_public_notice_lets_a_debit_leave_seven_days_after_it_was_published()
    {
        await using var app = await NoticedCity.StartAsync(azurite, mail: null);
        await app.EnrolAsync("");
        var future = await app.PostAsync("api/public-notices", PublicNotice);
        Assert.Equal(400, future.Status);
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"outage"}"""
        );
        app.MoveTo("2020-02-18T08:00");
        await app.TickAsync();

        // Its day is past: said by one person alone it lets nothing leave.
        var asked = await app.PostAsync("api/public-notices", PublicNotice, "ann");
        Assert.True(asked.Status == 202, asked.Text);
        Assert.Equal(0, (await app.GetAsync("api/controls"))["publicNotices"].GetArrayLength());
        Assert.StartsWith(
            "Public notice feb-13 counts from 2020-02-13, an earlier day: Held payments leave from Feb 20 on. It told "
                + "press, web site of debits",
            asked["shown"].GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(403, (await ApproveAsync(app, asked, "ann")).Status);
        Assert.Equal(200, (await ApproveAsync(app, asked, "bob")).Status);
        await app.LetGoAsync();

        Assert.Equal("2020-02-20", (await app.DebitAsync()).GetProperty("earliestDay").GetString());
        Assert.Contains(
            "feb-13",
            (await app.GetAsync("api/controls"))["publicNotices"].ToString(),
            StringComparison.Ordinal
        );
        await app.StateIsAsync("2020-02-19T07:00", "scheduled");
        await app.StateIsAsync("2020-02-20T07:00", "submitted");
    }

    [Fact]
    public async Task One_that_was_withdrawn_told_nobody()
    {
        await using var app = await NoticedCity.StartAsync(azurite, mail: null);
        await app.EnrolAsync("");
        app.MoveTo("2020-02-13T08:00");
        Assert.Equal(201, (await app.PostAsync("api/public-notices", PublicNotice)).Status);
        Assert.Equal(200, (await app.SendAsync(Withdrawal())).Status);
        await app.StateIsAsync("2020-02-20T07:00", "scheduled");
        await app.NoticeIsAsync("waiting");
    }

    private static Task<Answer> ApproveAsync(AppHost app, Answer asked, string user) =>
        app.PostAsync(
            $"api/approvals/{asked["id"].GetString()}/approve",
            $$"""{"hash":"{{asked["hash"].GetString()}}","reason":"I have seen the page"}""",
            user
        );

    private static HttpRequestMessage Withdrawal() =>
        new(HttpMethod.Delete, "api/public-notices/feb-13?reason=not%20published");
}
