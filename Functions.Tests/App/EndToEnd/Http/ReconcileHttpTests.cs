using System.Text.Json;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.StripeSandbox.Faults;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Reconcile over the real adapter, the sandbox and real tables.</summary>
public sealed class ReconcileHttpTests(AzuriteFixture azurite)
{
    private const string Reason = """{"reason":"test"}""";

    [Fact]
    [Trait("Layer", "L6")]
    public async Task F21_what_no_webhook_brought_is_found_recorded_and_reported()
    {
        await using var app = await SubmittedAsync();
        app.Sandbox.Control.RemoveWebhooks();
        app.Sandbox.Control.AnswerNow();

        var report = await app.PostAsync("api/reconcile", Reason, "operator");
        await app.IdleAsync();
        var again = await app.PostAsync("api/reconcile", Reason, "operator");

        Assert.True(report.Status == 200, report.Text);
        Assert.Equal(
            ("agrees", 2, 2),
            (
                report["state"].GetString(),
                report["theirs"].GetInt32(),
                report["cured"].GetInt32() + report["matched"].GetInt32()
            )
        );
        Assert.InRange(report["missedEvents"].GetInt32(), 2, int.MaxValue);
        Assert.Equal(
            ("agrees", 2, 0),
            (again["state"].GetString(), again["matched"].GetInt32(), again["missedEvents"].GetInt32())
        );
        Assert.Contains("collected", (await app.GetAsync("api/cycles/1")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await app.GetAsync("api/reconcile"))["items"].GetArrayLength());
        var csv = await app.GetAsync($"api/reconcile/{report["id"].GetString()}?format=csv");
        Assert.Equal((200, "text/csv"), (csv.Status, csv.MediaType));
        Assert.Equal(2, csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith(
            "run,state,from,to,theirs,ours,matched,differences,kind,intent,debit,since,age_days,detail,failure\n",
            csv.Text,
            StringComparison.Ordinal
        );
        Assert.Matches(
            $"\n{report["id"].GetString()},agrees,2019-11-\\d\\dT[^,]+Z,2020-01-22T[^,]+Z,2,2,[0-2],0,,,,,,,\n$",
            csv.Text
        );
    }

    [Fact]
    public async Task A_provider_that_cannot_be_read_fails_the_run_with_502_and_is_on_the_stuck_list()
    {
        await using var app = await SubmittedAsync();
        app.Sandbox.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.Error500Before,
                Match = new() { Method = "GET", Path = "/v1/payment_intents" },
            }
        );

        var report = await app.PostAsync("api/reconcile", Reason);

