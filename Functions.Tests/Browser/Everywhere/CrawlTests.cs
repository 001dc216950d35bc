using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>
/// Follows every link of every page: all of them answer, no page has an act that its route refuses to whoever reads it,
/// and every amount that is shown is one that the routes tell a program.
/// </summary>
[Collection(HeldCity.Collection)]
public sealed partial class CrawlTests(HeldCity city)
{
    /// <summary>More than this city has; a page that links to ever new ones is found.</summary>
    private const int MostPages = 250;

    private const int FewestPages = 30;
    private const int FewestAmounts = 50;

    private static readonly string[] Routes =
    [
        "api/cycles",
        "api/timeline?from=2020-01-01&to=2020-03-31",
        "api/controls",
        "api/work",
        "api/work?for=engineers",
        "api/imports",
        "api/suspense",
        "api/releases",
        "api/receipts",
        "api/payouts?from=2020-02-01&to=2020-02-20",
        "api/reconcile",
        "api/months/2020-01",
        "api/months/2020-02",
        "api/months/2020-03",
        "api/cycles/1/certificate",
        "api/deferrals/outage/withdraw/preview",
        "api/accounts/A-1",
        "api/accounts/A-2",
        "api/accounts/A-3",
        "api/accounts/A-1/debits/A-1-1-0001/explanation",
        "api/accounts/A-2/debits/A-2-1-0001/explanation",
        "api/accounts/A-3/debits/A-3-1-0001/explanation",
    ];

    [Theory]
    [InlineData("viewer")]
    [InlineData("preparer")]
    [InlineData("approver")]
    [InlineData("importer")]
    [InlineData("operator")]
    [InlineData("auditor")]
    public async Task Every_link_answers_no_act_is_refused_to_whoever_reads_it_and_every_amount_is_of_the_routes(
        string role
    )
    {
        List<string> wrong = [];
        HashSet<string> acts = [];
        var (known, amounts) = (await KnownAsync(), 0);
        var seen = await CrawlAsync(async path =>
        {
            var page = await ReadAsync(path, role);
            if (page.Status != 200 && !(page.Status == 403 && page.Text.Contains("role", StringComparison.Ordinal)))
            {
                wrong.Add($"{path}: {page.Status}");
            }

            acts.UnionWith(ActsOf(page.Text));
            var shown = CentsOf(page.Text);
            amounts += shown.Count;
            wrong.AddRange(shown.Where(it => !known.Contains(Math.Abs(it))).Distinct().Select(it => $"{path}: {it}"));
            return LinksOf(page.Text);
        });

        Assert.Empty(wrong);
        Assert.InRange(seen.Count, FewestPages, MostPages - 1);
        Assert.True(amounts > FewestAmounts, $"There were only {amounts} amounts to be looked at.");
        Assert.Equal(role is "viewer" or "auditor", acts.Count == 0);
        foreach (var act in acts.Select(act => act.Split(' ')))
        {
            // Without a reason nothing is done: whoever may not is refused before that is looked at.
            var answer = await city.App.SendAsync(new HttpMethod(act[0]), act[1][1..], "{}", role);
            Assert.True(answer.Status is 400 or 404 or 409, $"{act[0]} {act[1]}: {answer.Text}");
        }
    }

    private static async Task<HashSet<string>> CrawlAsync(Func<string, Task<IEnumerable<string>>> look)
    {
        HashSet<string> seen = ["/console"];
        var todo = new Queue<string>(seen);
        while (todo.TryDequeue(out var path) && seen.Count < MostPages)
        {
            (await look(path)).Where(seen.Add).ToList().ForEach(todo.Enqueue);
        }

        return seen;
    }

    private async Task<Answer> ReadAsync(string path, string role)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path[1..]);
        request.Headers.Add("X-Autopay-User", role);
        return await city.App.SendAsync(request);
    }

    // A page in the other language or the next page of a list is no other page.
    private static IEnumerable<string> LinksOf(string html) =>
        Link()
            .Matches(html)
            .Select(match => WebUtility.HtmlDecode(match.Groups[1].Value).Split('#')[0])
            // Lists of many rows leave out where they are themselves.
            .Select(href => href.StartsWith('/') ? href : $"/console/{href}")
            .Where(href => !href.Contains("lang=", StringComparison.Ordinal))
            .Where(href => !href.Contains("after=", StringComparison.Ordinal))
            .Where(href => !href.Contains("fresh=", StringComparison.Ordinal))
            .Where(href => !href.EndsWith("/template", StringComparison.Ordinal))
            // Each month has one before it and one after it.
            .Where(href =>
                !href.Contains("/months/", StringComparison.Ordinal)
                || href.Contains("/2020-0", StringComparison.Ordinal)
            );

    private static IEnumerable<string> ActsOf(string html) =>
        Form()
            .Matches(html)
            .Where(match => match.Value.Contains("data-act", StringComparison.Ordinal))
            .Where(match => match.Value.Contains("name=\"reason\"", StringComparison.Ordinal))
            // What a form would fill into its address is left empty.
            .Select(match => Blank().Replace(WebUtility.HtmlDecode(match.Groups[1].Value), ""));

    private static IReadOnlyList<long> CentsOf(string html) =>
        [.. Shown().Matches(html).Select(it => long.Parse(it.Groups[1].Value, CultureInfo.InvariantCulture))];

    private async Task<HashSet<long>> KnownAsync()
    {
        HashSet<long> known = [0];
        foreach (var route in Routes)
        {
            var answer = await city.App.GetAsync(route);
            Assert.True(answer.Status == 200, $"{route}: {answer.Text}");
            known.UnionWith(NumbersOf(answer.Json));
        }

        return known;
    }

    private static IEnumerable<long> NumbersOf(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(it => NumbersOf(it.Value)),
            JsonValueKind.Array => json.EnumerateArray().SelectMany(NumbersOf),
            JsonValueKind.Number when json.TryGetInt64(out var number) => [Math.Abs(number)],
            _ => [],
        };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Blank();

    [GeneratedRegex("data-cents=\"(-?[0-9]+)\"")]
    private static partial Regex Shown();

    [GeneratedRegex("<a [^>]*href=\"(/console[^\"]*|[a-z]+-item/[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<form [^>]*data-send=\"([^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();
}
