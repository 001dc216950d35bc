using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// A city's whole export over HTTP: what a clerk must act on was hidden among hundreds of rows that nobody must act on.
/// </summary>
public sealed class ClerksFileHttpCaseTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Conflicts = "10-conflict-hidden-by-unknown-accounts";
    private const string Strays = "15-suspense-holds-everybody-off-autopay";
    private AppHost app = null!;

    public async ValueTask InitializeAsync() => app = await AppHost.StartAsync(azurite, "2026-06-15T08:01");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task R31_R33_All_twenty_conflicts_are_among_the_findings_beside_260_bills_of_unknown_accounts()
    {
        await app.ImportAsync("accounts", Text(Conflicts, "accounts.csv"));
        await app.ImportAsync("bills", Text(Conflicts, "bills-first.csv"));
        var import = await app.ImportAsync("bills", Text(Conflicts, "bills-all.csv"));

        Assert.Equal((20, 260), (Result(import, "conflicts"), Result(import, "unknownAccounts")));
        var found = import["findings"].EnumerateArray().Select(it => it.GetProperty("account").GetString()!).Take(20);
        Assert.Equal(Enumerable.Range(0, 20).Select(it => $"C{it:00}"), found.Order(StringComparer.Ordinal));
        var listed = (await app.GetAsync("api/work?kind=correction&limit=100"))["items"].EnumerateArray().ToList();
        Assert.Equal(20, listed.Count);
    }

    [Fact]
    public async Task R31_One_corrected_payment_comes_before_300_payments_of_unknown_accounts()
    {
        await app.ImportAsync("accounts", Text(Conflicts, "accounts.csv"));
        await app.ImportAsync("payments", $"{Csv.PaymentsHeader}\nP1,C07,5.00,cash,W1,2026-06-12,\n");
        var strays = string.Concat(
            Enumerable.Range(0, 300).Select(it => $"Q{it:000},X{it:000},1.00,cash,W1,2026-06-12,\n")
        );
        var import = await app.ImportAsync(
            "payments",
            $"{Csv.PaymentsHeader}\n{strays}P1,C07,6.00,cash,W1,2026-06-12,\n"
        );

        Assert.Equal((1, 300), (Result(import, "conflicts"), Result(import, "unknownAccounts")));
        Assert.Equal("C07", import["findings"][0].GetProperty("account").GetString());
        Assert.Equal((301, 200), (import["findingCount"].GetInt32(), import["findings"].GetArrayLength()));
        Assert.Equal($"/api/imports/{import["id"]}/findings", import["moreFindings"].GetString());
        var csv = (await app.GetAsync($"api/imports/{import["id"]}/findings?format=csv")).Text;
        Assert.Equal(302, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task R39_When_customers_off_autopay_are_known_the_one_real_stray_is_found()
    {
        var payments = Text(Strays, "payments.csv");
        var everybody = payments
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(row => row.Split(',')[1])
            .Where(account => account.StartsWith('X'))
            .Select(account => $"{account},1,west,off,,,,,\n");
        await app.ImportAsync("accounts", Text(Strays, "accounts.csv") + string.Concat(everybody));
        var import = await app.ImportAsync("payments", payments);

        Assert.Equal((60, 1), (Result(import, "applied"), Result(import, "unknownAccounts")));
        var stray = Assert.Single((await app.GetAsync("api/work?kind=suspense"))["items"].EnumerateArray());
        Assert.Equal(
            ("Q999", 64_00),
            (stray.GetProperty("payment").GetString(), stray.GetProperty("cents").GetInt32())
        );
        Assert.Contains("10-0O30", stray.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R33_R39_What_was_in_suspense_posts_itself_when_the_customers_off_autopay_come()
    {
        await app.ImportAsync("accounts", Text(Strays, "accounts.csv"));
        Assert.Equal(61, Result(await app.ImportAsync("payments", Text(Strays, "payments.csv")), "unknownAccounts"));
        var header = Text(Strays, "accounts.csv").Split('\n')[0];
        await app.ImportAsync(
            "accounts",
            $"{header}\n" + string.Concat(Enumerable.Range(0, 60).Select(it => $"X{it:000},1,west,off,,,,,\n"))
        );

        var items = (await app.GetAsync("api/work?kind=suspense"))["items"];
        Assert.Equal("Q999", Assert.Single(items.EnumerateArray()).GetProperty("payment").GetString());
        Assert.Equal(77_50, (await app.GetAsync("api/accounts/X057"))["creditCents"].GetInt32());
    }

    private static int Result(Answer import, string name) => import["result"].GetProperty(name).GetInt32();

    private static string Text(string name, string file) =>
        File.ReadAllText(Path.Combine(CaseDrill.FolderOf(name), file));
}
