using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Lists in pages, and the find box.</summary>
public sealed class ListsHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("0042", "A-2"));
        app.MoveTo("2020-01-21T08:02");
        await app.ImportAsync("bills", Csv.Bills(("B-1", "0042", "41.20")));
        app.MoveTo("2020-01-21T08:03");
        await app.ImportAsync("bills", Csv.Bills(("B-2", "A-2", "63.00")));
        app.MoveTo("2020-01-21T08:04");
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "20.00")));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Imports_come_newest_first_in_pages_that_lose_and_repeat_none()
    {
        List<string> seen = [];
        for (string? next = ""; next is not null; )
        {
            var page = await app.GetAsync($"api/imports?limit=1{next}");
            Assert.Equal(4, page["total"].GetInt32());
            seen.AddRange(Kinds(page));
            next = page.Json.TryGetProperty("next", out var token) ? $"&after={token}" : null;
        }

        Assert.Equal(["payments", "bills", "bills", "accounts"], seen);
        var bills = await app.GetAsync("api/imports?kind=bills");
        Assert.Equal((2, "bills bills"), (bills["total"].GetInt32(), string.Join(' ', Kinds(bills))));
        Assert.Equal(
            ("done", 1, 6300),
            (
                bills["items"][0].GetProperty("state").GetString(),
                bills["items"][0].GetProperty("rows").GetInt32(),
                bills["items"][0].GetProperty("totalCents").GetInt32()
            )
        );
        Assert.Equal(400, (await app.GetAsync("api/imports?kind=sums")).Status);
    }

    [Theory]
    [InlineData("api/releases")]
    [InlineData("api/approvals")]
    [InlineData("api/waiting")]
    [InlineData("api/stuck")]
    [InlineData("api/cycles/1/certificates")]
    [InlineData("api/receipts")]
    [InlineData("api/reconcile")]
    [InlineData("api/invariants")]
    [InlineData("api/backups")]
    [InlineData("api/runs")]
    [InlineData("api/suspense", "payments")]
    [InlineData("api/controls", "history")]
    public async Task Every_list_is_asked_for_in_the_same_way(string list, string items = "items")
    {
        var answer = await app.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"{list}?limit=200")
            {
                Headers = { { "X-Autopay-User", "operator" } },
            }
        );

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(System.Text.Json.JsonValueKind.Array, answer[items].ValueKind);
        Assert.Equal(400, await AskAsync($"{list}?limit=201", "operator"));
        Assert.Equal(400, await AskAsync($"{list}?limit=0", "operator"));
        Assert.Equal(400, await AskAsync($"{list}?colour=red", "operator"));
        Assert.Equal(400, await AskAsync($"{list}?after=x", "operator"));
    }

    [Fact]
    public async Task Money_that_is_nobodys_comes_in_pages_that_lose_and_repeat_none()
    {
        await app.ImportAsync(
            "payments",
            Csv.Payments(("P-7", "N-1", "7.00"), ("P-8", "N-1", "8.00"), ("P-9", "N-2", "9.00"))
        );
        List<string?> seen = [];
        for (string? next = ""; next is not null; )
        {
            var page = await app.GetAsync($"api/suspense?limit=2{next}");
            Assert.Equal(3, page["count"].GetInt32());
            seen.AddRange(page["payments"].EnumerateArray().Select(it => it.GetProperty("payment").GetString()));
            next = page.Json.TryGetProperty("next", out var token) ? $"&after={token}" : null;
        }

        Assert.Equal(["P-7", "P-8", "P-9"], seen.Order());
    }

    [Fact]
    public async Task N32_a_token_that_was_altered_or_given_to_another_list_or_person_is_refused()
    {
        var token = (await app.GetAsync("api/imports?limit=1"))["next"].GetString()!;
        var (last, other) = (token[^1], token[^1] == 'A' ? 'B' : 'A');

        Assert.Equal(200, await AskAsync($"api/imports?limit=2&after={token}"));
        Assert.Equal(400, await AskAsync($"api/imports?limit=2&after={token[..^1]}{other}"));
        Assert.Equal(400, await AskAsync($"api/imports?limit=2&after={token}{last}"));
        Assert.Equal(400, await AskAsync($"api/imports?limit=2&after={token}", "viewer"));
        Assert.Equal(400, await AskAsync($"api/imports?kind=bills&after={token}"));
        Assert.Equal(400, await AskAsync($"api/work?after={token}"));
        Assert.Equal(400, await AskAsync($"api/audit?after={token}"));
        Assert.Equal(400, await AskAsync("api/imports?after="));
        Assert.Equal(400, await AskAsync("api/imports?after=x"));
    }

    [Theory]
    [InlineData("0042", "account 0042 0042")]
    [InlineData("42", "account 0042 0042 resembles")]
    [InlineData(" A-2 ", "account A-2 A-2")]
    [InlineData("B-1", "bill B-1 0042")]
    [InlineData("P-1", "payment P-1 A-2")]
    [InlineData("A-2-1-0001", "debit A-2-1-0001 A-2")]
    [InlineData("A-2-1-0002", "")]
    [InlineData("nobody", "")]
    public async Task An_id_finds_what_has_it(string id, string expected)
    {
        var answer = await app.GetAsync($"api/find?q={Uri.EscapeDataString(id)}");

        Assert.Equal(
            expected,
            string.Join(
                ", ",
                answer["items"]
                    .EnumerateArray()
                    .Select(it =>
                        $"{it.GetProperty("kind")} {it.GetProperty("id")} {it.GetProperty("account")}"
                        + (it.GetProperty("resembles").GetBoolean() ? " resembles" : "")
                    )
            )
        );
    }

    [Fact]
    public async Task An_intent_finds_the_debit_that_it_collects()
    {
        app.MoveTo("2020-01-22T06:01");
        await app.TickAsync();
        var story = (await app.GetAsync("api/accounts/A-2")).Text;
        var intent = story[story.IndexOf("pi_", StringComparison.Ordinal)..].Split('"', ' ', ',', ':', ';', ')', '.')[
            0
        ];

        var hit = Assert.Single((await app.GetAsync($"api/find?q={intent}"))["items"].EnumerateArray());

        Assert.Equal(
            ("intent", intent, "A-2", "A-2-1-0001", "/api/accounts/A-2"),
            (
                hit.GetProperty("kind").GetString(),
                hit.GetProperty("id").GetString(),
                hit.GetProperty("account").GetString(),
                hit.GetProperty("debit").GetString(),
                hit.GetProperty("link").GetString()
            )
        );
        var unknown = await app.GetAsync("api/find?q=pi_123");
        Assert.Equal(
            (0, "Stripe has no intent pi_123."),
            (unknown["items"].GetArrayLength(), unknown["note"].GetString())
        );
    }

    [Theory]
    [InlineData("x' or PartitionKey ne '")]
    [InlineData("a/b#c?d")]
    [InlineData("<script>")]
    public async Task N31_a_filter_that_says_more_than_an_id_finds_nothing(string text)
    {
        var answer = await app.GetAsync($"api/find?q={Uri.EscapeDataString(text)}");

        Assert.Equal((200, 0), (answer.Status, answer["items"].GetArrayLength()));
        Assert.Equal(0, (await app.GetAsync($"api/audit?who={Uri.EscapeDataString(text)}"))["total"].GetInt32());
    }

    [Fact]
    public async Task What_is_no_search_is_refused()
    {
        Assert.Equal(400, await AskAsync("api/find"));
        Assert.Equal(400, await AskAsync("api/find?q=%20"));
        Assert.Equal(400, await AskAsync($"api/find?q={new string('9', 201)}"));
    }

    private async Task<int> AskAsync(string path, string? user = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (user is not null)
        {
            request.Headers.Add("X-Autopay-User", user);
        }

        return (await app.SendAsync(request)).Status;
    }

    private static IEnumerable<string> Kinds(Answer page) =>
        page["items"].EnumerateArray().Select(it => it.GetProperty("kind").GetString()!);
}
