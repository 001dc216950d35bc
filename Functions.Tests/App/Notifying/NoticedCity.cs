using System.Text.Json;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Fixtures.Mail;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Autopay.Tests.App.Notifying;

/// <summary>
/// A city that keeps the days of notice: a bill of 41.20, due on Jan 22, was held and is let go on Feb 20. Its customer
/// was told of Jan 22 alone, so seven days of notice come first.
/// </summary>
internal static class NoticedCity
{
    public const string Account = "N-1";

    private const string Header =
        "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email,"
        + "language,card_expires";

    public static Task<AppHost> StartAsync(
        AzuriteFixture azurite,
        MailServer? mail,
        Action<FunctionsApplicationBuilder>? configure = null,
        params IReadOnlyList<(string Name, string Value)> more
    )
    {
        var settings = mail?.Settings() ?? new() { ["Autopay:NoticeClock"] = "Enforce" };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return AppHost.StartAsync(
            azurite,
            "2020-01-13T08:00",
            new AppPlan { Settings = settings, Configure = configure }
        );
    }

    public static string AccountsCsv(string email, string language = "en", string card = "") =>
        $"{Header}\n{Account},1,west,on,cus_{Account},pm_usBankAccount_success,,,{email},{language},{card}\n";

    public static async Task EnrolAsync(this AppHost app, string email, string language = "en", string card = "")
    {
        await app.ImportAsync("accounts", AccountsCsv(email, language, card));
        await app.ImportAsync("bills", Csv.Bills(("B-1", Account, "41.20")));
    }

    /// <summary>Held before its day, and let go four weeks later.</summary>
    public static async Task HoldAndLetGoAsync(this AppHost app)
    {
        Assert.Equal(
            201,
            (
                await app.PostAsync(
                    "api/deferrals",
                    """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"outage"}"""
                )
            ).Status
        );
        app.MoveTo("2020-02-20T08:00");
        await app.TickAsync();
        await app.LetGoAsync();
    }

    public static async Task LetGoAsync(this AppHost app)
    {
        var cleared = await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"all entered"}""");
        Assert.True(cleared.Status == 200, cleared.Text);
        await app.IdleAsync();
    }

    public static async Task<JsonElement> DebitAsync(this AppHost app) =>
        (await app.GetAsync($"api/accounts/{Account}"))["debits"].EnumerateArray().Last();

    public static async Task<JsonElement> NoticeAsync(this AppHost app, int number = 1) =>
        (await app.DebitAsync()).GetProperty("notices").EnumerateArray().ElementAt(number - 1);

    public static Task NoticeIsAsync(this AppHost app, string state, int number = 1) =>
        Eventually.HoldsAsync(
            $"notice {number} is {state}",
            async () =>
                (await app.DebitAsync()).GetProperty("notices").EnumerateArray().ElementAtOrDefault(number - 1)
                    is { ValueKind: JsonValueKind.Object } notice
                && notice.GetProperty("state").GetString() == state
        );

    public static async Task StateIsAsync(this AppHost app, string civil, string state)
    {
        app.MoveTo(civil);
        await app.TickAsync();
        Assert.Equal((civil, state), (civil, (await app.DebitAsync()).GetProperty("state").GetString()));
    }
}
