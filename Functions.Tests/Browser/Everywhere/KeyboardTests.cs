using System.Text.RegularExpressions;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>Tab alone, and letters as large as somebody needs them, on the pages of a held city.</summary>
[Collection(HeldCity.Collection)]
public sealed class KeyboardTests(HeldCity city, Chromium chromium)
{
    /// <summary>Where Tab can stop, in the order of reading; what is folded or hidden is no stop.</summary>
    private const string Stops = """
        () => [...document.querySelectorAll('a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
          .filter(it => it.checkVisibility({ visibilityProperty: true }) && (it.type !== 'radio' || it.checked))
          .map((it, at) => { it.dataset.stop = at; return `${at}`; })
        """;

    /// <summary>The stop that has the focus; with what is wrong about how it shows it.</summary>
    private const string Here = """
        () => {
          const it = document.activeElement;
          if (it === document.body || it.dataset.stop === undefined) return '';
          const [box, style] = [it.getBoundingClientRect(), getComputedStyle(it)];
          const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          return it.dataset.stop + (isSeen ? '' : ' shows no focus: ' + it.outerHTML) + (isInSight ? '' : ' is out of sight: ' + it.outerHTML);
        }
        """;

    public static TheoryData<string> Pages =>
        [
            "/console",
            "/console/timeline",
            "/console/cycles/1",
            "/console/cycles/1/certificate",
            "/console/deferrals/new?ready=outage",
            "/console/deferrals/outage",
            "/console/protections",
            "/console/releases",
            "/console/imports",
            "/console/accounts/A-1",
            "/console/accounts/A-1/debits/A-1-1-0001",
            "/console/accounts/A-1/do/skip?of=B-1",
            "/console/work",
            "/console/reconcile",
            "/console/months/2020-01",
            "/console/audit",
            "/console/health",
            "/console/halt",
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Tab_goes_through_the_whole_page_in_the_order_of_reading_and_is_seen_at_each_stop(string path)
    {
        await using var preparer = await Visitor.ComeAsync(chromium, city.App, "preparer");
        await preparer.OpenAsync(path);
        var stops = await preparer.Page.EvaluateAsync<string[]>(Stops);
        List<string> met = [];

        for (var presses = 0; met.Count < stops.Length && presses < stops.Length * 4; presses++)
        {
            await preparer.Page.Keyboard.PressAsync("Tab");
            // The parts of a day are stops of their own, and one field.
            if (await preparer.Page.EvaluateAsync<string>(Here) is { Length: > 0 } stop && stop != met.LastOrDefault())
            {
                met.Add(stop);
            }
        }

        Assert.Equal(stops, met);
        await preparer.Page.Keyboard.PressAsync("Shift+Tab");
        Assert.NotEqual(met[^1], await preparer.Page.EvaluateAsync<string>(Here));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Letters_of_twice_the_size_and_a_very_narrow_window_cut_nothing_off(string path)
    {
        foreach (var (width, size) in new[] { (320, "100%"), (1280, "200%"), (1280, "400%") })
        {
            await using var visitor = await Visitor.ComeAsync(chromium, city.App, "preparer", width);
            await visitor.OpenAsync(path);
            await visitor.Page.EvaluateAsync("size => document.documentElement.style.fontSize = size", size);

            Assert.False(await visitor.ScrollsSidewaysAsync(), $"{path} scrolls sideways at {width} with {size}");
        }
    }

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
