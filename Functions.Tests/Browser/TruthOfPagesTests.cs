using System.Text.Json;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser;

/// <summary>The numbers on a page are those of the route that a program asks.</summary>
[Collection(SmallCity.Collection)]
public sealed class TruthOfPagesTests(SmallCity city, Chromium chromium)
{
    [Fact]
    public async Task The_work_list_has_the_items_of_the_route_in_its_order_with_their_cents()
    {
        await using var viewer = await ViewerAsync("/console/work");
        var work = (await city.App.GetAsync("api/work")).Json;
        var items = work.GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            items.Where(it => it.TryGetProperty("cents", out _)).Select(it => it.GetProperty("cents").GetInt64()),
            await CentsAsync(viewer, "tbody td:nth-child(3)")
        );
        Assert.Contains(NobodysPayment, items.Select(it => it.GetProperty("id").GetString()));
        Assert.StartsWith($"{items.Count} thing", await viewer.Page.InnerTextAsync("h1"));
    }

    [Fact]
    public async Task A_file_has_the_totals_of_the_route_and_says_whether_the_slip_agrees()
    {
        // Other tests of this city may have sent files since.
        var import = (await city.App.GetAsync("api/imports?kind=payments"))["items"].EnumerateArray().Last();
        var id = import.GetProperty("id").GetString();
        await using var viewer = await ViewerAsync($"/console/imports/{id}?rows=2&total=$108.00");

        Assert.Equal([import.GetProperty("totalCents").GetInt64()], await CentsAsync(viewer, "main > dl"));
        Assert.StartsWith("2 rows, $108.00", await viewer.Page.InnerTextAsync("h1"));
        Assert.Contains("The slip and the file agree", await viewer.TextAsync());

        await viewer.OpenAsync($"/console/imports/{id}?rows=3");
        Assert.Contains("the file has 2 rows, $108.00", await viewer.TextAsync());
    }

    [Fact]
    public async Task The_month_adds_up_as_the_route_says()
    {
        await using var viewer = await ViewerAsync("/console/months/2020-01");
        var month = (await city.App.GetAsync("api/months/2020-01")).Json;
        var totals = month.GetProperty("days").EnumerateArray().Append(month).Select(it => it.GetProperty("totals"));
        var expected = month.GetProperty("days").GetArrayLength() == 0 ? [] : totals.Select(Collected);

        Assert.Equal(expected, await CentsAsync(viewer, "tbody td:nth-child(2)"));
        Assert.Contains("1 payment is without an account, $48.00", await viewer.TextAsync());
    }

    [Fact]
    public async Task The_audit_has_the_acts_of_the_route_the_newest_first()
    {
        await using var viewer = await ViewerAsync("/console/audit");
        var audit = (await city.App.GetAsync("api/audit")).Json;
        var whys = audit.GetProperty("acts").EnumerateArray().Select(act => act.GetProperty("why").GetString());

        Assert.Equal(whys.Reverse(), await viewer.Page.Locator("tbody td:nth-child(4)").AllInnerTextsAsync());
        Assert.StartsWith("The record is whole", await viewer.Page.InnerTextAsync("h1"));

        await viewer.OpenAsync("/console/audit?what=penaltyWaived&who=&from=&to=");
        Assert.StartsWith("waived late fees: due Wed, Jan 15, 2020", Assert.Single(await FirstLinesAsync(viewer)));
    }

    [Fact]
    public async Task The_last_comparison_is_that_of_the_route()
    {
        await using var viewer = await ViewerAsync("/console/reconcile");
        var last = (await city.App.GetAsync("api/reconcile"))["items"][0];

        Assert.Equal("agrees", last.GetProperty("state").GetString());
        Assert.Equal("Our books and Stripe's say the same", await viewer.Page.InnerTextAsync("h1"));
    }

    [Fact]
    public async Task Health_says_what_waits_for_engineers()
    {
        await using var viewer = await ViewerAsync("/console/health");
        var work = (await city.App.GetAsync("api/work?for=engineers")).Json;
        var count = work.GetProperty("total").GetProperty("count").GetInt32();

        Assert.Contains($"Up · charging on · {count} thing", await viewer.Page.InnerTextAsync("h1"));
    }

    private const string NobodysPayment = "P-9";

    private async Task<Visitor> ViewerAsync(string path)
    {
        var viewer = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await viewer.OpenAsync(path);
        return viewer;
    }

    private static long Collected(JsonElement totals) => totals.GetProperty("collectedCents").GetInt64();

    private static async Task<IEnumerable<string>> FirstLinesAsync(Visitor visitor) =>
        (await visitor.Page.Locator("tbody td:nth-child(3)").AllInnerTextsAsync()).Select(text =>
            text.Split('\n')[0].Trim()
        );

    private static async Task<IReadOnlyList<long>> CentsAsync(Visitor visitor, string where) =>
        await visitor.Page.EvaluateAsync<long[]>(
            "where => [...document.querySelectorAll(`${where} [data-cents]`)].map(it => Number(it.dataset.cents))",
            where
        );
}
