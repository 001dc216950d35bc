using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser;

/// <summary>What a clerk and a director read in the morning: the numbers are those of the routes.</summary>
[Collection(HeldCity.Collection)]
public sealed class LookTests(HeldCity city, Chromium chromium)
{
    [Fact]
    public async Task Today_says_what_is_held_what_keeps_it_and_what_to_do_next()
    {
        await using var preparer = await Visitor.ComeAsync(chromium, city.App, "preparer");
        await preparer.OpenAsync("/console");
        var text = await preparer.TextAsync();

        Assert.StartsWith("Today, Thu, Feb 20, 2020: 2 debits are on hold, $99.40", text);
        Assert.Contains("Nobody has said that all back payments are in (do this next)", text);
        Assert.Contains("payments without an account: 1, $48.00", text);
        await using var viewer = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await viewer.OpenAsync("/console");
        Assert.Contains("(waits for the role Preparer)", await viewer.TextAsync());
    }

    [Fact]
    public async Task The_dollars_of_a_cycle_are_those_of_its_route_and_add_up()
    {
        await using var visitor = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await visitor.OpenAsync("/console/cycles/1");
        var cycle = await city.App.GetAsync("api/cycles/1");

        var total = await CentsAsync(visitor, "main > table tr.total [data-cents]");
        Assert.Equal([21830, 6000, 9940, 0, 0, 5890, 0, 0], total);
        Assert.Equal(
            (cycle["openCents"].GetInt64(), cycle["collectedCents"].GetInt64()),
            (total[2] + total[3] + total[4] + total[6] + total[7], total[5])
        );
        var steps = await CentsAsync(visitor, ".waterfall [data-cents]");
        Assert.Equal([15940, -6000, -9940, 0], steps);
        Assert.Equal(steps[^1], steps[..^1].Sum());
        Assert.Contains("Cycle 1 · West: 2 debits on hold, $99.40", await visitor.TextAsync());
    }

    [Fact]
    public async Task An_account_tells_its_story_and_why_it_was_charged_in_the_customers_language()
    {
        await using var clerk = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await clerk.OpenAsync("/console/accounts?find=B-3");
        Assert.EndsWith("/console/accounts/A-3", new Uri(clerk.Page.Url).AbsolutePath);
        Assert.StartsWith("Account A-3: $58.90 was debited on Wed, Jan 15, 2020", await clerk.TextAsync());

        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "¿Por qué?", Exact = true }).ClickAsync();
        Assert.StartsWith("¿Por qué se me cobró?", await clerk.TextAsync());
        var data = await city.App.GetAsync("api/accounts/A-3/debits/A-3-1-0001/explanation?lang=es");
        var sum = data["text"].GetProperty("sum").EnumerateArray().Select(line => line.GetProperty("cents").GetInt64());
        Assert.Equal(sum, await CentsAsync(clerk, "table.sum [data-cents]"));
        await clerk.OpenAsync("/console/accounts/A-3");
        Assert.Equal("en", await clerk.Page.GetAttributeAsync("html", "lang"));
    }

    [Fact]
    public async Task Who_may_not_do_an_act_reads_who_may_and_the_route_agrees()
    {
        await using var viewer = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await viewer.OpenAsync("/console/accounts/A-1/do/skip?of=B-1");

        Assert.Contains("This needs the role Preparer.", await viewer.TextAsync());
        Assert.Equal(0, await viewer.Page.Locator("[data-act]").CountAsync());
        var refused = await city.App.PostAsync(
            "api/accounts/A-1/bills/B-1/skip",
            """{"reason":"I may not"}""",
            "viewer"
        );
        Assert.Equal(403, refused.Status);
    }

    [Theory]
    [InlineData("/console/cycles/77", 404, "There is no cycle 77.")]
    [InlineData("/console/accounts/A-77", 404, "Nobody has account A-77.")]
    [InlineData("/console/accounts/A-1/debits/A-1-1-0077", 404, "Account A-1 has no debit A-1-1-0077.")]
    [InlineData("/console/accounts/A-1/do/lift", 409, "This cannot be done any more")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path, int status, string says)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        var answer = await city.App.SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Contains("<title>Error:", answer.Text, StringComparison.Ordinal);
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_is_read_without_script()
    {
        await using var visitor = await Visitor.ComeAsync(chromium, city.App, "preparer", script: false);
        await visitor.OpenAsync("/console/accounts/A-1/do/skip?of=B-1");

        Assert.Contains("Changes need JavaScript", await visitor.TextAsync());
    }

    private static async Task<List<long>> CentsAsync(Visitor visitor, string where) =>
        [
            .. (
                await visitor.Page.EvaluateAsync<string[]>(
                    "where => [...document.querySelectorAll(where)].map(it => it.dataset.cents)",
                    where
                )
            ).Select(long.Parse),
        ];
}
