using System.Text.Json;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Storage.Imports;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Importing;

/// <summary>Over HTTP: corrections, conflicts, rows that wait, findings, and a clear that waits for a file.</summary>
public sealed class ImportingHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Reason = """{"reason":"Asked the billing clerk"}""";
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task R31_a_correction_is_on_the_work_list_with_both_versions_and_its_ways_out_lead_off_it()
    {
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "31.20")));
        var item = await ListedAsync("correction");
        Assert.Equal(
            ("A-1", "B-1", 3120),
            (Of(item, "account"), Of(item, "bill"), item.GetProperty("cents").GetInt32())
        );
        Assert.Contains("charges 41.20", Of(item, "reason"), StringComparison.Ordinal);
        Assert.Contains("charges 31.20", Of(item, "reason"), StringComparison.Ordinal);
        Assert.Equal("needsReview", await StateAsync("A-1"));

        Assert.Equal(404, (await app.PostAsync("api/accounts/A-1/corrections/balance/B-1/take", Reason)).Status);
        Assert.Equal(404, (await app.PostAsync("api/accounts/none/corrections/bill/B-1/take", Reason)).Status);
        Assert.Equal(409, (await app.PostAsync("api/accounts/A-1/corrections/bill/B-9/take", Reason)).Status);
        Assert.Equal(200, (await app.PostAsync(WorkAction(item, 0), Reason)).Status);

        Assert.Equal(
            ("scheduled", 3120),
            (await StateAsync("A-1"), (await BillAsync("A-1", "B-1")).GetProperty("openCents").GetInt32())
        );
        Assert.Empty((await app.GetAsync("api/work?kind=correction"))["items"].EnumerateArray());
    }

    [Fact]
    public async Task R29_the_same_bill_of_another_account_is_kept_where_it_is()
    {
        var import = await app.ImportAsync("bills", Csv.Bills(("B-1", "A-2", "41.20")));
        Assert.Equal((0, 1), (Result(import, "applied"), Result(import, "conflicts")));
        var item = await ListedAsync("conflict");
        Assert.EndsWith("/corrections/bill/B-1/keep", WorkAction(item, 1), StringComparison.Ordinal);

        Assert.Equal(200, (await app.PostAsync(WorkAction(item, 1), Reason)).Status);

        Assert.Equal("scheduled", await StateAsync("A-1"));
        Assert.Empty((await app.GetAsync("api/accounts/A-2"))["bills"].EnumerateArray());
    }

    [Fact]
    public async Task R33_rows_that_came_too_early_are_listed_and_can_be_discarded_or_applied_elsewhere()
    {
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "1.20")));
        await app.ImportAsync("payment-reversals", "payment_id,account_id,reason\nP-1,A-9,bounced\nP-2,A-1,bounced\n");
        var rows = (await app.GetAsync("api/waiting"))["items"]
            .EnumerateArray()
            .ToDictionary(row => Of(row, "account")!, row => Of(row, "id")!);

        Assert.Equal(200, (await app.PostAsync($"api/waiting/{rows["A-1"]}/discard", Reason)).Status);
        Assert.Equal(404, (await app.PostAsync($"api/waiting/{rows["A-9"]}/apply", Reason)).Status);
        Assert.Equal(
            200,
            (
                await app.PostAsync(
                    $"api/waiting/{rows["A-9"]}/apply",
                    """{"account":"A-1","reason":"Typing error in the number"}"""
                )
            ).Status
        );

        Assert.Equal(4120, (await BillAsync("A-1", "B-1")).GetProperty("openCents").GetInt32());
        Assert.Empty((await app.GetAsync("api/waiting"))["items"].EnumerateArray());
        Assert.Equal(409, (await app.PostAsync($"api/waiting/{rows["A-9"]}/discard", Reason)).Status);
        Assert.Equal(404, (await app.PostAsync("api/waiting/none/discard", Reason)).Status);
    }

    [Fact]
    public async Task R33_a_payment_in_suspense_that_is_nobodys_can_be_discarded()
    {
        await app.ImportAsync("payments", Csv.Payments(("P-9", "A-9", "5.00")));
        var item = await ListedAsync("suspense");

        Assert.Equal(
            200,
            (
                await app.PostAsync(WorkAction(item, 1), """{"namedAccount":"A-9","reason":"A test row of the bank"}""")
            ).Status
        );

        await app.ImportAsync("accounts", Csv.Accounts("A-9"));
        Assert.Empty((await app.GetAsync("api/accounts/A-9"))["payments"].EnumerateArray());
        Assert.Equal(404, (await app.PostAsync("api/suspense/none/discard", Reason)).Status);
    }

    [Fact]
    public async Task Every_finding_can_be_had_and_what_a_person_must_act_on_comes_first()
    {
        var strays = string.Concat(Enumerable.Range(1, 250).Select(number => $"X-{number},B-1,1.00,2020-01-20\n"));
        var import = await app.ImportAsync(
            "balances",
            $"account_id,bill_id,open_amount,as_of\n{strays}A-1,B-none,1.00,2020-01-20\n"
        );
        Assert.Equal(
            (251, 252, 200),
            (
                import["findingCount"].GetInt32(),
                import["findings"][0].GetProperty("line").GetInt32(),
                import["findings"].GetArrayLength()
            )
        );

        List<int> lines = [];
        for (var next = $"api/imports/{import["id"]}/findings?limit=100"; next is not null; )
        {
            var page = await app.GetAsync(next);
            lines.AddRange(page["findings"].EnumerateArray().Select(finding => finding.GetProperty("line").GetInt32()));
            next = page.Json.TryGetProperty("next", out var after)
                ? $"api/imports/{import["id"]}/findings?limit=100&after={after.GetString()}"
                : null;
        }

        Assert.Equal([252, .. Enumerable.Range(2, 250)], lines);
        var csv = (await app.GetAsync($"api/imports/{import["id"]}/findings?format=csv")).Text;
        Assert.Equal(252, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("/api/imports/", import["moreFindings"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R26_a_clear_names_the_files_it_waits_for_and_takes_effect_when_they_are_set_aside()
    {
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-20","dueTo":"2020-02-05","action":"hold","reason":"The cashiers are down"}"""
        );
        await new TableImportStore(app.Storage).TryCreateAsync(LostFile, CancellationToken.None);

        var answer = await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All is in"}""");

        Assert.Equal(("clearing", "payments-lost"), (answer["state"].GetString(), Of(answer["waitsFor"][0], "import")));
        var item = await ListedAsync("clearing");
        Assert.Contains("till.csv", Of(item, "reason"), StringComparison.Ordinal);
        Assert.Equal("clearing", (await app.GetAsync("api/cycles/1"))["backlog"].GetProperty("state").GetString());
        await Eventually.HoldsAsync("the debit is held", async () => await StateAsync("A-1") == "deferred");

        Assert.Equal(
            "setAside",
            (await app.PostAsync(WorkAction(item, 1), """{"reason":"The vendor sends it anew"}"""))["state"].GetString()
        );

        Assert.Equal("cleared", (await app.GetAsync("api/cycles/1"))["backlog"].GetProperty("state").GetString());
        await Eventually.HoldsAsync("the debit is released", async () => await StateAsync("A-1") == "scheduled");
    }

    // Its file is gone: it can never be applied.
    private static ImportRecord LostFile { get; } =
        new()
        {
            Id = "payments-lost",
            Kind = ImportKind.Payments,
            FileName = "till.csv",
            Sha256 = "00",
            Authority = new Authority("test", "test", DateTimeOffset.UnixEpoch),
            Rows = 1,
            Total = Money.Zero,
        };

    private async Task<JsonElement> ListedAsync(string kind) =>
        Assert.Single((await app.GetAsync($"api/work?kind={kind}"))["items"].EnumerateArray());

    private async Task<JsonElement> BillAsync(string account, string bill) =>
        (await app.GetAsync($"api/accounts/{account}"))["bills"].EnumerateArray().Single(it => Of(it, "bill") == bill);

    private async Task<string?> StateAsync(string account) =>
        Of((await app.GetAsync($"api/accounts/{account}"))["debits"][0], "state");

    private static int Result(Answer import, string name) => import["result"].GetProperty(name).GetInt32();

    private static string WorkAction(JsonElement item, int index) =>
        Of(item.GetProperty("actions")[index], "path")!.TrimStart('/');

    private static string? Of(JsonElement json, string name) => json.GetProperty(name).GetString();
}
