using System.Text.Json;
using Autopay.Tests.Browser.Acts;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser;

/// <summary>Who reads Spanish pages is refused in Spanish; a program that does not ask is told in English.</summary>
public sealed class SpanishRefusalTests(AzuriteFixture azurite, Chromium chromium) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync() => app = await Office.OpenAsync(azurite);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_form_of_a_Spanish_page_is_refused_in_Spanish_and_of_an_English_one_in_English()
    {
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        Assert.Equal("Account A-1 has no bill B-77.", await RefusedAsync(preparer, "en"));
        Assert.Equal("La cuenta A-1 no tiene la factura B-77.", await RefusedAsync(preparer, "es"));
    }

    [Theory]
    [InlineData("es", "No existe la exención «none».", "es")]
    [InlineData("es-MX,es;q=0.9,en;q=0.5", "No existe la exención «none».", "es")]
    [InlineData("en-US", "There is no waiver 'none'.", null)]
    [InlineData("de", "There is no waiver 'none'.", null)]
    [InlineData(null, "There is no waiver 'none'.", null)]
    public async Task A_program_is_answered_in_the_language_that_it_asks_for(
        string? language,
        string detail,
        string? marked
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/waivers/none/withdraw/preview");
        request.Headers.Add("X-Autopay-User", "preparer");
        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        using var answer = await app.Http.SendAsync(request);

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(detail, problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal(marked is null ? [] : [marked], answer.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task A_page_that_is_not_there_and_the_health_of_a_halted_city_are_read_in_Spanish()
    {
        await app.PutAsync("api/halt", """{"halted":true,"reason":"It looks wrong"}""", "preparer");
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer");

        await viewer.OpenAsync("/console/cycles/77?lang=es");
        Assert.Contains("No existe el ciclo 77.", await viewer.TextAsync(), StringComparison.Ordinal);
        await viewer.OpenAsync("/console/health?lang=es");
        Assert.Contains("detenido: ", await viewer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await viewer.Page.Locator("main [lang=en]").CountAsync());
    }

    // The form is sent for a bill that nobody has: what the page shows is of another moment.
    private static async Task<string> RefusedAsync(Visitor preparer, string language)
    {
        await preparer.OpenAsync($"/console/accounts/A-1/do/skip?of=B-A-1&lang={language}");
        await preparer.Page.EvaluateAsync(
            "() => { const form = document.querySelector('form[data-send]');"
                + " form.dataset.send = form.dataset.send.replace('B-A-1', 'B-77'); }"
        );
        await preparer.Page.Locator("main textarea").FillAsync("Paid at the counter");
        await preparer.Page.Locator("main [data-act]").ClickAsync();
        var answer = preparer.Page.Locator("[data-answer][data-kind=refused]");
        await Assertions.Expect(answer).Not.ToBeEmptyAsync();
        return await answer.InnerTextAsync();
    }
}
