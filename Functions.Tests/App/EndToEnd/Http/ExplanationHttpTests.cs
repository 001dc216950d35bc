using System.Net;
using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Autopay.Pages;
using Autopay.Pages.Accounts;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Why was I charged? Over HTTP, as data and as a page.</summary>
public sealed class ExplanationHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Route = "api/accounts/A-1/debits/A-1-1-0001/explanation";
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "96.40")));
        await app.ImportAsync("payments", Payments("P-1,A-1,60.00,check,,2020-01-17,"));
        await app.IdleAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_debit_is_explained_before_and_after_it_was_sent_in_both_languages_and_adds_up()
    {
        var before = await app.GetAsync(Route);
        Assert.Equal(("toCome", 3_640), (before["story"].GetString(), before["amountCents"].GetInt32()));

        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await Eventually.HoldsAsync("asked", async () => (await app.GetAsync(Route))["story"].GetString() == "asked");
        app.MoveTo("2020-02-03T08:00");
        await app.Sandbox.Control.FlushAsync();
        await Eventually.HoldsAsync(
            "collected",
            async () => (await app.GetAsync(Route))["story"].GetString() == "collected"
        );

        var (english, spanish) = (await app.GetAsync($"{Route}?lang=en"), await app.GetAsync($"{Route}?lang=es"));
        Assert.StartsWith("On Wednesday, January 22, 2020 we debited $36.40", First(english), StringComparison.Ordinal);
        Assert.StartsWith(
            "El miércoles 22 de enero de 2020 debitamos $36.40",
            First(spanish),
            StringComparison.Ordinal
        );
        Assert.Equal("collected", english["outcome"].GetString());
        var bill = Assert.Single(english["bills"].EnumerateArray());
        Assert.Equal(
            (9_640, 6_000, 3_640, "check", "2020-01-17"),
            (
                bill.GetProperty("chargesCents").GetInt32(),
                bill.GetProperty("payments")[0].GetProperty("cents").GetInt32(),
                bill.GetProperty("takesCents").GetInt32(),
                bill.GetProperty("payments")[0].GetProperty("channel").GetString(),
                bill.GetProperty("payments")[0].GetProperty("receivedOn").GetString()
            )
        );
    }

    [Fact]
    public async Task The_page_is_the_consoles_in_the_language_that_is_asked_for_and_says_what_the_data_says()
    {
        using var answer = await app.Http.GetAsync($"{Route}?lang=es&format=html");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("no-store", Header(answer, "Cache-Control"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("<html lang=\"es\">", page, StringComparison.Ordinal);
        Assert.Contains("<h1>¿Por qué se me cobró?</h1>", page, StringComparison.Ordinal);
        var data = await app.GetAsync($"{Route}?lang=es");
        var lines = data["text"].GetProperty("sum").EnumerateArray().Select(it => it.GetProperty("text").GetString()!);
        Assert.All(lines, line => Assert.Contains($"<th scope=\"row\">{line}</th>", page, StringComparison.Ordinal));
        Assert.Contains(First(data), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{Route}?lang=fr", 400)]
    [InlineData($"{Route}?lang=EN", 400)]
    [InlineData($"{Route}?lang=en&lang=es", 400)]
    [InlineData($"{Route}?format=pdf", 400)]
    [InlineData($"{Route}?language=es", 400)]
    [InlineData("api/accounts/A-1/debits/A-1-1-0009/explanation", 404)]
    [InlineData("api/accounts/A-9/debits/A-9-1-0001/explanation", 404)]
    [InlineData("api/accounts/A-1/debits/A-2-1-0001/explanation", 400)]
    public async Task What_is_not_there_or_not_asked_rightly_is_refused(string path, int status) =>
        Assert.Equal(status, (await app.GetAsync(path)).Status);

    [Fact]
    public async Task What_others_are_called_is_escaped()
    {
        const string name = "<script>alert('x')</script>\" & co";
        var id = new DebitId(new AccountId("A-1"), 1, 1);
        var day = new DateOnly(2020, 2, 20);
        var explanation = new Explanation(
            id,
            id,
            DebitStory.Collected,
            Money.Zero,
            [],
            new DebitDays(day, day, null, null, day, day, null),
            [new DayReason(DayReasonKind.Released)],
            day
        )
        {
            Release = new ReleaseSum("R-1", "city|bob", name, day),
        };
        var show = app.Services.GetRequiredService<ShowPage>();
        var (frame, _) = await show.FrameAsync(new DefaultHttpContext().Request, CancellationToken.None);

        var page = await show.RenderAsync<Explained>(
            new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Model"] = ExplanationModel.Of(explanation, Words.English, ""),
            }
        );

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    private static string First(Answer answer) =>
        answer["text"].GetProperty("answer")[0].GetProperty("text").GetString()!;

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(',', answer.Headers.GetValues(name));

    private static string Payments(string row) => $"{Csv.PaymentsHeader}\n{row}\n";
}
