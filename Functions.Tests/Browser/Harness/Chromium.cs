using Autopay.Tests.Browser.Harness;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Autopay.Tests.Browser.Harness;

/// <summary>
/// The system's own browser, one for all tests, started when the first of them wants it. Where there is none the tests
/// fail with the command that brings it. The shell without windows comes first: it shows and reads pages as the whole
/// browser does, and needs less than half of its processor time (D302).
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    public const string Install = "apt-get install -y chromium-headless-shell fonts-liberation2 fonts-dejavu-core";
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    ];
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>A browser of somebody's own: nothing is shared with another one's.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        await (await started.Value).Browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            var (playwright, browser) = await started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        // Many tests share few cores.
        Assertions.SetDefaultExpectTimeout(60_000);
        // Root may not use the browser's sandbox; in a container there is only root.
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Find(),
                Args = Environment.UserName == "root" ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"],
            }
        );
        return (playwright, browser);
    }

    private static string Find() =>
        (
            from name in Names
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            let path = Path.Combine(folder, name)
            where File.Exists(path)
            select path
        ).FirstOrDefault() ?? throw new InvalidOperationException($"There is no browser. Type: {Install}");
}
