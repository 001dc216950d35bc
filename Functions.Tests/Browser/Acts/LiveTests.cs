using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Acts;

/// <summary>What moves on a page: heard without noise, grey while nobody answers, loud when all is halted.</summary>
public sealed class LiveTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Progress = "**/console/releases/R-1/progress**";

    /// <summary>More looks than a minute and a half has.</summary>
    private const int Looks = 60;

    /// <summary>What a screen reader would say, each time that it would.</summary>
    private const string Ear = """
        window.heard = [];
        document.addEventListener('DOMContentLoaded', () => {
          const line = document.querySelector('[data-told]');
          if (line !== null) new MutationObserver(() => window.heard.push(line.textContent)).observe(line, { childList: true });
        });
        """;

    private const string Offline = "No connection: these are the last numbers";

    private int looks;
    private bool isAway;

    [Fact]
    public async Task It_is_read_out_every_quarter_of_a_minute_at_most_is_grey_when_old_and_loud_when_halted()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await ReleaseActs.WaitsForGoAsync(app);
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");
        await viewer.Page.Clock.InstallAsync();
        await viewer.Page.AddInitScriptAsync(Ear);
        await viewer.Page.RouteAsync(Progress, AnswerAsync);
        await viewer.OpenAsync("/console/releases/R-1");

        var passed = await RunUntilAsync(viewer, () => Task.FromResult(looks >= Looks));
        var heard = await viewer.Page.EvaluateAsync<string[]>("() => window.heard");
        Assert.InRange(heard.Length, 2, 1 + passed / 15);
        Assert.All(heard, said => Assert.Matches(@"^\d+ of 99 debits$", said));
        Assert.Equal(0, await viewer.Page.Locator("[data-live] [role=status], [data-live][aria-live]").CountAsync());

        isAway = true;
        await RunUntilAsync(viewer, () => IsOldAsync(viewer));
        Assert.Contains(Offline, await viewer.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("of 99 debits", await viewer.TextAsync(), StringComparison.Ordinal);
        isAway = false;
        await RunUntilAsync(viewer, async () => !await IsOldAsync(viewer));
        Assert.DoesNotContain(Offline, await viewer.TextAsync(), StringComparison.Ordinal);

        await viewer.Page.UnrouteAsync(Progress);
        await app.PutAsync("api/halt", """{"halted":true,"reason":"It looks wrong"}""", "approver");
        var alarm = viewer.Page.Locator("[data-live] [role=alert]");
        await RunUntilAsync(viewer, async () => await alarm.CountAsync() > 0);
        var told = await alarm.InnerTextAsync();
        Assert.StartsWith("All charging is halted since", told, StringComparison.Ordinal);
        Assert.EndsWith("Bills, payments and holds go on. 1 debit had already left.", told, StringComparison.Ordinal);
    }

    private async Task AnswerAsync(IRoute route)
    {
        looks++;
        await (
            isAway
                ? route.AbortAsync()
                : route.FulfillAsync(
                    new RouteFulfillOptions
                    {
                        ContentType = "text/html",
                        Headers = new Dictionary<string, string> { ["ETag"] = $"\"{looks}\"" },
                        Body = $"<div data-part><p>{looks} of 99 debits</p></div>",
                    }
                )
        );
    }

    /// <returns>Seconds of the page's clock.</returns>
    private static async Task<int> RunUntilAsync(Visitor visitor, Func<Task<bool>> isSo)
    {
        const int most = 1_000;
        var seconds = 0;
        while (!await isSo())
        {
            Assert.True(seconds < most, "It never came.");
            await visitor.Page.Clock.RunForAsync(1_000);
            seconds++;
        }

        return seconds;
    }

    private static Task<bool> IsOldAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<bool>("() => document.querySelector('[data-live].old') !== null");
}
