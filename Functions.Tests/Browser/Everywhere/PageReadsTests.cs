using System.Net;
using System.Net.Http.Headers;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Acts;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>
/// What a page costs in requests to storage, counted. Of a large city its kept sums are read, a row a bucket; here they
/// are kept by hand, because a city that large takes longer than a test may.
/// </summary>
public sealed class PageReadsTests(AzuriteFixture azurite)
{
    private const int MostOfToday = 70;
    private const int MostOfARelease = 10;
    private const int MostOfWorkBesideBuckets = 12;

    [Fact]
    public async Task Today_of_a_large_city_is_read_from_its_sums_and_has_the_work_that_they_tell()
    {
        await using var app = await Office.HeldAsync(azurite);
        await KeepAsync(app);
        app.Watch.Forget();

        var page = await app.GetAsync("console");

        Assert.Equal(200, page.Status);
        Assert.InRange(app.Watch.Requests.Count, 1, MostOfToday);
        Assert.DoesNotContain(app.Watch.Requests, request => request.Contains("/ledger", StringComparison.Ordinal));
        Assert.Contains(
            $"{Bucket.Count} things wait for finance, ${Bucket.Count}.00",
            page.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_work_list_of_a_large_city_reads_what_lies_beside_its_ledgers_once_a_bucket()
    {
        await using var app = await Office.HeldAsync(azurite);
        await app.ImportAsync(
            "bills",
            $"{Csv.BillsHeader}\nB-77,A-2,1,2020-01-08,2020-02-19,2020-02-26,10.00,99.00,109.00\n"
        );
        await app.IdleAsync();
        var small = await app.GetAsync("console/work");
        await KeepAsync(app, watched: 2);
        app.Watch.Forget();

        var large = await app.GetAsync("console/work");

        Assert.InRange(app.Watch.Requests.Count, 1, Bucket.Count + MostOfWorkBesideBuckets);
        Assert.Equal(
            Bucket.Count,
            app.Watch.Requests.Count(request => request.Contains("/ledger", StringComparison.Ordinal))
        );
        Assert.Contains("(B-77)", large.Text, StringComparison.Ordinal);
        Assert.Equal(RowsOf(small.Text), RowsOf(large.Text));
        Assert.Contains($"{2 * Bucket.Count} technical items", large.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("technical item", small.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_looked_at_again_with_one_request_and_for_nothing_new_without_an_answer()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await ReleaseActs.WaitsForGoAsync(app);
        await app.IdleAsync();
        await app.GetAsync("console");
        app.Watch.Forget();

        using var first = await LookAsync(app, null);
        using var second = await LookAsync(app, first.Headers.ETag);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
        Assert.Equal(2, app.Watch.Requests.Count);
    }

    [Fact]
    public async Task A_release_is_read_without_its_lines_until_somebody_looks_for_some()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await app.PostAsync("api/cycles/1/release-plan", """{"reason":"All in"}""", "preparer");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "draft"
        );
        app.Watch.Forget();

        var page = await app.GetAsync("console/releases/R-1");

        Assert.InRange(app.Watch.Requests.Count, 1, MostOfARelease);
        Assert.All(Bulk(app), request => Assert.Contains("select=", request, StringComparison.Ordinal));
        Assert.Contains("3 debits, $158.00", page.Text, StringComparison.Ordinal);
        Assert.Matches(
            "paid meanwhile at the counter[^<]*</th><td[^>]*>[0-9]+</td><td[^>]*><span[^>]*data-cents=\"-2120\"",
            page.Text
        );
        Assert.Contains("A-3-1-0001", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "A-3-1-0001",
            (await app.GetAsync("console/releases/R-1?find=A-3")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_kept_of_a_plans_buckets_comes_to_what_its_lines_do()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await app.PostAsync("api/cycles/1/release-plan", """{"reason":"All in"}""", "preparer");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "draft"
        );
        var (read, store) = (Of<ReadReleases>(app), Of<IReleaseStore>(app));

        var kept = await read.ReadSketchAsync("R-1", CancellationToken.None);

        var lines = await store
            .ReadLinesAsync("R-1", CancellationToken.None)
            .SelectMany(bucket => bucket.Lines.ToAsyncEnumerable())
            .ToListAsync();
        var counted = PlanSketch.Of(lines);
        Assert.Equal((counted.Lines, counted.Open), (kept.Lines, kept.Open));
        Assert.Equal(counted.Largest.Select(line => line.Debit), kept.Largest.Select(line => line.Debit));
        Assert.Equal(counted.Sizes.Now.OrderBy(it => it.Key), kept.Sizes.Now.OrderBy(it => it.Key));
    }

    private static IEnumerable<string> Bulk(AppHost app) =>
        app.Watch.Requests.Where(request =>
            request.Contains("R-1", StringComparison.Ordinal) && request.Contains("filter=", StringComparison.Ordinal)
        );

    private static async Task<HttpResponseMessage> LookAsync(AppHost app, EntityTagHeaderValue? seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "console/releases/R-1/progress?was=WaitsForGo");
        request.Headers.Add("X-Autopay-User", "viewer");
        if (seen is not null)
        {
            request.Headers.IfNoneMatch.Add(seen);
        }

        return await app.Http.SendAsync(request);
    }

    private static string RowsOf(string page) =>
        page[page.IndexOf("<tbody>", StringComparison.Ordinal)..page.IndexOf("</tbody>", StringComparison.Ordinal)];

    private static async Task KeepAsync(AppHost app, int? watched = null)
    {
        var store = Of<ICycleSumStore>(app);
        foreach (var bucket in Bucket.All)
        {
            WorkItem item = new(
                WorkKind.Blocked,
                $"B-{bucket}",
                new Money(1_00),
                "Came back",
                new DateOnly(2020, 1, 20)
            );
            await store.SaveAsync(
                new BucketSums(bucket, app.Clock.GetUtcNow(), 2_000, [])
                {
                    Work = WorkSums.Of([item]),
                    Watched = watched,
                },
                CancellationToken.None
            );
        }
    }

    private static T Of<T>(AppHost app)
        where T : notnull => app.Services.GetRequiredService<T>();
}
