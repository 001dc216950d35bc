using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>The local host's clock takes its timers with it: a drill of weeks has its nights.</summary>
public sealed class MovedClockTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Weeks_that_pass_at_once_run_each_nightly_timer_once()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));

        await app.PutAsync("local/clock", """{"now":"2020-02-11T08:00"}""");
        await NightsAsync(app, 1);
        await app.PutAsync("local/clock", """{"now":"2020-03-11T08:00"}""");
        await NightsAsync(app, 2);
    }

    private static Task NightsAsync(AppHost app, int nights) =>
        Eventually.HoldsAsync(
            $"{nights} nights have passed",
            async () =>
                (
                    await CountAsync(app, "api/reconcile"),
                    await CountAsync(app, "api/invariants"),
                    await CountAsync(app, "api/backups")
                ) == (nights, nights, nights)
        );

    private static async Task<int> CountAsync(AppHost app, string list) =>
        (await app.GetAsync(list))["items"].GetArrayLength();
}
