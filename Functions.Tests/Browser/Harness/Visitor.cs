using Autopay.Tests.Fixtures;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Harness;

/// <summary>
/// Somebody at a browser: a role, a window of some size, a theme. Whatever a page does that our policy of content
/// forbids, or that its script throws, fails the test when the visitor leaves.
/// </summary>
internal sealed class Visitor : IAsyncDisposable
{
    /// <summary>Names that mean the widths of <c>docs/console.md</c>.</summary>
    public const int Phone = 360;
    public const int Tablet = 768;
    public const int Desk = 1440;

    private readonly IBrowserContext context;
    private readonly List<string> wrong = [];

    private Visitor(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <param name="role">A development identity; null is a resident, whom nobody knows.</param>
    public static async Task<Visitor> ComeAsync(
        Chromium chromium,
        AppHost app,
        string? role,
        int width = Desk,
        ColorScheme scheme = ColorScheme.Light,
        bool script = true
    )
    {
        var context = await chromium.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = app.Http.BaseAddress!.ToString(),
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = scheme,
                // A colour half-way between two themes is nobody's.
                ReducedMotion = ReducedMotion.Reduce,
                JavaScriptEnabled = script,
                Locale = "en-US",
                HasTouch = width == Phone,
            }
        );
        if (role is not null)
        {
            await context.AddCookiesAsync([
                new Cookie
                {
                    Name = "autopay-user",
                    Value = role,
                    Url = app.Http.BaseAddress!.ToString(),
                },
            ]);
        }

        await context.AddInitScriptAsync(
            """
            window.refusedByPolicy = [];
            document.addEventListener('securitypolicyviolation', it =>
              window.refusedByPolicy.push(`${it.violatedDirective} ${it.blockedURI}`));
            """
        );
        context.SetDefaultTimeout(30_000);
        var visitor = new Visitor(context, await context.NewPageAsync());
        visitor.Page.PageError += (_, error) => visitor.wrong.Add($"script: {error}");
        visitor.Page.Dialog += (_, dialog) => visitor.wrong.Add($"dialog: {dialog.Message}");
        visitor.Page.Console += (_, line) =>
        {
            if (line.Type == "error" && line.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                visitor.wrong.Add(line.Text);
            }
        };
        return visitor;
    }

    public async Task<IResponse> OpenAsync(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{path} has no answer.");

    public Task<string> TitleAsync() => Page.TitleAsync();

    /// <summary>What a person reads in the main part, once all of the page is there.</summary>
    public async Task<string> TextAsync()
    {
        // A click comes back when the next page begins.
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        return await Page.InnerTextAsync("main");
    }

    /// <summary>What the rules of WCAG 2.0 to 2.2, A and AA, find wrong on the page as it stands.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        var result = await Page.RunAxe(
            new AxeRunOptions
            {
                // Of what passes nothing is told: to tell it takes longer than to find what does not.
                ResultTypes = [ResultType.Violations],
                RunOnly = new RunOnlyOptions
                {
                    Type = "tag",
                    Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
                },
            }
        );
        return
        [
            .. result.Violations.SelectMany(rule =>
                rule.Nodes.Select(node => $"{Page.Url}: {rule.Id}: {node.Html}: {rule.Help}")
            ),
        ];
    }

    /// <summary>Whether the page itself scrolls sideways.</summary>
    public Task<bool> ScrollsSidewaysAsync() =>
        Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");

    public async Task ShootAsync(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        var refused = Page.IsClosed ? [] : await Page.EvaluateAsync<string[]>("() => window.refusedByPolicy ?? []");
        await context.DisposeAsync();
        Assert.Empty(wrong.Concat(refused));
    }
}
