using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>One person of the office at a browser of their own: follows links, fills in, presses.</summary>
internal sealed class Clerk(Visitor visitor, IHand hand) : IAsyncDisposable
{
    public IPage Page => visitor.Page;

    public IHand Hand => hand;

    /// <summary>The one address that is typed: where everybody begins.</summary>
    public Task ComeInAsync() => visitor.OpenAsync("/console");

    public Task<string> TextAsync() => visitor.TextAsync();

    /// <summary>A link of the page, by its words.</summary>
    public async Task FollowAsync(string words)
    {
        var before = Page.Url;
        var link = new PageGetByRoleOptions { Name = words, Exact = true };
        await hand.PressAsync(Page.GetByRole(AriaRole.Link, link).First);
        await ArriveAsync(words, () => Page.Url != before);
    }

    /// <summary>A part that is folded, unless it is open already.</summary>
    public async Task UnfoldAsync(string words)
    {
        if (await Page.Locator("details[open] > summary", WithText(words)).CountAsync() == 0)
        {
            await hand.PressAsync(Page.Locator("summary", WithText(words)).First);
        }
    }

    public Task WriteAsync(string label, string text) => hand.WriteAsync(Labelled(label), text);

    public Task WriteDayAsync(string label, DateOnly day) => hand.WriteDayAsync(Labelled(label), day);

    public Task ChooseAsync(string label, string entry) => hand.ChooseAsync(Labelled(label), entry);

    /// <summary>A box that is to be as it is said.</summary>
    public async Task TickAsync(string label, bool isOn)
    {
        if (await Labelled(label).IsCheckedAsync() != isOn)
        {
            await hand.PressAsync(Labelled(label));
        }
    }

    /// <summary>Why, in the form of a button; then the button, once what it would do is counted.</summary>
    public async Task AgreeAsync(string button, string why)
    {
        var (form, before) = (FormOf(button), Page.Url);
        await hand.WriteAsync(form.Locator("textarea"), why);
        await PressAsync(button);
        await ArriveAsync(button, () => Page.Url != before && Page.Url.Contains("done=", StringComparison.Ordinal));
    }

    /// <summary>A button once it can be pressed.</summary>
    public async Task PressAsync(string button)
    {
        var it = Button(button);
        await Assertions.Expect(it).ToBeEnabledAsync();
        await hand.PressAsync(it);
    }

    /// <summary>The page is whole, and its scripts run.</summary>
    public Task LoadAsync() =>
        Eventually.HoldsAsync(
            $"{Page.Url} is loaded",
            async () =>
            {
                try
                {
                    return await Page.EvaluateAsync<bool>("() => document.readyState === 'complete'");
                }
                catch (PlaywrightException)
                {
                    // It was just leaving for the next page.
                    return false;
                }
            }
        );

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator FormOf(string button) => Page.Locator("form", new PageLocatorOptions { Has = Button(button) });

    public ValueTask DisposeAsync() => visitor.DisposeAsync();

    // Looks at the address: a page that is quick may be there before anybody waits for it.
    private async Task ArriveAsync(string by, Func<bool> isThere)
    {
        await Eventually.HoldsAsync($"'{by}' leads on from {Page.Url}", isThere);
        await LoadAsync();
    }

    private ILocator Labelled(string label) => Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).First;

    private static PageLocatorOptions WithText(string words) => new() { HasText = words };
}
