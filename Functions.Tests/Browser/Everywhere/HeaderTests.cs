using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Autopay.Pages;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>
/// What stands around every answer of every route, whoever asks and whatever comes of it: one policy, and nothing is
/// kept but by the few that are named here.
/// </summary>
[Collection(HeldCity.Collection)]
public sealed partial class HeaderTests(HeldCity city)
{
    private const string Public = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

    /// <summary>All others: no-store.</summary>
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["Asset"] = "public, max-age=31536000, immutable",
        ["GetStatus"] = Public,
        ["StatusPage"] = Public,
        ["EstadoPage"] = Public,
    };

    private static readonly Dictionary<string, string> Values = new()
    {
        ["home"] = "",
        ["account"] = "A-1",
        ["bill"] = "B-1",
        ["debit"] = "A-1-1-0001",
        ["deferral"] = "outage",
        ["payment"] = "R-1",
        ["cycle"] = "1",
        ["month"] = "2020-01",
        ["act"] = "skip",
        ["file"] = Asset.Of("send.js")["/assets/".Length..],
    };

    [Fact]
    public async Task Every_route_has_the_policy_and_is_kept_by_nobody_but_those_of_the_table()
    {
        // Without the header that tells our own pages: whatever would change something is refused.
        using var http = new HttpClient { BaseAddress = city.App.Http.BaseAddress };
        var wrong = new List<string>();
        HashSet<string> met = [];
        foreach (Match route in Route().Matches(SourceTree.Read("docs/routes.md")))
        {
            var (path, verb, function) = (Filled(route.Groups[1].Value), route.Groups[2].Value, route.Groups[3].Value);
            using var request = new HttpRequestMessage(new HttpMethod(verb), path);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            met.Add(function);
            wrong.AddRange(
                WrongOf(answer, Kept.GetValueOrDefault(function, "no-store")).Select(it => $"{verb} {path}: {it}")
            );
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Superset(Kept.Keys.ToHashSet(), met);
    }

    [Fact]
    public async Task A_file_of_a_page_is_asked_for_once_and_one_of_another_version_is_not_there()
    {
        var script = Asset.All.Single(it => it.Path.Contains("send", StringComparison.Ordinal));
        using var again = new HttpRequestMessage(HttpMethod.Get, script.Path);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(script.Tag));
        using var same = await city.App.Http.SendAsync(again);
        using var old = await city.App.Http.GetAsync(Hash().Replace(script.Path, ".0123456789ab."));

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotFound), (same.StatusCode, old.StatusCode));
        Assert.Equal("no-store", CachingOf(old));
    }

    private static string Filled(string route) =>
        Open().Replace(route, name => Values.GetValueOrDefault(name.Groups[1].Value, "none"));

    private static IEnumerable<string> WrongOf(HttpResponseMessage answer, string caching)
    {
        foreach (
            var (name, value) in new[]
            {
                ("Content-Security-Policy", Policy),
                ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"),
                ("Cross-Origin-Opener-Policy", "same-origin"),
                ("Cross-Origin-Resource-Policy", "same-origin"),
            }
        )
        {
            if (!answer.Headers.NonValidated.TryGetValues(name, out var there) || there.ToString() != value)
            {
                yield return $"{name} is {there}";
            }
        }

        if (CachingOf(answer) != caching)
        {
            yield return $"{(int)answer.StatusCode} is kept so: {CachingOf(answer)}";
        }
    }

    private static string CachingOf(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Cache-Control", out var caching) ? caching.ToString() : "";

    [GeneratedRegex(@"^\| `(\S+) ([A-Z]+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Open();

    [GeneratedRegex(@"\.[0-9a-f]{12}\.")]
    private static partial Regex Hash();
}
