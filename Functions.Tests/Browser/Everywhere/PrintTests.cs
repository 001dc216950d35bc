using System.Text;
using System.Text.RegularExpressions;
using Autopay.Tests.Browser.Acts;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>What comes out of a printer: the facts and who printed them, and nothing to press.</summary>
[Collection(HeldCity.Collection)]
public sealed partial class PrintTests(HeldCity city, Chromium chromium)
{
    private const string Explanation = "/console/accounts/A-3/debits/A-3-1-0001?lang=es";

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/cycles/1")]
    [InlineData("/console/cycles/1/certificate")]
    [InlineData("/console/deferrals/outage")]
    [InlineData("/console/months/2020-01")]
    [InlineData("/console/work")]
    [InlineData("/console/audit")]
    [InlineData(Explanation)]
    public async Task A_sheet_has_the_facts_and_its_foot_and_nothing_to_press(string path)
    {
        await using var viewer = await PrinterAsync(path, ColorScheme.Dark);

        Assert.NotEmpty(await viewer.Page.InnerTextAsync("h1"));
        Assert.Equal(0, await VisibleAsync(viewer, "nav, button, form, input, textarea, .halt, .skip, .find"));
        Assert.Matches("printed by the role Viewer|impreso por el rol", await viewer.Page.InnerTextAsync("footer"));
        Assert.Equal("rgb(255, 255, 255)", await ColourOfAsync(viewer, "body", "backgroundColor"));
        Assert.NotEqual("rgb(255, 255, 255)", await ColourOfAsync(viewer, "h1", "color"));
        Assert.False(await viewer.ScrollsSidewaysAsync());
        Assert.Empty(await viewer.AxeAsync());
    }

    [Fact]
    public async Task The_explanation_is_one_page_to_be_handed_over()
    {
        await using var viewer = await PrinterAsync(Explanation);

        Assert.Contains("$58.90", await viewer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await SheetsAsync(viewer));
    }

    [Fact]
    public async Task The_certificate_has_lines_to_sign_on()
    {
        await using var viewer = await PrinterAsync("/console/cycles/1/certificate");

        var text = await viewer.TextAsync();
        Assert.Contains("Cashier supervisor: ____", text, StringComparison.Ordinal);
        Assert.Contains("Preparer: ____", text, StringComparison.Ordinal);
        Assert.InRange(await SheetsAsync(viewer), 1, 2);
    }

    private async Task<Visitor> PrinterAsync(string path, ColorScheme scheme = ColorScheme.Light)
    {
        var viewer = await Visitor.ComeAsync(chromium, city.App, "viewer", 816, scheme);
        Assert.Equal(200, (await viewer.OpenAsync(path)).Status);
        await viewer.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        return viewer;
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
