using Autopay.Tests.App.Identity;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser;

/// <summary>What a person reads whom nobody knows, or who is lost.</summary>
[Collection(GuardedApp.Collection)]
public sealed class ErrorPagesTests(GuardedApp guarded, Chromium chromium)
{
    [Fact]
    public async Task Somebody_whom_nobody_knows_is_asked_to_sign_in_and_sees_nothing_of_the_console()
    {
        await using var stranger = await Visitor.ComeAsync(chromium, guarded.App, role: null, Visitor.Phone);
        var answer = await stranger.OpenAsync("/console/work");

        Assert.Equal(401, answer.Status);
        Assert.Equal("Staff sign in with their city account.", await stranger.Page.InnerTextAsync("h1"));
        Assert.Equal(
            "/.auth/login/aad?post_login_redirect_uri=%2Fconsole%2Fwork",
            await stranger.Page.GetAttributeAsync("a.button", "href")
        );
        Assert.Equal(0, await stranger.Page.Locator("nav, form, .halt, script").CountAsync());
        Assert.Empty(await stranger.AxeAsync());
        Assert.False(await stranger.ScrollsSidewaysAsync());
        await stranger.Page.ClickAsync("text=Payment status");
        Assert.EndsWith("/status", stranger.Page.Url);
    }

    [Fact]
    public async Task Somebody_without_a_role_reads_what_to_give_to_the_administrator()
    {
        await using var nobody = await Visitor.ComeAsync(chromium, guarded.App, role: null);
        await nobody.Page.SetExtraHTTPHeadersAsync(
            new Dictionary<string, string> { [GuardedApp.Header] = GuardedApp.Principal(["Nobody"]) }
        );
        var answer = await nobody.OpenAsync("/console/work");

        Assert.Equal(403, answer.Status);
        Assert.Contains($"{GuardedApp.Tenant}/{GuardedApp.Person}", await nobody.TextAsync());
        Assert.Empty(await nobody.AxeAsync());
    }

    [Fact]
    public async Task A_thing_that_is_not_there_has_a_page_that_leads_back()
    {
        await using var viewer = await Visitor.ComeAsync(chromium, guarded.App, role: null);
        await viewer.Page.SetExtraHTTPHeadersAsync(
            new Dictionary<string, string> { [GuardedApp.Header] = GuardedApp.Principal(["Viewer"]) }
        );
        var answer = await viewer.OpenAsync("/console/imports/no-such-file");

        Assert.Equal(404, answer.Status);
        Assert.StartsWith("Error: ", await viewer.TitleAsync());
        Assert.Contains("There is no import no-such-file.", await viewer.TextAsync());
        Assert.Empty(await viewer.AxeAsync());

        await viewer.OpenAsync("/console/imports/no-such-file?lang=es");
        Assert.Equal("es", await viewer.Page.GetAttributeAsync("html", "lang"));
        Assert.Contains("Aquí no hay nada", await viewer.TextAsync());
    }
}
