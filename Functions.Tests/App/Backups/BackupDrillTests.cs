using Autopay.Application.Backups;
using Autopay.Application.Ports.Books;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Backups;

/// <summary>The tables are lost after a night's backup and a day's work; the provider remembers everything.</summary>
public sealed class BackupDrillTests(AzuriteFixture azurite)
{
    private const string Why = """{"reason":"drill"}""";
    private static readonly string[] Accounts = ["A-1", "A-2", "A-3", "A-4", "A-5"];

    [Fact]
    [Trait("Layer", "L5")]
    public async Task F50_tables_that_are_lost_come_back_from_the_backup_and_no_debit_is_charged_twice()
    {
        await using var app = await ChargedAsync();
        await HaltAsync(app, true);
        await app.ImportAsync(
            "bills",
            Csv.Bills(("B-3", "A-3", "30.00"), ("B-4", "A-4", "40.00"), ("B-5", "A-5", "50.00"))
        );
        await app.IdleAsync();
        var exported = await app.OperateAsync("export");
        await HaltAsync(app, false);
        await app.TickAsync();
        await ThenAsync(app, "submitted", 3);
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "5.00"), ("P-2", "A-5", "7.00")));
        await app.StopAsync();
        var refused = await app.OperateAsync("restore", "latest", "--reason", "drill");
        var manifest = (await app.Services.GetRequiredService<ReadBackups>().RunAsync(CancellationToken.None)).Single();

        await Wipe.AllTablesAsync(app.Storage);
        var restored = await app.OperateAsync("restore", manifest.Id, "--reason", "drill");

        Assert.True(exported.Code == 0, exported.Printed);
        Assert.Equal(1, refused.Code);
        Assert.Contains("is not empty", refused.Printed, StringComparison.Ordinal);
        Assert.True(restored.Code == 0, restored.Printed);
        Assert.Equal(
            (5, 12000, 10420),
            (manifest.Sums.Accounts, manifest.Sums.OpenCents, manifest.Sums.CollectedCents)
        );
        await using var again = await app.StartAgainAsync("2020-01-23T08:00");
        await ThenNothingIsChargedUntilAllIsMatchedAsync(again, manifest);
    }

    private static async Task ThenNothingIsChargedUntilAllIsMatchedAsync(AppHost app, BackupManifest manifest)
    {
        Assert.Equal(manifest.Sums, await SumsAsync(app));
        var before = Ledger(app);
        await app.TickAsync();
        await HaltAsync(app, false);
        await app.TickAsync();
        Assert.Equal(before.Totals, Ledger(app).Totals);

        await HaltAsync(app, true);
        var reconciled = await app.OperateAsync("reconcile", "--reason", "after the restore");
        Assert.True(reconciled.Code == 0, reconciled.Printed);
        Assert.True(reconciled.Printed.Contains("3 taken over", StringComparison.Ordinal), reconciled.Printed);
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "5.00"), ("P-2", "A-5", "7.00")));
        await HaltAsync(app, false);
        await app.ImportAsync("bills", Csv.Bills(("B-6", "A-1", "60.00")));
        await app.TickAsync();
        await ThenAsync(app, "submitted", 4);

        var ledger = Ledger(app);
        Assert.Empty(ledger.ChargedTwice);
        Assert.Equal(
            (6, before.Totals.SucceededCents, before.Totals.ProcessingCents + 6000),
            (ledger.Groups.Count, ledger.Totals.SucceededCents, ledger.Totals.ProcessingCents)
        );
        Assert.Equal((500, 700), ((await CreditOfAsync(app, "A-2")).Cents, (await CreditOfAsync(app, "A-5")).Cents));
        Assert.True((await app.PostAsync("api/invariants/check", Why))["holds"].GetBoolean());
    }

    // B-1 and B-2 are collected before the backup.
    private async Task<AppHost> ChargedAsync()
    {
        var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync(
            "accounts",
            Accounts.Aggregate(
                Csv.Accounts(Accounts),
                (csv, id) => csv.Replace($"pm_{id}", "pm_usBankAccount_success", StringComparison.Ordinal)
            )
        );
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await ThenAsync(app, "submitted", 2);
        app.Sandbox.Control.AnswerNow();
        await ThenAsync(app, "collected", 2);
        return app;
    }

    private static LedgerReport Ledger(AppHost app) => app.Sandbox.Control.Ledger("debit_id");

    private static async Task HaltAsync(AppHost app, bool halted) =>
        Assert.Equal(
            200,
            (
                halted
                    ? await app.PutAsync("api/halt", """{"halted":true,"reason":"drill"}""")
                    : await app.ResumeAsync()
            ).Status
        );

    private static Task ThenAsync(AppHost app, string state, int debits) =>
        Eventually.HoldsAsync(
            $"{debits} debits are {state}",
            async () =>
                (await app.GetAsync("api/cycles/1")).Text.Contains(
                    $"\"state\":\"{state}\",\"debits\":{debits}",
                    StringComparison.Ordinal
                )
        );

    private static async Task<BackupSums> SumsAsync(AppHost app)
    {
        var sums = BackupSums.None;
        foreach (var account in Accounts)
        {
            sums = sums.Add(BackupSums.Of(await LedgerAsync(app, account)));
        }

        return sums;
    }

    private static async Task<Money> CreditOfAsync(AppHost app, string account) =>
        (await LedgerAsync(app, account)).Credit;

    private static async Task<AccountLedger> LedgerAsync(AppHost app, string account)
    {
        var entry = await app
            .Services.GetRequiredService<ILedgerStore>()
            .LoadAsync(new AccountId(account), CancellationToken.None);
        Assert.InRange(entry!.Ledger.Generation, 1000, int.MaxValue);
        return entry.Ledger;
    }
}
