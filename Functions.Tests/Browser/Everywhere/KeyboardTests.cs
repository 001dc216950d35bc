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
}
