using System.Diagnostics;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Budgets;

/// <summary>
/// What a page costs does not grow with the city. A soak compares 1,000 accounts with 100,000 and leaves a table of
/// both; the ordinary run does the same with fewer. Times are told, and never asserted.
/// </summary>
public sealed class PageBudgetTests(AzuriteFixture azurite, Chromium chromium)
{
    private const double MostGrowth = 1.1;
    private const int Times = 40;

    [Fact]
    public async Task Reads_of_no_page_grow_with_the_city_and_none_is_over_its_budget()
    {
        var (few, many) = Soak.IsOn ? (1_000, 100_000) : (40, 400);
        var (small, _) = await MeasureAsync(few);
        var (large, visits) = await MeasureAsync(many);

        await Soak.ReportAsync(
            "page-budgets",
            new
            {
                Few = few,
                Many = many,
                Small = small,
                Large = large,
                Visits = visits,
            }
        );
        Assert.All(PageBudget.All.Concat(PageBudget.Parts), it => Hold(it, Of(small, it), Of(large, it)));
        Assert.Equal(
            (Soak.IsOn ? PageBudget.All : []).Select(page => (page.Name, page.Requests)),
            visits.Select(visit => (visit.Page, (visit.First, visit.Repeat)))
        );
    }

    [Fact]
    public async Task Today_of_twelve_cycles_costs_no_more_reads_than_of_four()
    {
        var (few, many) = Soak.IsOn ? (1_000, 100_000) : (120, 600);
        var small = await TwelveAsync(few);
        var large = await TwelveAsync(many);

        await Soak.ReportAsync(
            "page-budgets-twelve-cycles",
            new
            {
                Few = few,
                Many = many,
                Small = small,
                Large = large,
            }
        );
        Hold(PageBudget.TwelveCycles, small, large);
    }

    private async Task<PageCost> TwelveAsync(int accounts)
    {
        await using var app = await BudgetCity.OpenAsync(azurite, accounts, cycles: 12);
        return await CostAsync(app, PageBudget.TwelveCycles);
    }

    private static void Hold(PageBudget budget, PageCost small, PageCost large)
    {
        Assert.True(large.Reads <= small.Reads * MostGrowth, $"{budget.Name}: {small.Reads} reads, then {large.Reads}");
        Assert.True(large.Reads <= budget.MostReads, $"{budget.Name}: {large.Reads} reads of {budget.MostReads}");
        Assert.True(large.Bytes <= budget.Bytes, $"{budget.Name}: {large.Bytes} bytes of {budget.Bytes}");
    }

    private static PageCost Of(IEnumerable<PageCost> costs, PageBudget budget) =>
        costs.Single(it => it.Page == budget.Name);

    private async Task<(IReadOnlyList<PageCost> Costs, IReadOnlyList<PageVisit> Visits)> MeasureAsync(int accounts)
    {
        await using var app = await BudgetCity.OpenAsync(azurite, accounts);
        List<PageCost> costs = [];
        foreach (var page in PageBudget.All.Concat(PageBudget.Parts))
        {
            costs.Add(await CostAsync(app, page));
        }

        List<PageVisit> visits = [];
        foreach (var page in Soak.IsOn ? PageBudget.All : [])
        {
            visits.Add(await VisitAsync(app, page));
        }

        return (costs, visits);
    }

    private static async Task<PageCost> CostAsync(AppHost app, PageBudget page)
    {
        // What a process reads once, and what a large city keeps of its first count, is read already.
        var bytes = await ReadAsync(app, page.Path);
        app.Watch.Forget();
        bytes = await ReadAsync(app, page.Path);
        var reads = app.Watch.Requests.Count;
        List<double> took = [];
        for (var time = 0; Soak.IsOn && time < Times; time++)
        {
            var began = Stopwatch.GetTimestamp();
            await ReadAsync(app, page.Path);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        took.Sort();
        return new PageCost(page.Name, bytes, reads, At(took, 0.5), At(took, 0.95));
    }

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : Math.Round(sorted[(int)(share * (sorted.Count - 1))], 1);

    private static async Task<int> ReadAsync(AppHost app, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Autopay-User", "preparer");
        using var answer = await app.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode}");
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private async Task<PageVisit> VisitAsync(AppHost app, PageBudget page)
    {
        await using var visitor = await Visitor.ComeAsync(chromium, app, page.IsPublic ? null : "preparer");
        var network = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await network.SendAsync(
            "Network.emulateNetworkConditions",
            new Dictionary<string, object>
            {
                ["offline"] = false,
                ["latency"] = 100,
                ["downloadThroughput"] = 500_000,
                ["uploadThroughput"] = 500_000,
            }
        );
        var first = await LoadAsync(visitor, page);
        var repeat = await LoadAsync(visitor, page);
        return new PageVisit(
            page.Name,
            (int)first[0],
            (int)repeat[0],
            (long)first[1],
            (long)repeat[1],
            Math.Round(first[2])
        );
    }

    private static async Task<double[]> LoadAsync(Visitor visitor, PageBudget page)
    {
        await visitor.Page.GotoAsync("about:blank");
        await visitor.OpenAsync(page.Path);
        // The icon of the tab is asked for once a browser, and not by a page.
        return await visitor.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const paint = await new Promise(done => new PerformanceObserver(list =>
                list.getEntriesByName('first-contentful-paint').forEach(done)).observe({ type: 'paint', buffered: true }));
              const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .filter(it => it.transferSize > 0);
              return [all.length, all.reduce((sum, it) => sum + it.transferSize, 0), paint.startTime];
            }
            """
        );
    }
}
