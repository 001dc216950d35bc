using System.Globalization;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Budgets;

/// <summary>
/// A city of any size in its outage, made by the app itself from files: some cycles with a bill an account, all of them
/// held, sixty payments of nobody; cycle 1 is cleared and its release waits for a go.
/// </summary>
internal static class BudgetCity
{
    private const int RowsOfAFile = 25_000;

    /// <summary>More than a page of the work list has.</summary>
    private const int Suspense = 60;

    public static async Task<AppHost> OpenAsync(AzuriteFixture azurite, int accounts, int cycles = 4)
    {
        var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T07:00",
            new AppPlan { Settings = Settings(cycles).ToDictionary(it => it.Key, string? (it) => it.Value) }
        );
        foreach (var some in Enumerable.Range(1, accounts).Chunk(RowsOfAFile))
        {
            await app.ImportAsync("accounts", AccountsOf(some, cycles));
            await app.ImportAsync("bills", BillsOf(some, cycles));
        }

        await app.ImportAsync(
            "payments",
            Csv.Payments([.. Enumerable.Range(1, Suspense).Select(it => ($"P-{it}", $"NOBODY-{it}", "48.00"))])
        );
        await app.IdleAsync();
        await PostAsync(
            app,
            "api/deferrals",
            $$"""{"id":"outage","cycles":[{{string.Join(',', Enumerable.Range(1, cycles))}}],"dueFrom":"2020-01-22","dueTo":"{{Due(cycles):yyyy-MM-dd}}","action":"hold","reason":"Cashiers down"}"""
        );
        await app.IdleAsync();
        app.MoveTo("2020-02-20T10:00");
        await app.TickAsync();
        await ReleaseAsync(app);
        return app;
    }

    private static async Task ReleaseAsync(AppHost app)
    {
        var cleared = await app.PutAsync(
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"All in","receivedThrough":{"cash":"2020-02-19"}}""",
            "preparer"
        );
        Assert.True(cleared.Status == 200, cleared.Text);
        await app.TickAsync();
        await PostAsync(app, "api/cycles/1/release-plan", """{"reason":"All in"}""");
        await StepAsync(app, "draft");
        await PostAsync(app, "api/releases/R-1/seal", """{"reason":"Looked at","first":5}""");
        var plan = await app.GetAsync("api/releases/R-1");
        var total = plan["totals"].GetProperty("toBank").GetProperty("cents").GetInt64();
        var approved = await app.PostAsync(
            "api/releases/R-1/approve",
            $$"""{"hash":"{{plan["hash"].GetString()}}","totalCents":{{total}},"reason":"Read it"}""",
            "approver"
        );
        Assert.True(approved.Status == 200, approved.Text);
        await StepAsync(app, "waitsForGo");
        await app.IdleAsync();
    }

    private static Task StepAsync(AppHost app, string step) =>
        Eventually.HoldsAsync(
            $"the release is at {step}",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == step
        );

    private static async Task PostAsync(AppHost app, string path, string json)
    {
        var answer = await app.PostAsync(path, json, "preparer");
        Assert.True(answer.Status is 200 or 201 or 202, answer.Text);
    }

    private static IEnumerable<KeyValuePair<string, string>> Settings(int cycles)
    {
        yield return new("Autopay:ReleaseApproval", "true");
        foreach (var at in Enumerable.Range(0, cycles))
        {
            yield return new($"Autopay:Cycles:{at}:Cycle", $"{at + 1}");
            yield return new($"Autopay:Cycles:{at}:Name", $"Cycle {at + 1}");
            yield return new($"Autopay:Cycles:{at}:Area", at < cycles / 2 ? "west" : "east");
        }
    }

    private static string AccountsOf(IEnumerable<int> numbers, int cycles) =>
        "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email\n"
        + string.Concat(numbers.Select(it => $"A-{it},{CycleOf(it, cycles)},west,on,cus_{it},pm_{it},,,\n"));

    // From 30 to 130 dollars, as bills of a small house are.
    private static string BillsOf(IEnumerable<int> numbers, int cycles) =>
        $"{Csv.BillsHeader}\n"
        + string.Concat(numbers.Select(it => BillOf(it, CycleOf(it, cycles), 3_000 + (it * 37 % 10_000))));

    private static string BillOf(int number, int cycle, int cents)
    {
        var due = Due(cycle);
        var amount = (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        var days = $"{due.AddDays(-14):yyyy-MM-dd},{due:yyyy-MM-dd},{due.AddDays(7):yyyy-MM-dd}";
        return $"B-{number},A-{number},{cycle},{days},{amount},0.00,{amount}\n";
    }

    private static DateOnly Due(int cycle) => new DateOnly(2020, 1, 15).AddDays(7 * cycle);

    private static int CycleOf(int number, int cycles) => 1 + (number % cycles);
}
