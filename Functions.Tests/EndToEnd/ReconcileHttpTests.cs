using Autopay.StripeSandbox.Faults;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.EndToEnd;

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
        Assert.Equal(("agrees", 2, 2), (report["state"].GetString(), report["theirs"].GetInt32(), report["cured"].GetInt32() + report["matched"].GetInt32()));
        Assert.InRange(report["missedEvents"].GetInt32(), 2, int.MaxValue);
        Assert.Equal(("agrees", 2, 0), (again["state"].GetString(), again["matched"].GetInt32(), again["missedEvents"].GetInt32()));
        Assert.Contains("collected", (await app.GetAsync("api/cycles/1")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await app.GetAsync("api/reconcile")).Json.GetArrayLength());
        var csv = await app.GetAsync($"api/reconcile/{report["id"].GetString()}?format=csv");
        Assert.Equal((200, "text/csv", "run,kind,intent,debit,detail\n"), (csv.Status, csv.MediaType, csv.Text));
    }

    [Fact]
    public async Task A_provider_that_cannot_be_read_fails_the_run_with_502_and_is_on_the_stuck_list()
    {
        await using var app = await SubmittedAsync();
        app.Sandbox.Control.AddFaults(new FaultRule { Kind = FaultKind.Error500Before, Match = new() { Method = "GET", Path = "/v1/payment_intents" } });

        var report = await app.PostAsync("api/reconcile", Reason);

        Assert.Equal((502, "failed"), (report.Status, report["state"].GetString()));
        Assert.Contains("reconcile-failed", (await app.GetAsync("api/stuck")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restore_the_mode_is_on_until_a_run_matches_everything()
    {
        await using var app = await SubmittedAsync();
        var future = await app.PutAsync("api/reconcile-before-charge", """{"on":true,"since":"2031-01-01T00:00:00Z","reason":"restore"}""");
        var on = await app.PutAsync("api/reconcile-before-charge", """{"on":true,"since":"2020-01-21T00:00:00Z","reason":"restore"}""");
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
        Assert.All(report["invariants"].EnumerateArray(), result => Assert.InRange(result.GetProperty("looked").GetInt64(), 1, long.MaxValue));
        Assert.Equal(1, (await app.GetAsync("api/invariants")).Json.GetArrayLength());
    }

    private async Task<AppHost> SubmittedAsync()
    {
        var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2").Replace("pm_A-1", "pm_usBankAccount_success", StringComparison.Ordinal).Replace("pm_A-2", "pm_usBankAccount_success", StringComparison.Ordinal));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await Eventually.HoldsAsync("both debits are submitted", async () => (await app.GetAsync("api/cycles/1")).Text.Contains("\"state\":\"submitted\",\"debits\":2", StringComparison.Ordinal));
        return app;
    }
}
