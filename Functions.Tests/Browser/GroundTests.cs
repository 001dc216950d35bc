using Autopay.Application.Work;
using Autopay.Pages;
using Autopay.Tests.Browser.Everywhere;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser;

/// <summary>What holds on every page of the console.</summary>
public sealed class GroundTests(AzuriteFixture azurite, Chromium chromium)
{
    [Fact]
    public async Task Who_looks_reads_the_role_and_has_the_halt_in_reach_of_the_second_tab()
    {
        var contact = new Dictionary<string, string?> { ["Autopay:Contact"] = "the help desk" };
        await using var app = await AppHost.StartAsync(azurite, "2020-02-20T10:00", new AppPlan { Settings = contact });
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await preparer.OpenAsync("/console");

        Assert.Contains("You: preparer · Preparer", await preparer.Page.InnerTextAsync("header"));
        Assert.StartsWith("Today, Thu, Feb 20, 2020", await preparer.TextAsync());
        await preparer.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusAsync(preparer));
        await preparer.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Halt", await FocusAsync(preparer));
        Assert.Contains("Missing something? Ask the help desk.", await preparer.Page.TextContentAsync(".you"));
        await NothingIsWrongWithNothingAsync(preparer);
    }

    // Of a city that has no file yet each page says so.
    private static async Task NothingIsWrongWithNothingAsync(Visitor preparer)
    {
        foreach (var page in PageList.Empty)
        {
            Assert.Equal((page.Name, 200), (page.Name, (await preparer.OpenAsync(page.In("es"))).Status));
            Assert.Empty(await preparer.AxeAsync());
            Assert.False(await preparer.ScrollsSidewaysAsync(), page.Name);
        }
    }

    [Fact]
    public void Every_kind_of_work_that_waits_for_finance_has_its_words_on_Today()
    {
        var kinds = WorkKinds.Of(WorkAudience.Finance).ToList();

        Assert.NotEmpty(kinds);
        foreach (var words in new[] { PageWords.English, PageWords.Spanish })
        {
            Assert.All(kinds, kind => Assert.NotNull(words.Find($"Today.Kind{kind}")));
        }
    }

    private static Task<string> FocusAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<string>("() => document.activeElement.textContent");
}
