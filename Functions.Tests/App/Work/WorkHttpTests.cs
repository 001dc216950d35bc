using System.Globalization;
using System.Text.Json;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Work;

/// <summary>
/// The work list over HTTP: what waits for finance and for engineers, as JSON and as a file for a spreadsheet.
/// </summary>
public sealed class WorkHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync(
            "accounts",
            Csv.Accounts("A-1", "A-2", "A-3", "A-5")
                .Replace("pm_A-1", "pm_usBankAccount_accountClosed", StringComparison.Ordinal)
                + Csv.Capped("10.00", "A-4").Split('\n')[1]
                + "\n"
        );
        await app.ImportAsync(
            "bills",
            Csv.Bills(
                ("B-1", "A-1", "41.20"),
                ("B-2", "A-2", "63.00"),
                ("B-3", "A-3", "10.00"),
                ("B-4", "A-4", "55.00"),
                ("B-5", "A-5", "20.00")
            )
        );
        await app.PostAsync(
            "api/deferrals",
            """{"id":"storm","cycles":[7],"dueFrom":"2020-01-22","dueTo":"2020-01-22","action":"hold","expectedClearBy":"2020-01-24","reason":"Outage"}"""
        );
        await app.PutAsync("api/accounts/A-2/suspension", """{"on":true,"reason":"Moved"}""");
        await app.ImportAsync("balances", "account_id,bill_id,open_amount,as_of\nA-3,B-3,25.00,2020-01-21\n");
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await app.ImportAsync("payments", Csv.Payments(("R-1", "A-5", "20.00"), ("R-9", "20-9907", "48.00")));
        app.MoveTo("2020-01-29T08:00");
        await Eventually.HoldsAsync(
            "all debits are answered",
            async () => await StatesAsync("A-1", "A-3", "A-5") is ["uncollected", "collected", "collected"]
        );
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Each_item_says_why_since_when_and_what_can_be_done_and_leaves_by_that()
    {
        var answer = await ListAsync();
        Assert.Equal(
            [
                "blocked A-1 B-1  4120",
                "lateClear    ? 2020-01-24",
                "paidTwice A-5  R-1 2000 2020-01-22",
                "review A-4 B-4  5500 2020-01-21",
                "suspended A-2 B-2  6300 2020-01-21",
                "suspense 20-9907  R-9 4800 2020-01-22",
                "warning A-3 B-3  0 2020-01-21",
            ],
            Items(answer)
                .Select(it =>
                    $"{Of(it, "kind")} {Of(it, "account")} {Of(it, "bill")} {Of(it, "payment")} "
                    + $"{Of(it, "cents", "?")}{(Of(it, "kind") == "blocked" ? "" : $" {Of(it, "since")}")}"
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ("finance", "2020-01-29", 7, 4120 + 2000 + 5500 + 6300 + 4800),
            (
                Of(answer.Json, "for"),
                Of(answer.Json, "today"),
                answer["total"].GetProperty("count").GetInt32(),
                answer["total"].GetProperty("cents").GetInt32()
            )
        );
        Assert.All(Items(answer), it => Assert.NotEmpty(Of(it, "reason")));
        Assert.All(
            Items(answer),
            it => Assert.Equal("2020-01-29", $"{Day(it).AddDays(it.GetProperty("ageDays").GetInt32()):yyyy-MM-dd}")
        );

        // The first way out of each, as it stands, with the reason and the account filled in.
        foreach (var item in Items(answer).Where(it => Of(it, "kind") is not ("blocked" or "paidTwice")))
        {
            await TakeAsync(item.GetProperty("actions")[0]);
        }

        await TakeAsync(Items(answer).Single(it => Of(it, "kind") == "blocked").GetProperty("actions")[1]);
        await TakeAsync(Items(answer).Single(it => Of(it, "kind") == "paidTwice").GetProperty("actions")[1]);
        await app.IdleAsync();
        Assert.Empty(Items(await ListAsync()));
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_its_totals_and_pages_go_on_behind_one_another()
    {
        Assert.Equal(["blocked", "review"], await KindsAsync("kind=blocked,review"));
        Assert.Equal(["lateClear"], await KindsAsync("cycle=7"));
        Assert.Equal(["review", "suspended", "warning"], await KindsAsync("olderThan=7&cycle=1"));
        Assert.Empty(Items(await app.GetAsync("api/work?for=engineers&kind=poison")));

        List<string> ids = [];
        var next = "";
        do
        {
            var page = await app.GetAsync($"api/work?limit=2{next}");
            Assert.Equal(7, page["total"].GetProperty("count").GetInt32());
            ids.AddRange(Items(page).Select(it => Of(it, "id")));
            next = page.Json.TryGetProperty("next", out var cursor) ? $"&after={cursor}" : null;
        } while (next is not null);

        Assert.Equal(Items(await ListAsync()).Select(it => Of(it, "id")), ids);
    }

    [Fact]
    public async Task On_day_200_it_is_as_right_as_on_the_first_though_the_debit_was_archived()
    {
        var blocked = Items(await app.GetAsync("api/work?kind=blocked")).Single();
        app.MoveTo("2020-08-10T08:00");
        await app.ImportAsync(
            "bill-adjustments",
            "adjustment_id,account_id,bill_id,amount,reason\nJ-1,A-1,B-1,-1.20,Misread\n"
        );
        await app.TickAsync();

        var later = Items(await app.GetAsync("api/work?kind=blocked")).Single();
        Assert.Equal(
            ("B-1", "4000", Of(blocked, "since"), Of(blocked, "reason")),
            (Of(later, "bill"), Of(later, "cents"), Of(later, "since"), Of(later, "reason"))
        );
        Assert.Equal(194, later.GetProperty("ageDays").GetInt32() - blocked.GetProperty("ageDays").GetInt32());
    }

    [Fact]
    public async Task As_a_file_it_has_every_item_of_the_filter_and_the_totals_last()
    {
        var lines = (await app.GetAsync("api/work?format=csv&limit=1&kind=blocked,suspended,warning")).Text.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );

        Assert.Equal(
            "kind,account,bill,debit,payment,deferral,cycles,due_date,amount,reason,since,age_days,import,id,ways_out",
            lines[0]
        );
        Assert.StartsWith("blocked,A-1,B-1,,,,1,2020-01-22,41.20,Uncollected: ", lines[3], StringComparison.Ordinal);
        Assert.EndsWith(
            ",B-1,POST /api/accounts/A-1/bills/B-1/rearm; POST /api/accounts/A-1/bills/B-1/skip; PUT "
                + "/api/accounts/A-1/suspension",
            lines[3],
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "total,,,,,,,,41.20,1 blocked,,,,,",
                "total,,,,,,,,63.00,1 suspended,,,,,",
                "total,,,,,,,,0.00,1 warning,,,,,",
                "total,,,,,,,,104.20,3 in all,,,,,",
            ],
            lines[4..]
        );
    }

    [Fact]
    public async Task What_there_is_not_is_refused_with_what_there_is()
    {
        (string Query, string Words)[] wrong =
        [
            (
                "kinds=blocked",
                "kinds: expected each of for, kind, cycle, olderThan, limit, after, format at most once."
            ),
            ("limit=5&limit=6", "limit: expected each of"),
            ("for=nobody", "for: expected finance, engineers; found 'nobody'."),
            ("kind=blocked,flagged", "kind: expected blocked, notCollected, suspended, warning, review,"),
            ("kind=", "found ''"),
            ("for=engineers&kind=blocked", "kind: expected unknown, flagged,"),
            ("cycle=0", "cycle: expected a number from 1 to 99."),
            ("olderThan=-1", "olderThan: expected a whole number from 0 to 36500."),
            ("limit=0", "limit: expected a whole number from 1 to 200."),
            ("limit=201", "limit: expected"),
            ("after=x", "after: expected 'next' of the page before."),
            ("format=xml", "format: expected json, csv; found 'xml'."),
            ("format=csv&after=x", "after: a file has every item"),
        ];

        var answers = await app.RefusesAsync(400, wrong.Select(it => Refusing.Request("GET", $"api/work?{it.Query}")));

        Assert.All(
            answers.Zip(wrong),
            it => Assert.Contains(it.Second.Words, it.First.Detail, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Engineers_see_what_is_theirs_and_no_more()
    {
        await app.HearAsync(Webhooks.OfIntent("evt_foreign", "pi_unknown"));
        await Eventually.HoldsAsync(
            "it is listed",
            async () => Items(await app.GetAsync("api/work?for=engineers&kind=foreignEvent")).Count == 1
        );
        Assert.DoesNotContain("foreignEvent", (await ListAsync()).Text, StringComparison.Ordinal);
        var item = Items(await app.GetAsync("api/work?for=engineers")).Single(it => Of(it, "kind") == "foreignEvent");

        await TakeAsync(item.GetProperty("actions")[0]);

        Assert.Empty(Items(await app.GetAsync("api/work?for=engineers&kind=foreignEvent")));
    }

    [Fact]
    public async Task What_is_measured_of_finances_list_is_the_list()
    {
        var measured = (await app.GetAsync("health/deep"))["worklist"].EnumerateArray().Select(it => it.ToString());

        Assert.Equal((await ListAsync())["totals"].EnumerateArray().Select(it => it.ToString()), measured);
    }

    private Task<Answer> ListAsync() => app.GetAsync("api/work");

    private async Task<IEnumerable<string>> KindsAsync(string query) =>
        Items(await app.GetAsync($"api/work?{query}")).Select(it => Of(it, "kind")).Order(StringComparer.Ordinal);

    private async Task TakeAsync(JsonElement way)
    {
        var body = way.TryGetProperty("body", out var text)
            ? text.GetString()!
                .Replace("WHY", "Looked at", StringComparison.Ordinal)
                .Replace("ACCOUNT", "A-1", StringComparison.Ordinal)
            : null;
        var answer = await app.SendAsync(Refusing.Request(Of(way, "method"), Of(way, "path"), body));
        Assert.True(answer.Status == 200, $"{way}: {answer.Status} {answer.Text}");
    }

    private static List<JsonElement> Items(Answer answer) => [.. answer["items"].EnumerateArray()];

    private static DateOnly Day(JsonElement item) => DateOnly.Parse(Of(item, "since"), CultureInfo.InvariantCulture);

    private async Task<List<string>> StatesAsync(params string[] accounts)
    {
        List<string> states = [];
        foreach (var account in accounts)
        {
            states.Add((await app.GetAsync($"api/accounts/{account}"))["debits"][0].GetProperty("state").GetString()!);
        }

        return states;
    }

    private static string Of(JsonElement entry, string name, string missing = "") =>
        entry.TryGetProperty(name, out var value) ? value.ToString() : missing;
}
