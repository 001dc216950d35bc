using Autopay.Hosting.Identity;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>A session whose token ends after an hour, as the platform's does, and what its page does in time.</summary>
public sealed class SessionTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Banner = "[data-session]";
    private static readonly DateTimeOffset Start = new(2020, 2, 20, 16, 0, 0, TimeSpan.Zero);
    private readonly EndingSession session = new(Start.AddMinutes(60));

    [Fact]
    public async Task A_session_is_renewed_ten_minutes_before_its_end_and_the_page_stays_as_it_is()
    {
        await using var app = await StartAsync();
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");
        var asked = await RefreshAsync(viewer, () => session.Until = Start.AddMinutes(110));
        await viewer.Page.Clock.InstallAsync();
        await viewer.OpenAsync("/console");

        await viewer.Page.Clock.FastForwardAsync("49:00");
        Assert.Empty(asked);
        await viewer.Page.RunAndWaitForResponseAsync(
            () => viewer.Page.Clock.FastForwardAsync("02:00"),
            answer => answer.Url.EndsWith("/api/me", StringComparison.Ordinal)
        );

        Assert.Single(asked);
        Assert.False(await viewer.Page.IsVisibleAsync(Banner));
    }

    [Fact]
    public async Task Where_the_platform_renews_nothing_the_page_says_when_it_ends_and_offers_another_sign_in()
    {
        session.Until = Start.AddMinutes(5);
        await using var app = await StartAsync();
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");
        await RefreshAsync(viewer, () => { });
        await viewer.OpenAsync("/console");

        await viewer.Page.Locator(Banner).WaitForAsync();

        Assert.Contains("ends at 10:05", await viewer.Page.InnerTextAsync(Banner), StringComparison.Ordinal);
        Assert.Equal(
            "/.auth/login/aad?post_login_redirect_uri=%2Fconsole",
            await viewer.Page.Locator($"{Banner} a").GetAttributeAsync("href")
        );
        Assert.Empty(await viewer.AxeAsync());
    }

    [Fact]
    public async Task Where_nothing_ends_by_itself_no_page_has_a_word_or_a_script_of_it()
    {
        session.Until = null;
        await using var app = await StartAsync();
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");
        await viewer.OpenAsync("/console");

        Assert.Equal(0, await viewer.Page.Locator($"{Banner}, script[src*=session]").CountAsync());
    }

    private Task<AppHost> StartAsync() =>
        AppHost.StartAsync(
            azurite,
            "2020-02-20T10:00",
            builder => builder.Services.AddSingleton<IDevelopmentIdentity>(session)
        );

    // The platform's own route, which no machine of ours has.
    private static async Task<List<string>> RefreshAsync(Visitor viewer, Action then)
    {
        List<string> asked = [];
        await viewer.Page.RouteAsync(
            "**/.auth/refresh",
            route =>
            {
                asked.Add(route.Request.Url);
                then();
                return route.FulfillAsync(new RouteFulfillOptions { Status = 200 });
            }
        );
        return asked;
    }

    private sealed class EndingSession(DateTimeOffset? until) : IDevelopmentIdentity
    {
        public DateTimeOffset? Until { get; set; } = until;

        public Task<Caller> IdentifyAsync(HttpContext http) =>
            Task.FromResult(
                new Caller("viewer", new HashSet<Role> { Role.Viewer, Role.Importer }) { SignedInUntil = Until }
            );
    }
}
