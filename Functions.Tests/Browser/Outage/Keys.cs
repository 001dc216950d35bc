using System.Globalization;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>
/// Tab, Shift and Tab, Enter, Space and letters. Whatever is reached must show that it has the focus, and be in sight.
/// </summary>
internal sealed class Keys(IPage page) : IHand
{
    /// <summary>More stops than any page has.</summary>
    private const int Patience = 400;

    private readonly Chosen chosen = new(page);

    private const string Seen = """
        it => {
          const [box, style] = [it.getBoundingClientRect(), getComputedStyle(it)];
          // In the middle of what is in sight of it: a list that grows above may have moved it to the edge.
          const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
          const at = document.elementFromPoint(box.x + Math.min(box.width / 2, 8), (top + bottom) / 2);
          return it !== document.activeElement ? 'it has not the focus'
            : style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 ? 'it does not show the focus'
            : box.bottom <= 0 || box.top >= innerHeight ? 'it is out of sight'
            : at === null || !(it.contains(at) || at.contains(it)) ? `it is under ${at?.outerHTML.slice(0, 80)}`
            : '';
        }
        """;

    public async Task PressAsync(ILocator what)
    {
        await ReachAsync(what);
        var isLink = await what.EvaluateAsync<bool>("it => it instanceof HTMLAnchorElement");
        await page.Keyboard.PressAsync(isLink ? "Enter" : "Space");
    }

    public async Task WriteAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    public async Task WriteDayAsync(ILocator field, DateOnly day)
    {
        await ReachAsync(field);
        // From behind one comes to the last part of a day first.
        while (await HasFocusAsync(field))
        {
            await page.Keyboard.PressAsync("Shift+Tab");
        }

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(day.ToString("MMddyyyy", CultureInfo.InvariantCulture));
    }

    public async Task ChooseAsync(ILocator list, string entry)
    {
        await ReachAsync(list);
        await page.Keyboard.TypeAsync(entry);
        Assert.Equal(entry, await list.EvaluateAsync<string>("it => it.selectedOptions[0].textContent.trim()"));
    }

    public async Task TakeAsync(ILocator file, FilePayload payload)
    {
        await ReachAsync(file);
        await chosen.TakeAsync(payload, () => page.Keyboard.PressAsync("Space"));
    }

    private async Task ReachAsync(ILocator what)
    {
        await what.WaitForAsync();
        var isBefore = await what.EvaluateAsync<bool>(
            "it => (it.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0"
        );
        for (var stops = 0; !await HasFocusAsync(what); stops++)
        {
            Assert.True(stops < Patience, $"No key leads to {what} on {page.Url}");
            await page.Keyboard.PressAsync(isBefore ? "Shift+Tab" : "Tab");
        }

        if (await WhyNotSeenAsync(what) is not null)
        {
            // What was still to come above it has pushed it away since: a step back and forth brings it into sight.
            await page.Keyboard.PressAsync("Shift+Tab");
            await page.Keyboard.PressAsync("Tab");
            Assert.Null(await WhyNotSeenAsync(what));
        }
    }

    // A busy browser scrolls to it a moment later.
    private async Task<string?> WhyNotSeenAsync(ILocator what)
    {
        var wrong = "";
        for (var looks = 0; looks < Patience; looks++)
        {
            wrong = await what.EvaluateAsync<string>(Seen);
            if (wrong.Length == 0)
            {
                return null;
            }

            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }

        return $"{what} on {page.Url}: {wrong}";
    }

    private static Task<bool> HasFocusAsync(ILocator what) =>
        what.EvaluateAsync<bool>("it => it === document.activeElement");
}
