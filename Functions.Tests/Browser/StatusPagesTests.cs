using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Storage;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser;

/// <summary>What residents read: open, silent about everybody, kept by caches, there when the tables are not.</summary>
[Collection(SmallCity.Collection)]
public sealed class StatusPagesTests(SmallCity city, Chromium chromium)
{
    private const int MostBytes = 12 * 1024;
    private const int MostPackedBytes = 4 * 1024;

    [Theory]
    [InlineData("status", "en")]
    [InlineData("estado", "es")]
    public async Task It_says_what_the_data_say_in_the_language_of_its_address(string path, string language)
    {
        await using var resident = await Visitor.ComeAsync(chromium, city.App, role: null, script: false);
        await resident.OpenAsync(path);
        var text = await resident.TextAsync();
        var data = (await city.App.GetAsync("api/status")).Json;

        Assert.Equal(language, await resident.Page.GetAttributeAsync("html", "lang"));
        Assert.Equal(1, await resident.Page.Locator("h1").CountAsync());
        Assert.All(Sentences(data, language), sentence => Assert.Contains(sentence, text));
        Assert.Equal(2, await resident.Page.Locator("main section").CountAsync());
        Assert.Matches(@"\w\. West: (cycles|ciclos) 1, 2\.", text);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/status")]
    [InlineData("/estado")]
    public async Task It_has_no_cookie_no_script_and_nothing_of_anybody(string path)
    {
        using var answer = await city.App.Http.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotMatch(new Regex(@"SECRET|ACCOUNT-77|BILL-77|\$|cus_|pm_|outage|developer"), html);
        Assert.InRange(html.Length, 500, MostBytes);
    }

    [Fact]
    public async Task Caches_keep_it_and_it_comes_packed_to_who_takes_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/status");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await city.App.Http.SendAsync(request);
        var packed = await answer.Content.ReadAsByteArrayAsync();
        await using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var text = new StreamReader(unpacked);

        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal(
            "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400",
            answer.Headers.NonValidated["Cache-Control"].ToString()
        );
        Assert.InRange(packed.Length, 500, MostPackedBytes);
        Assert.Contains("555-0100", await text.ReadToEndAsync(TestContext.Current.CancellationToken));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/status");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var same = await city.App.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task It_stands_when_the_tables_are_away()
    {
        using var before = await city.App.Http.GetAsync("/status");
        city.App.Watch.Broken = StorageClients.ControlsTable;
        try
        {
            using var after = await city.App.Http.GetAsync("/estado");
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        }
        finally
        {
            city.App.Watch.Broken = null;
        }
    }

    [Theory]
    [InlineData(Visitor.Phone, ColorScheme.Dark)]
    [InlineData(Visitor.Desk, ColorScheme.Light)]
    public async Task Everybody_can_read_it(int width, ColorScheme scheme)
    {
        await using var resident = await Visitor.ComeAsync(chromium, city.App, role: null, width, scheme);
        foreach (var path in new[] { "/", "/status", "/estado" })
        {
            await resident.OpenAsync(path);
            Assert.Empty(await resident.AxeAsync());
            Assert.False(await resident.ScrollsSidewaysAsync());
        }
    }

    private static IEnumerable<string> Sentences(JsonElement status, string language) =>
        status
            .GetProperty("cycles")
            .EnumerateArray()
            .Append(status)
            .SelectMany(it => it.GetProperty("text").GetProperty(language).EnumerateArray())
            .Select(sentence => sentence.GetProperty("text").GetString()!);
}
