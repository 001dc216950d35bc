using System.Text;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Catalogues;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>
/// Every page of a held city, opened twice: on a desk in English in the light, and on a phone in Spanish in the dark.
/// All other combinations are looked at by a soak (<see cref="EveryLookTests"/>).
/// </summary>
[Collection(HeldCity.Collection)]
public sealed class EveryPageTests(HeldCity city, Chromium chromium)
{
    private const string Approved = "Functions.Tests/Browser/Everywhere/pages.txt";

    private readonly List<string> wrong = [];

    /// <summary>
    /// Headings, captions and the stops of Tab are approved: a change of them is written with AUTOPAY_WRITE_DOCS=1, and
    /// read by a person.
    /// </summary>
    [Fact]
    public async Task On_a_desk_each_page_reads_as_approved_and_Tab_goes_through_all_of_it()
    {
        await using var preparer = await Visitor.ComeAsync(chromium, city.App, "preparer");
        var text = new StringBuilder();
        foreach (var page in await PageList.OfAsync(city.App))
        {
            await OpenAsync(preparer, page, "en");
            Note(page, await PageLook.TabThroughAsync(preparer));
            text.Append("# ").Append(page.Name).Append('\n');
            text.Append(await PageLook.OutlineAsync(preparer)).Append("\n\n");
            Note(page, await preparer.AxeAsync());
            await FitsAsync(preparer, page);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        WrittenFile.Is(Approved, text.ToString(), GetType());
    }

    [Fact]
    public async Task On_a_phone_in_the_dark_each_page_is_read_and_pressed_in_Spanish()
    {
        await using var preparer = await Visitor.ComeAsync(
            chromium,
            city.App,
            "preparer",
            Visitor.Phone,
            ColorScheme.Dark
        );
        List<string> titles = [];
        foreach (var page in await PageList.OfAsync(city.App))
        {
            await OpenAsync(preparer, page, "es");
            titles.Add(await preparer.TitleAsync());
            Note(page, await preparer.AxeAsync());
            Note(page, await PageLook.ClippedAsync(preparer));
            Note(page, await PageLook.SmallAsync(preparer));
            await SidewaysAsync(preparer, page, "on a phone");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        // The forms of one page have its name, and what is not there has none.
        Assert.InRange(titles.Distinct().Count(), titles.Count - 8, titles.Count);
    }

    private async Task OpenAsync(Visitor visitor, PageOf page, string language)
    {
        var answer = await visitor.OpenAsync(page.In(language));
        Assert.True(answer.Status == page.Status, $"{page.Name}: {answer.Status}");
        Assert.Equal(1, await visitor.Page.Locator("h1").CountAsync());
        Assert.Equal(language, await visitor.Page.GetAttributeAsync("html", "lang"));
    }

    // Larger letters and another window, without asking for the page again.
    private async Task FitsAsync(Visitor visitor, PageOf page)
    {
        foreach (var (width, size) in new[] { (Visitor.Tablet, "100%"), (320, "100%"), (1280, "200%"), (1280, "400%") })
        {
            await visitor.Page.SetViewportSizeAsync(width, 900);
            await visitor.Page.EvaluateAsync("size => document.documentElement.style.fontSize = size", size);
            await SidewaysAsync(visitor, page, $"at {width} with {size}");
        }

        await visitor.Page.SetViewportSizeAsync(Visitor.Desk, 900);
    }

    private async Task SidewaysAsync(Visitor visitor, PageOf page, string when) =>
        Note(page, await visitor.ScrollsSidewaysAsync() ? [$"scrolls sideways {when}"] : []);

    private void Note(PageOf page, IEnumerable<string> found) =>
        wrong.AddRange(found.Select(it => $"{page.Name}: {it}"));
}
