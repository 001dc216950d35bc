using System.Text.RegularExpressions;
using Autopay.Tests.Browser.Harness;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>What can be seen wrong about the page that stands in a browser, whatever it is about.</summary>
internal static partial class PageLook
{
    /// <summary>
    /// Where Tab can stop, in the order of reading; what is folded or hidden is no stop. Those behind the header have
    /// their names.
    /// </summary>
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

    /// <summary>Headings, captions and stops, a line each: what somebody hears who sees nothing of it.</summary>
    private const string Outline = """
        () => [...document.querySelectorAll('h1, h2, h3, h4, figcaption, caption, [data-stop]')]
          .filter(it => it.closest('header') === null)
          .map(it => {
            const text = (it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent).replace(/\s+/g, ' ').trim();
            const tag = it.localName === 'input' ? `input ${it.type}` : it.localName;
            return `${it.dataset.stop === undefined ? '' : '→ '}${tag}: ${text}`;
          })
        """;

    /// <summary>Words that stick out of the box that they stand in.</summary>
    private const string Clipped = """
        () => [...document.querySelectorAll('main *, header *, footer *')]
          .filter(it => it.checkVisibility() && it.closest('svg, .hidden-text, .scroll, textarea, input, select') === null)
          .filter(it => it.clientWidth > 0 && it.scrollWidth > it.clientWidth + 1)
          .map(it => it.outerHTML.slice(0, 160))
        """;

    /// <summary>
    /// Of what is pressed with a finger: 44 px high where it stands alone, 24 px in running text; what belongs to a
    /// label is as large as both.
    /// </summary>
    private const string Small = """
        () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
          .filter(it => it.checkVisibility() && it.closest('.hidden-text, .skip') === null)
          .filter(it => {
            const boxes = [it, ...(it.labels ?? [])].map(one => one.getBoundingClientRect());
            const height = Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top));
            return height < (getComputedStyle(it).display === 'inline' ? 23.5 : 43.5);
          })
          .map(it => it.outerHTML.slice(0, 160))
        """;

    /// <summary>Tab through all of it, once and in the order of reading.</summary>
    /// <returns>What is wrong about it; nothing when all is well.</returns>
    public static async Task<IReadOnlyList<string>> TabThroughAsync(Visitor visitor)
    {
        var stops = await visitor.Page.EvaluateAsync<string[]>(Stops);
        List<string> met = [];
        for (var presses = 0; met.Count < stops.Length && presses < stops.Length * 4; presses++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            // The parts of a day are stops of their own, and one field.
            if (await visitor.Page.EvaluateAsync<string>(Here) is { Length: > 0 } stop && stop != met.LastOrDefault())
            {
                met.Add(stop);
            }
        }

        await visitor.Page.Keyboard.PressAsync("Shift+Tab");
        var isTrapped = met.Count > 0 && met[^1] == await visitor.Page.EvaluateAsync<string>(Here);
        var wrong = met.Where((stop, at) => at >= stops.Length || stop != stops[at]).Take(1);
        return
        [
            .. wrong,
            .. met.Count < stops.Length ? ["not all is reached"] : Array.Empty<string>(),
            .. isTrapped ? ["no way back"] : Array.Empty<string>(),
        ];
    }

    /// <summary>After <see cref="TabThroughAsync"/>; without times and ids that another run has otherwise.</summary>
    public static async Task<string> OutlineAsync(Visitor visitor) =>
        string.Join(
            '\n',
            (await visitor.Page.EvaluateAsync<string[]>(Outline)).Select(line =>
                Changing().Replace(line, it => it.Value.Contains(':', StringComparison.Ordinal) ? "{time}" : "{id}")
            )
        );

    public static Task<string[]> ClippedAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string[]>(Clipped);

    public static Task<string[]> SmallAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string[]>(Small);

    [GeneratedRegex(@"\d{1,2}:\d{2}(:\d{2})?( [ap]\.\s?m\.)?|\b[0-9a-f]{12,}\b")]
    private static partial Regex Changing();
}