        Assert.Equal((502, "failed"), (report.Status, report["state"].GetString()));
        Assert.Contains("reconcile-failed", (await app.GetAsync("api/stuck")).Text, StringComparison.Ordinal);
        var csv = (await app.GetAsync($"api/reconcile/{report["id"].GetString()}?format=csv")).Text;
        Assert.Contains($"{report["id"].GetString()},failed,", csv, StringComparison.Ordinal);
        Assert.EndsWith($",,,,,,{report["failure"].GetString()}\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_spelled_alike_everywhere_and_its_differences_keep_their_age_from_run_to_run()
    {
        await using var app = await SubmittedAsync();
        app.Sandbox.Control.RemoveWebhooks();
        var old = new StoredReport(
            Reconcile.Kind,
            "20200121000000000",
            """{"id":"20200121000000000","from":"2020-01-01T00:00:00Z","to":"2020-01-21T00:00:00Z","by":"before","state":"Differs","differenceCount":1,"differences":[{"kind":"TheirsOnly","intentId":"pi_old","detail":"old"}]}"""
        );
        await app.Services.GetRequiredService<IReportStore>().SaveAsync(old, CancellationToken.None);
        await ChargeElsewhereAsync(app);
        await app.PostAsync("api/reconcile", Reason);
        app.MoveTo("2020-01-25T07:00");

        var posted = await app.PostAsync("api/reconcile", Reason);
        var (one, all) = (
            await app.GetAsync($"api/reconcile/{posted["id"].GetString()}"),
            (await app.GetAsync("api/reconcile"))["items"].EnumerateArray().ToList()
        );
        var csv = (await app.GetAsync($"api/reconcile/{posted["id"].GetString()}?format=csv")).Text;

        Assert.Equal(posted.Text, one.Text);
        Assert.Equal(("differs", "theirsOnly"), Spelled(posted.Json));
        Assert.All(all, report => Assert.Equal(("differs", "theirsOnly"), Spelled(report)));
        Assert.Equal(3, all.Count);
        Assert.Contains(",2020-01-22T13:00:", csv, StringComparison.Ordinal);
        Assert.Contains("Z,3,", csv, StringComparison.Ordinal);
        Assert.Contains(
            ",theirsOnly,pi_old,,,,old,\n",
            (await app.GetAsync("api/reconcile/20200121000000000?format=csv")).Text,
            StringComparison.Ordinal
        );
    }

    private static (string? State, string? Kind) Spelled(JsonElement report) =>
        (report.GetProperty("state").GetString(), report.GetProperty("differences")[0].GetProperty("kind").GetString());

    // Somebody charges at Stripe in our name.
    private static async Task ChargeElsewhereAsync(AppHost app)
    {
        using var http = new HttpClient { BaseAddress = app.Sandbox.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/payment_intents")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["amount"] = "500",
                    ["currency"] = "usd",
                    ["customer"] = "cus_A-1",
                    ["payment_method"] = "pm_usBankAccount_success",
                    ["allowed_payment_method_types[]"] = "us_bank_account",
                    ["confirm"] = "true",
                    ["off_session"] = "true",
                    ["metadata[account_id]"] = "A-1",
                    ["metadata[debit_id]"] = "A-1-1-0099",
                    ["metadata[attempt]"] = "1",
                    ["metadata[environment]"] = "local",
                }
            ),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("sk_test_somebody:"u8));
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task After_a_restore_the_mode_is_on_until_a_run_matches_everything()
    {
        await using var app = await SubmittedAsync();
        var future = await app.PutAsync(
            "api/reconcile-before-charge",
            """{"on":true,"since":"2031-01-01T00:00:00Z","reason":"restore"}"""
        );
        var on = await app.PutAsync(
            "api/reconcile-before-charge",
            """{"on":true,"since":"2020-01-21T00:00:00Z","reason":"restore"}"""
        );
        await app.ImportAsync("bills", Csv.Bills(("B-3", "A-1", "10.00")));
        await app.TickAsync();
        var charges = app.Sandbox.Control.Ledger("debit_id").Groups.Count;

        var off = await app.PutAsync("api/reconcile-before-charge", """{"on":false,"reason":"all matched"}""");
        await app.IdleAsync();
        await app.TickAsync();

        Assert.Equal((400, 200, 2, 200), (future.Status, on.Status, charges, off.Status));
        Assert.Equal(3, app.Sandbox.Control.Ledger("debit_id").Groups.Count);
        Assert.Empty(app.Sandbox.Control.Ledger("debit_id").ChargedTwice);
    }

    [Fact]
    public async Task The_invariants_are_checked_on_demand_and_say_what_they_looked_at()
    {
        await using var app = await SubmittedAsync();
        await app.PostAsync("api/reconcile", Reason);

        var report = await app.PostAsync("api/invariants/check", Reason);

        Assert.True(report["holds"].GetBoolean(), report.Text);
        Assert.Equal(2, report["accounts"].GetInt32());
        Assert.All(
            report["invariants"].EnumerateArray(),
            result => Assert.InRange(result.GetProperty("looked").GetInt64(), 1, long.MaxValue)
        );
        Assert.Equal(1, (await app.GetAsync("api/invariants"))["items"].GetArrayLength());
    }

    private async Task<AppHost> SubmittedAsync()
    {
        var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync(
            "accounts",
            Csv.Accounts("A-1", "A-2")
                .Replace("pm_A-1", "pm_usBankAccount_success", StringComparison.Ordinal)
                .Replace("pm_A-2", "pm_usBankAccount_success", StringComparison.Ordinal)
        );
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await Eventually.HoldsAsync(
            "both debits are submitted",
            async () =>
                (await app.GetAsync("api/cycles/1")).Text.Contains(
                    "\"state\":\"submitted\",\"debits\":2",
                    StringComparison.Ordinal
                )
        );
        return app;
    }
}
