using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>An account's story: lines that can be filtered, printed and told in another language.</summary>
public sealed class StoryHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        await app.IdleAsync();
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await Eventually.HoldsAsync("submitted", async () => (await KindsAsync("")).Contains("attemptSubmitted"));
        app.MoveTo("2020-02-03T08:00");
        await app.Sandbox.Control.FlushAsync();
        await Eventually.HoldsAsync("collected", async () => (await KindsAsync("")).Contains("attemptCollected"));
        await app.PutAsync("api/accounts/A-1/autopay", """{"on":false,"reason":"By phone"}""", "pat@city");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_line_says_when_in_the_citys_time_what_kind_of_thing_how_much_and_about_what()
    {
        var story = (await app.GetAsync("api/accounts/A-1"))["story"].EnumerateArray().ToList();

        var bill = story.Single(it => KindOf(it) == "billOpened");
        Assert.Equal(
            ("B-1", 4120, "2020-01-21T08:01"),
            (
                bill.GetProperty("bill").GetString(),
                bill.GetProperty("cents").GetInt32(),
                bill.GetProperty("civil").GetString()![..16]
            )
        );
        var sent = story.Single(it => KindOf(it) == "attemptSubmitted");
        Assert.Equal(
            ("A-1-1-0001", 4120),
            (sent.GetProperty("debit").GetString(), sent.GetProperty("cents").GetInt32())
        );
        Assert.False(story.Single(it => KindOf(it) == "attemptPlanned").GetProperty("isForTheCustomer").GetBoolean());
        var off = story.Single(it => KindOf(it) == "autopaySwitched");
        Assert.Equal(
            ("pat@city", "By phone", false),
            (off.GetProperty("by").GetString(), off.GetProperty("why").GetString(), off.TryGetProperty("cents", out _))
        );
    }

    [Fact]
    public async Task Months_choose_lines_and_without_them_the_story_is_whole()
    {
        var all = await KindsAsync("");
        var january = await KindsAsync("?from=2020-01&to=2020-01");
        var since = await KindsAsync("?from=2020-02");

        Assert.Equal(all, january.Concat(since));
        Assert.Equal(january, await KindsAsync("?to=2020-01"));
        Assert.Equal(
            ("billOpened", "attemptCollected", "autopaySwitched"),
            (january.First(it => it == "billOpened"), since[0], since[^1])
        );
        Assert.Equal(
            ["2020-01", "2020-02"],
            (await app.GetAsync("api/accounts/A-1?from=2020-02"))["storyMonths"]
                .EnumerateArray()
                .Select(it => it.GetString())
        );
        Assert.Equal(400, (await app.GetAsync("api/accounts/A-1?from=2020-02&to=2020-01")).Status);
        Assert.Equal(400, (await app.GetAsync("api/accounts/A-1?from=2020-02-01")).Status);
        Assert.Equal(400, (await app.GetAsync("api/accounts/A-1?month=2020-02")).Status);
    }

    private async Task<List<string>> KindsAsync(string query) =>
        [.. (await app.GetAsync($"api/accounts/A-1{query}"))["story"].EnumerateArray().Select(KindOf)];

    private static string KindOf(JsonElement line) => line.GetProperty("kind").GetString()!;
}
