using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Acts;

/// <summary>A finance office at its pages, and what holds on each of them.</summary>
internal static class Office
{
    public const string Morning = "2020-01-21T07:00";

    private static readonly Dictionary<string, string?> Usual = [];

    private static readonly (string Account, string Charges)[] Bills =
    [
        ("A-1", "41.20"),
        ("A-2", "63.00"),
        ("A-3", "55.00"),
        ("A-4", "20.00"),
    ];

    /// <summary>Two cycles with names; a release needs two people.</summary>
    public static Task<AppHost> OpenAsync(AzuriteFixture azurite, string at = Morning) =>
        OpenAsync(azurite, Bills, Usual, at);

    /// <inheritdoc cref="OpenAsync(AzuriteFixture, string)"/>
    public static async Task<AppHost> OpenAsync(
        AzuriteFixture azurite,
        IReadOnlyList<(string Account, string Charges)> bills,
        IReadOnlyDictionary<string, string?> settings,
        string at = Morning
    )
    {
        var app = await AppHost.StartAsync(
            azurite,
            at,
            new AppPlan
            {
                Settings = new Dictionary<string, string?>(settings)
                {
                    ["Autopay:ReleaseApproval"] = "true",
                    ["Autopay:Cycles:0:Cycle"] = "1",
                    ["Autopay:Cycles:0:Name"] = "Cycle 1",
                    ["Autopay:Cycles:0:Area"] = "west",
                    ["Autopay:Cycles:1:Cycle"] = "2",
                    ["Autopay:Cycles:1:Name"] = "Cycle 2",
                    ["Autopay:Cycles:1:Area"] = "west",
                },
            }
        );
        await app.ImportAsync("accounts", Csv.Accounts([.. bills.Select(it => it.Account)]));
        await app.ImportAsync("bills", Csv.Bills([.. bills.Select(it => ($"B-{it.Account}", it.Account, it.Charges))]));
        await app.IdleAsync();
        return app;
    }

    /// <summary>The same, held since yesterday and cleared: what is left waits for a plan.</summary>
    public static Task<AppHost> ClearedAsync(AzuriteFixture azurite) => ClearedAsync(azurite, Usual);

    /// <inheritdoc cref="ClearedAsync(AzuriteFixture)"/>
    public static async Task<AppHost> ClearedAsync(
        AzuriteFixture azurite,
        IReadOnlyDictionary<string, string?> settings
    )
    {
        var app = await HeldAsync(azurite, settings);
        app.MoveTo("2020-02-20T10:00");
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-4", "20.00"), ("P-2", "A-1", "1.20")));
        var cleared = await app.PutAsync(
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"All receipts are in","receivedThrough":{"cash":"2020-02-19"}}""",
            "preparer"
        );
        Assert.True(cleared.Status == 200, cleared.Text);
        await app.TickAsync();
        return app;
    }

    public static Task<AppHost> HeldAsync(AzuriteFixture azurite) => HeldAsync(azurite, Usual);

    /// <inheritdoc cref="HeldAsync(AzuriteFixture)"/>
    public static async Task<AppHost> HeldAsync(AzuriteFixture azurite, IReadOnlyDictionary<string, string?> settings)
    {
        var app = await OpenAsync(azurite, Bills, settings);
        var held = await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Cashiers down"}""",
            "preparer"
        );
        Assert.True(held.Status == 201, held.Text);
        await app.IdleAsync();
        return app;
    }

    /// <summary>Presses a button and waits for the page of what was changed.</summary>
    public static async Task PressAsync(this Visitor visitor, string button)
    {
        // It may be the page of another change already.
        var before = visitor.Page.Url;
        await visitor
            .Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true })
            .ClickAsync();
        await visitor.Page.WaitForURLAsync(url => url != before && url.Contains("done=", StringComparison.Ordinal));
    }

    public static Task FillAsync(this Visitor visitor, string label, string text) =>
        visitor.Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).First.FillAsync(text);

    /// <summary>The text of a part of the page, once it has some words in it.</summary>
    public static async Task<string> WaitForAsync(this Visitor visitor, string selector, string words)
    {
        var part = visitor.Page.Locator(selector);
        try
        {
            await part.Filter(new LocatorFilterOptions { HasText = words }).First.WaitForAsync();
        }
        catch (TimeoutException)
        {
            Assert.Fail(
                $"{selector} has not '{words}', but '{string.Join("' and '", await part.AllInnerTextsAsync())}'"
            );
        }

        return await part.First.InnerTextAsync();
    }

    /// <summary>In each theme, language and width once: axe finds nothing, and nothing scrolls sideways.</summary>
    public static async Task FitsEveryoneAsync(
        this Chromium chromium,
        AppHost app,
        string role,
        string path,
        string name
    )
    {
        foreach (
            var (width, scheme, language) in new[]
            {
                (Visitor.Phone, ColorScheme.Dark, "es"),
                (Visitor.Desk, ColorScheme.Light, "en"),
            }
        )
        {
            await using var visitor = await Visitor.ComeAsync(chromium, app, role, width, scheme);
            await visitor.OpenAsync(
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}"
            );
            Assert.Empty(await visitor.AxeAsync());
            Assert.False(await visitor.ScrollsSidewaysAsync(), $"{path} scrolls sideways at {width} in {language}");
            if (Environment.GetEnvironmentVariable("AUTOPAY_SHOTS") is { Length: > 0 } folder)
            {
                await visitor.ShootAsync(Path.Combine(folder, $"{name}-{width}-{language}.png"));
            }
        }
    }
}
