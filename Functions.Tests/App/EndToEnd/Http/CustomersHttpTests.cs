using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// Over HTTP: what opens again after the due date, one bill exempted from a merge, money of tomorrow, bills below zero.
/// </summary>
public sealed class CustomersHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task R05_what_an_import_opens_again_is_in_its_control_totals_and_waits_until_it_is_re_armed()
    {
        await app.ImportAsync("payments", Csv.Payments(("R-1", "A-1", "41.20"), ("R-2", "A-2", "63.00")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        app.MoveTo("2020-01-27T08:00");
        await Eventually.HoldsAsync(
            "both bills are satisfied",
            async () => await StateAsync("A-1") == "satisfied" && await StateAsync("A-2") == "satisfied"
        );

        await app.ImportAsync("payment-reversals", "payment_id,account_id,reason\nR-1,A-1,bounced\nR-2,A-2,bounced\n");
        var listed = (await app.GetAsync("api/work"))["items"].EnumerateArray().ToList();
        Assert.Equal(["B-1", "B-2"], listed.Select(it => Of(it, "bill")));
        var import = Assert.Single(listed.Select(it => Of(it, "import")).Distinct());
        Assert.All(
            listed,
            it => Assert.Equal($"/api/imports/{import}/rearm", Of(it.GetProperty("actions")[1], "path"))
        );
        var result = (await app.GetAsync($"api/imports/{import}"))["result"];
        Assert.Equal(
            (2, 104_20),
            (result.GetProperty("openedAgain").GetInt32(), result.GetProperty("openedAgainCents").GetInt32())
        );

        Assert.Equal(
            404,
            (await app.PostAsync("api/imports/none/rearm", """{"reason":"The checks did bounce"}""")).Status
        );
        var rearmed = await app.PostAsync($"api/imports/{import}/rearm", """{"reason":"The checks did bounce"}""");
        Assert.Equal(
            (200, 2, 2, 104_20),
            (
                rearmed.Status,
                rearmed["bills"].GetInt32(),
                rearmed["accounts"].GetInt32(),
                rearmed["openCents"].GetInt32()
            )
        );
        Assert.Equal(
            0,
            (await app.PostAsync($"api/imports/{import}/rearm", """{"reason":"The checks did bounce"}"""))["bills"]
                .GetInt32()
        );
        await Eventually.HoldsAsync(
            "both are debited",
            async () => await StateAsync("A-1", 1) == "submitted" && await StateAsync("A-2", 1) == "submitted"
        );
    }

    [Fact]
    public async Task R41_bills_that_came_again_under_other_ids_are_left_out_all_at_once()
    {
        await app.ImportAsync("bills", Csv.Bills(("N-1", "A-1", "41.20"), ("N-2", "A-2", "63.00")));
        var listed = (await app.GetAsync("api/work"))["items"].EnumerateArray().ToList();
        Assert.Equal([("N-1", "review"), ("N-2", "review")], listed.Select(it => (Of(it, "bill"), Of(it, "kind"))));
        var import = Assert.Single(listed.Select(it => Of(it, "import")).Distinct());
        Assert.All(
            listed,
            it => Assert.Equal($"/api/imports/{import}/skip-look-alikes", Of(it.GetProperty("actions")[2], "path"))
        );
        Assert.Equal(2, (await app.GetAsync($"api/imports/{import}"))["result"].GetProperty("lookAlikes").GetInt32());

        const string Reason = """{"reason":"The file came again"}""";
        Assert.Equal(404, (await app.PostAsync("api/imports/none/skip-look-alikes", Reason)).Status);
        foreach (var (bills, cents) in new[] { (2, 104_20), (0, 0) })
        {
            var skipped = await app.PostAsync($"api/imports/{import}/skip-look-alikes", Reason);
            Assert.Equal(
                (200, bills, cents),
                (skipped.Status, skipped["bills"].GetInt32(), skipped["openCents"].GetInt32())
            );
        }

        Assert.Empty((await app.GetAsync("api/work"))["items"].EnumerateArray());
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await Eventually.HoldsAsync(
            "only the first bills are debited",
            async () => await StateAsync("A-1") == "submitted" && await StateAsync("A-1", 1) == "cancelled"
        );
    }

    [Fact]
    public async Task R46_a_previous_balance_that_our_books_lack_is_accepted_once_and_collected_with_its_bill()
    {
        await app.ImportAsync("accounts", Csv.Accounts("A-9"));
        await app.ImportAsync(
            "bills",
            "bill_id,account_id,cycle,bill_date,due_date,penalty_date,current_charges,previous_balance,total_due\n"
                + "B-9,A-9,1,2020-01-08,2020-01-22,2020-01-29,50.00,7.00,57.00\n"
        );
        const string Door = "api/accounts/A-9/bills/B-9/accept-previous";

        Assert.Equal(409, (await app.PostAsync(Door, """{"amountCents":701,"reason":"From 2019"}""")).Status);
        Assert.Equal(404, (await app.PostAsync(Door.Replace("A-9", "A-0"), Accepted)).Status);
        var accepted = await app.PostAsync(Door, Accepted);
        Assert.Equal((200, true), (accepted.Status, accepted["changed"].GetBoolean()));
        Assert.False((await app.PostAsync(Door, Accepted))["changed"].GetBoolean());
        Assert.Empty((await app.GetAsync("api/work"))["items"].EnumerateArray());

        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        app.MoveTo("2020-01-29T08:00");
        await Eventually.HoldsAsync("it is collected", async () => await StateAsync("A-9") == "collected");
        var debit = (await app.GetAsync("api/accounts/A-9"))["debits"][0];
        Assert.Equal(57_00, debit.GetProperty("attempts")[0].GetProperty("amountCents").GetInt32());
    }

    private const string Accepted = """{"amountCents":700,"reason":"From 2019"}""";

    [Fact]
    public async Task R38_one_bill_is_taken_out_of_a_merge_and_back_into_it()
    {
        await app.PostAsync(
            "api/deferrals",
            """{"id":"m","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"merge","reason":"No bill was mailed"}"""
        );
        await Eventually.HoldsAsync(
            "both wait",
            async () => await StateAsync("A-1") == "deferred" && await StateAsync("A-2") == "deferred"
        );

        const string exemption = "api/accounts/A-1/bills/B-1/exemptions/m";
        Assert.Equal((200, true), await ChangedAsync(exemption, true));
        Assert.Equal((200, false), await ChangedAsync(exemption, true));
        Assert.Equal(("scheduled", "deferred"), (await StateAsync("A-1"), await StateAsync("A-2")));
        Assert.Equal((200, true), await ChangedAsync(exemption, false));
        Assert.Equal("deferred", await StateAsync("A-1"));
        Assert.Equal(
            (409, 404, 404),
            (
                (
                    await app.PutAsync(
                        "api/accounts/A-1/bills/B-1/exemptions/none",
                        """{"on":true,"reason":"Final bill"}"""
                    )
                ).Status,
                (
                    await app.PutAsync(
                        "api/accounts/A-1/bills/none/exemptions/m",
                        """{"on":true,"reason":"Final bill"}"""
                    )
                ).Status,
                (
                    await app.PutAsync(
                        "api/accounts/none/bills/B-1/exemptions/m",
                        """{"on":true,"reason":"Final bill"}"""
                    )
                ).Status
            )
        );
    }

    [Fact]
    public async Task R35_money_and_watermarks_of_tomorrow_are_refused()
    {
        var file = Csv.Payments(("R-1", "A-1", "41.20")).Replace("2020-01-20", "2020-01-22", StringComparison.Ordinal);
        var upload = await app.SendAsync(Refusing.Request("POST", "api/imports/payments?name=p.csv", file, "text/csv"));
        Assert.Equal(
            (400, "received_on", "a date that is not after today"),
            (upload.Status, Of(upload["problems"][0], "column"), Of(upload["problems"][0], "expected"))
        );

        var clear = await app.PutAsync(
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"All is in","receivedThrough":{"cash":"2020-01-22"}}"""
        );
        Assert.Equal(409, clear.Status);
    }

    [Fact]
    public async Task R05_a_bill_below_zero_is_credit_of_the_account()
    {
        await app.ImportAsync(
            "bills",
            $"{Csv.BillsHeader}\nC-1,A-1,1,2020-01-20,2020-02-19,2020-02-26,-25.00,41.20,16.20\n"
        );
        var account = await app.GetAsync("api/accounts/A-1");
        Assert.Equal(
            [("B-1", 1620), ("C-1", 0)],
            account["bills"]
                .EnumerateArray()
                .Select(bill => (Of(bill, "bill"), bill.GetProperty("openCents").GetInt32()))
        );
        Assert.Equal(
            ("billedCredit", "C-1"),
            (Of(account["payments"][0], "source"), Of(account["payments"][0], "namedBill"))
        );
    }

    private async Task<(int Status, bool Changed)> ChangedAsync(string path, bool on)
    {
        var answer = await app.PutAsync(path, $$"""{"on":{{(on ? "true" : "false")}},"reason":"Final bill"}""");
        return (answer.Status, answer["changed"].GetBoolean());
    }

    private async Task<string?> StateAsync(string account, int debit = 0) =>
        (await app.GetAsync($"api/accounts/{account}"))["debits"]
            .EnumerateArray()
            .Select(it => it.GetProperty("state").GetString())
            .ElementAtOrDefault(debit);

    private static string Of(JsonElement entry, string name) => entry.GetProperty(name).ToString();
}
