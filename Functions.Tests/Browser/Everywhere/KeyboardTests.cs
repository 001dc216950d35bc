using System.Text.RegularExpressions;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>Tab alone, and letters as large as somebody needs them, on the pages of a held city.</summary>
[Collection(HeldCity.Collection)]
public sealed class KeyboardTests(HeldCity city, Chromium chromium)
{
    [Fact]
    public async Task The_slash_leads_to_the_find_box_and_is_a_letter_where_somebody_writes()
    {
        await using var clerk = await Visitor.ComeAsync(chromium, city.App, "preparer");
        await clerk.OpenAsync("/console/accounts/A-1/do/skip?of=B-1");

        await clerk.Page.FocusAsync("textarea");
        await clerk.Page.Keyboard.TypeAsync("1/2");
        Assert.Equal("1/2", await clerk.Page.InputValueAsync("textarea"));

        await clerk.Page.FocusAsync("main a");
        await clerk.Page.Keyboard.PressAsync("/");
        await clerk.Page.Keyboard.TypeAsync("A-3");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(clerk.Page).ToHaveURLAsync(new Regex("/console/accounts/A-3$"));
    }

    [Fact]
    public async Task Whoever_needs_the_slash_as_a_letter_switches_it_off_for_all_pages_and_on_again()
    {
        await using var clerk = await Visitor.ComeAsync(chromium, city.App, "viewer");
        await clerk.OpenAsync("/console/work?kind=suspense");
        await clerk.Page.ClickAsync("details.you summary");
        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "Switch it off" }).ClickAsync();
        await clerk.OpenAsync("/console/accounts/A-1");
        await clerk.Page.FocusAsync("main a");
        await clerk.Page.Keyboard.PressAsync("/");
        Assert.Equal("A", await FocusedAsync(clerk));

        await clerk.Page.ClickAsync("details.you summary");
        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "Let it lead to the find box" }).ClickAsync();
        await clerk.Page.FocusAsync("main a");
        await clerk.Page.Keyboard.PressAsync("/");
        Assert.Equal("INPUT", await FocusedAsync(clerk));
    }

    [Fact]
    public async Task Escape_sends_nothing_loses_nothing_and_leads_nowhere_on_any_page_that_has_a_form()
    {
        await using var preparer = await Visitor.ComeAsync(chromium, city.App, "preparer");
        List<string> sent = [];
        preparer.Page.Request += (_, request) =>
        {
            if (request.Method != "GET")
            {
                sent.Add($"{request.Method} {request.Url}");
            }
        };
        List<string> typedInto = [];
        foreach (var page in await PageList.OfAsync(city.App))
        {
            await preparer.OpenAsync(page.Path);
            var (fields, url) = (preparer.Page.Locator("main textarea:visible"), preparer.Page.Url);
            for (var at = 0; at < await fields.CountAsync(); at++)
            {
                typedInto.Add(page.Name);
                await fields.Nth(at).FillAsync("Half a sent");
                await preparer.Page.Keyboard.PressAsync("Escape");
                Assert.Equal("Half a sent", await fields.Nth(at).InputValueAsync());
                await Assertions.Expect(fields.Nth(at)).ToBeFocusedAsync();
            }

            Assert.Equal(url, preparer.Page.Url);
        }

        Assert.Empty(sent);
        Assert.All(["declare", "skip", "halt", "work-item"], page => Assert.Contains(page, typedInto));
    }

    private static Task<string> FocusedAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<string>("() => document.activeElement.tagName");
}
