using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>
/// The whole product: every page, full and empty and of what is not there, in the light, in the dark and on paper, at
/// three widths and in two languages. With AUTOPAY_SHOTS the pictures are kept for whoever wants to look at them.
/// </summary>
[Collection(HeldCity.Collection)]
public sealed class EveryLookTests(HeldCity city, AzuriteFixture azurite, Chromium chromium)
{
    private static readonly int[] Widths = [Visitor.Phone, Visitor.Tablet, Visitor.Desk];
    private static readonly string[] Languages = ["en", "es"];
    private static readonly (string Name, ColorScheme Scheme, Media Media)[] Looks =
    [
        ("light", ColorScheme.Light, Media.Screen),
        ("dark", ColorScheme.Dark, Media.Screen),
        ("print", ColorScheme.Dark, Media.Print),
    ];

    private readonly List<string> wrong = [];
    private int checks;

    private static string? Shots =>
        Environment.GetEnvironmentVariable("AUTOPAY_SHOTS") is { Length: > 0 } it ? it : null;

    [Fact]
    public async Task Nothing_is_wrong_with_any_page_in_any_look()
    {
        Soak.Only();
        await using var empty = await AppHost.StartAsync(azurite, "2020-01-21T07:00");
        foreach (var width in Widths)
        {
            await LookAsync(city.App, "", await PageList.OfAsync(city.App), width);
            await LookAsync(empty, "empty-", PageList.Empty, width);
            await LookAsync(city.App, "", PageList.Public, width, role: null);
        }

        await Soak.ReportAsync("pages", new { Checks = checks, Wrong = wrong.Count });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task LookAsync(
        AppHost app,
        string state,
        IReadOnlyList<PageOf> pages,
        int width,
        string? role = "preparer"
    )
    {
        await using var visitor = await Visitor.ComeAsync(chromium, app, role, width);
        foreach (var page in pages)
        {
            foreach (var language in Languages)
            {
                await visitor.OpenAsync(page.In(language));
                foreach (var look in Looks)
                {
                    await visitor.Page.EmulateMediaAsync(new() { ColorScheme = look.Scheme, Media = look.Media });
                    checks++;
                    await LookAsync(visitor, $"{state}{page.Name}-{width}-{look.Name}-{language}");
                }
            }
        }
    }

    private async Task LookAsync(Visitor visitor, string name)
    {
        if (Shots is { } folder)
        {
            await visitor.ShootAsync(Path.Combine(folder, $"{name}.png"));
        }

        var sideways = await visitor.ScrollsSidewaysAsync() ? ["it scrolls sideways"] : Array.Empty<string>();
        wrong.AddRange(
            (await visitor.AxeAsync())
                .Concat(sideways)
                // On paper nothing is pressed.
                .Where(it =>
                    !name.Contains("-print-", StringComparison.Ordinal)
                    || !it.Contains(": target-size: ", StringComparison.Ordinal)
                )
                .Select(it => $"{name}: {it}")
        );
    }
}
