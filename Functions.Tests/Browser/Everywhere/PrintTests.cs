using System.Text;
using System.Text.RegularExpressions;
using Autopay.Tests.Browser.Acts;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>What comes out of a printer: the facts and who printed them, and nothing to press.</summary>
[Collection(HeldCity.Collection)]
public sealed partial class PrintTests(HeldCity city, AzuriteFixture azurite, Chromium chromium)
{
    private const string Explanation = "/console/accounts/A-3/debits/A-3-1-0001?lang=es";
    private const string Certificate = "/console/cycles/1/certificate";

    [Fact]
    public async Task A_sheet_has_the_facts_and_its_foot_and_nothing_to_press()
    {
        await using var viewer = await Visitor.ComeAsync(chromium, city.App, "viewer", 816, ColorScheme.Dark);
        foreach (
            var (path, sheets, words) in new (string, int, string[])[]
            {
                ("/console", 2, ["2 debits are on hold, $99.40"]),
                ("/console/cycles/1", 2, ["$99.40"]),
                (Certificate, 2, ["Cashier supervisor: ____", "Preparer: ____"]),
                ("/console/deferrals/outage", 1, ["Cashier system down"]),
                ("/console/months/2020-01", 1, ["January 2020"]),
                ("/console/work", 1, ["$48.00"]),
                ("/console/audit", 2, ["Cashier system down"]),
                // The last: its language is kept.
                (Explanation, 1, ["$58.90", "debitamos"]),
            }
        )
        {
            await PrintAsync(viewer, path);
            Assert.InRange(await SheetsAsync(viewer), 1, sheets);
            var text = await viewer.TextAsync();
            Assert.All(words, it => Assert.Contains(it, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_plan_has_its_whole_seal_and_lines_to_sign_on()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await ReleaseActs.SealedAsync(app);
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer", 816);

        await PrintAsync(viewer, "/console/releases/R-1");

        var text = await viewer.TextAsync();
        // Sixteen groups of four, none of them folded away.
        Assert.Matches("([0-9a-f]{4} ){15}[0-9a-f]{4}", text);
        Assert.Contains("3 debits, $158.00", text, StringComparison.Ordinal);
        Assert.Matches("Prepar.*: ____", text);
        Assert.Matches("Approv.*: ____", text);
        Assert.InRange(await SheetsAsync(viewer), 1, 2);
    }

    private static async Task PrintAsync(Visitor viewer, string path)
    {
        Assert.Equal(200, (await viewer.OpenAsync(path)).Status);
        await viewer.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.NotEmpty(await viewer.Page.InnerTextAsync("h1"));
        Assert.Equal(0, await VisibleAsync(viewer, "nav, button, form, input, textarea, .halt, .skip, .find"));
        Assert.Matches(
            "printed by the role Viewer, version [0-9]+|impreso por el rol",
            await viewer.Page.InnerTextAsync("footer")
        );
        Assert.Equal("rgb(255, 255, 255)", await ColourOfAsync(viewer, "body", "backgroundColor"));
        Assert.NotEqual("rgb(255, 255, 255)", await ColourOfAsync(viewer, "h1", "color"));
        Assert.False(await viewer.ScrollsSidewaysAsync());
        Assert.Empty(await viewer.AxeAsync());
    }

    private static Task<int> VisibleAsync(Visitor visitor, string where) =>
        visitor.Page.EvaluateAsync<int>(
            "where => [...document.querySelectorAll(where)].filter(it => it.checkVisibility()).length",
            where
        );

    private static Task<string> ColourOfAsync(Visitor visitor, string where, string what) =>
        visitor.Page.EvaluateAsync<string>(
            "([where, what]) => getComputedStyle(document.querySelector(where))[what]",
            new[] { where, what }
        );

    private static async Task<int> SheetsAsync(Visitor visitor) =>
        Sheet().Count(Encoding.Latin1.GetString(await visitor.Page.PdfAsync(new PagePdfOptions { Format = "Letter" })));

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Sheet();
}
