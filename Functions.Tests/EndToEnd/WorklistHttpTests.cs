using System.Text.Json;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.EndToEnd;

/// <summary>Finance's list over HTTP, as JSON and as a file for a spreadsheet.</summary>
public sealed class WorklistHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2", "A-3").Replace("pm_A-1", "pm_usBankAccount_accountClosed", StringComparison.Ordinal));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00"), ("B-3", "A-3", "10.00")));
        await app.PutAsync("api/accounts/A-2/suspension", """{"on":true,"reason":"Moved"}""");
        await app.ImportAsync("balances", "account_id,bill_id,open_amount,as_of\nA-3,B-3,25.00,2020-01-21\n");
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        app.MoveTo("2020-01-29T08:00");
        await Eventually.HoldsAsync("both debits are answered", async () => await StatesAsync("A-1", "A-3") is ["uncollected", "collected"]);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Each_bill_says_why_since_when_and_what_can_be_done_and_leaves_by_that()
    {
        Assert.Equal(
            ["blocked A-1 B-1 4120 rearm,skip,lift suspension", "suspended A-2 B-2 6300 lift suspension,skip", "warning A-3 B-3 0 dismiss"],
            (await ListAsync())["bills"].EnumerateArray().Select(it => $"{Of(it, "kind")} {Of(it, "account")} {Of(it, "bill")} {Of(it, "openCents")} {string.Join(',', it.GetProperty("actions").EnumerateArray())}"));
        Assert.Equal(["blocked 1 4120", "notCollected 0 0", "suspended 1 6300", "warning 1 0"], await TotalsAsync());
        var first = (await ListAsync())["bills"][0];
        Assert.StartsWith("Uncollected: ", Of(first, "reason"), StringComparison.Ordinal);
        Assert.Equal(("1", "2020-01-22", 29), (Of(first, "cycle"), Of(first, "dueDate"), DateOnly.Parse(Of(first, "since"), System.Globalization.CultureInfo.InvariantCulture).Day + first.GetProperty("ageDays").GetInt32()));

        foreach (var (method, path) in new[] { ("POST", "A-1/bills/B-1/skip"), ("POST", "A-3/bills/B-3/dismiss"), ("PUT", "A-2/suspension") })
        {
            var body = method == "PUT" ? """{"on":false,"reason":"Looked at"}""" : """{"reason":"Looked at"}""";
            Assert.Equal(200, (await app.SendAsync(Refusing.Request(method, $"api/accounts/{path}", body))).Status);
        }

        Assert.Equal(["blocked 0 0", "notCollected 0 0", "suspended 0 0", "warning 0 0"], await TotalsAsync());
        Assert.All((await app.GetAsync("health/deep"))["worklist"].EnumerateArray(), total => Assert.Equal(0, total.GetProperty("bills").GetInt32()));
    }

    [Fact]
    public async Task On_day_200_it_is_as_right_as_on_the_first_though_the_debit_was_archived()
    {
        var blocked = (await ListAsync())["bills"][0];
        app.MoveTo("2020-08-10T08:00");
        await app.ImportAsync("bill-adjustments", "adjustment_id,account_id,bill_id,amount,reason\nJ-1,A-1,B-1,-1.20,Misread\n");
        await app.TickAsync();

        var later = (await ListAsync())["bills"][0];
        Assert.Equal(("B-1", "4000", Of(blocked, "since"), Of(blocked, "reason")), (Of(later, "bill"), Of(later, "openCents"), Of(later, "since"), Of(later, "reason")));
        Assert.Equal(194, later.GetProperty("ageDays").GetInt32() - blocked.GetProperty("ageDays").GetInt32());
    }

    [Fact]
    public async Task As_a_file_it_has_the_same_rows_and_the_totals_last()
    {
        var lines = (await app.GetAsync("api/worklist?format=csv")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("kind,account,bill,cycle,due_date,open,reason,since,age_days,actions,import", lines[0]);
        Assert.StartsWith("blocked,A-1,B-1,1,2020-01-22,41.20,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",rearm; skip; lift suspension,", lines[1], StringComparison.Ordinal);
        Assert.Equal(["total,,,,,41.20,1 blocked,,,,", "total,,,,,0.00,0 notcollected,,,,", "total,,,,,63.00,1 suspended,,,,", "total,,,,,0.00,1 warning,,,,"], lines[4..]);
    }

    private Task<Answer> ListAsync() => app.GetAsync("api/worklist");

    private async Task<List<string>> TotalsAsync() =>
        [.. (await ListAsync())["totals"].EnumerateArray().Select(it => $"{Of(it, "kind")} {Of(it, "bills")} {Of(it, "openCents")}")];

    private async Task<List<string>> StatesAsync(params string[] accounts)
    {
        List<string> states = [];
        foreach (var account in accounts)
        {
            states.Add((await app.GetAsync($"api/accounts/{account}"))["debits"][0].GetProperty("state").GetString()!);
        }

        return states;
    }

    private static string Of(JsonElement entry, string name) => entry.GetProperty(name).ToString();
}
