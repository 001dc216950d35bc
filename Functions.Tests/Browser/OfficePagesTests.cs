using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser;

/// <summary>What holds on each of the pages of files, work, books, audit and health.</summary>
[Collection(SmallCity.Collection)]
public sealed class OfficePagesTests(SmallCity city, Chromium chromium)
{
    private static readonly string[] Fixed =
    [
        "/console/imports",
        "/console/work",
        "/console/work?kind=letters&olderThan=30",
        "/console/work-item/suspense/P-9?account=NOBODY-9",
        "/console/work-item/suspense/GONE-1?account=NOBODY-9",
        "/console/reconcile",
        "/console/receipts",
        "/console/months/2020-01",
        "/console/payouts",
        "/console/audit",
        "/console/health",
        "/console/imports/no-such-file",
    ];

    [Fact]
    public async Task They_are_read_without_a_script_and_who_may_only_look_reads_at_each_act_whose_it_is()
    {
        await using var viewer = await Visitor.ComeAsync(chromium, city.App, "viewer", script: false);
        foreach (var path in await PathsAsync())
        {
            await viewer.OpenAsync(path);
            Assert.NotEmpty(await viewer.Page.InnerTextAsync("h1"));
            var forms = viewer.Page.Locator("form[data-send], form[data-upload]");
            Assert.Equal(0, await viewer.Page.Locator("button[data-act]").CountAsync());
            foreach (var form in await forms.AllAsync())
            {
                Assert.Contains("This needs the role", await form.TextContentAsync());
            }
        }
    }

    private async Task<IReadOnlyList<string>> PathsAsync()
    {
        var import = (await city.App.GetAsync("api/imports?kind=payments"))["items"][0].GetProperty("id").GetString();
        var run = (await city.App.GetAsync("api/reconcile"))["items"][0].GetProperty("id").GetString();
        return [.. Fixed, $"/console/imports/{import}", $"/console/reconcile/{run}"];
    }
}
