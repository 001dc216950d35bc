using Autopay.Application.Ledgers;
using Autopay.Domain.Releases;
using Autopay.Storage;
using Autopay.Storage.Finance;
using Autopay.Tests.Fixtures;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Every night certificates and sealed plans are held against their hashes; the bad one is named.</summary>
public sealed class AlteredSealTests(AzuriteFixture azurite)
{
    private const string Why = """{"reason":"All receipts are in"}""";

    private const string Counted = """
        {"totals":[{"receivedOn":"2020-01-20","channel":"cash","count":1,"amountCents":5000}],"reason":"The slips"}
        """;

    [Fact]
    public async Task A_night_finds_what_was_altered_names_it_and_takes_the_item_away_when_it_is_whole_again()
    {
        await using var app = await SealedAsync();
        await ExportAsync(app);
        Assert.Empty((await app.GetAsync("api/stuck")).Json.EnumerateArray());

        var row = await CertificateAsync(app);
        await AlterAsync(app, row, "\"counted\":5000", "\"counted\":4900");
        await ThenANightTellsAsync(app, "certificate 1 of cycle 1: its hash is");
        Assert.False((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());

        await app
            .Storage.Table(StorageClients.CertificatesTable)
            .UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
        await ExportAsync(app);
        await Eventually.HoldsAsync(
            "all is whole again",
            async () => !(await app.GetAsync("api/stuck")).Json.EnumerateArray().Any()
        );
    }

    [Fact]
    public async Task A_certificate_that_is_taken_away_is_missed_by_the_record()
    {
        await using var app = await SealedAsync();
        var row = await CertificateAsync(app);
        await app.Storage.Table(StorageClients.CertificatesTable).DeleteEntityAsync(row.PartitionKey, row.RowKey);

        await ThenANightTellsAsync(app, "the cycle was cleared on it, and it is not there any more");
    }

    [Fact]
    public async Task A_line_of_a_sealed_plan_that_was_altered_is_found_before_anybody_approves_it()
    {
        await using var app = await SealedAsync();
        var store = new TableReleaseStore(app.Storage);
        var bucket = (await store.FindLinesAsync("R-1", Bucket.Of(new AccountId("A-1")), CancellationToken.None))!;
        List<PlanLine> lines = [.. bucket.Lines.Select(line => line with { PaymentMethod = "pm_other" })];
        Assert.True(await store.TrySaveLinesAsync(bucket with { Lines = lines }, CancellationToken.None));

        await ThenANightTellsAsync(app, "plan R-1: it was sealed as");
    }

    private static async Task ExportAsync(AppHost app)
    {
        Assert.Equal(202, (await app.PostAsync("admin/functions/Export", """{"input":""}""")).Status);
        await app.IdleAsync();
    }

    private static async Task ThenANightTellsAsync(AppHost app, string told)
    {
        await ExportAsync(app);
        await Eventually.HoldsAsync(told, async () => (await app.GetAsync("api/stuck")).Text.Contains(told));
        Assert.Contains("\"kind\":\"audit\"", (await app.GetAsync("api/stuck")).Text, StringComparison.Ordinal);
    }

    private static async Task<TableEntity> CertificateAsync(AppHost app) =>
        await app.Storage.Table(StorageClients.CertificatesTable).GetEntityAsync<TableEntity>("cycle-01", "00000001");

    private static async Task AlterAsync(AppHost app, TableEntity row, string from, string to)
    {
        var altered = new TableEntity(row);
        var field = Assert.Single(row, it => it.Value is string text && text.Contains(from));
        altered[field.Key] = ((string)field.Value).Replace(from, to);
        await app
            .Storage.Table(StorageClients.CertificatesTable)
            .UpdateEntityAsync(altered, ETag.All, TableUpdateMode.Replace);
    }

    private async Task<AppHost> SealedAsync()
    {
        var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = new Dictionary<string, string?> { ["Autopay:ReleaseApproval"] = "true" } }
        );
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "141.20")));
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"d"}"""
        );
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "50.00")));
        await app.PutAsync("api/cycles/1/certificate", Counted);
        app.MoveTo("2020-02-20T10:00");
        var cleared = await app.PutAsync(
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"All entered","receivedThrough":{"cash":"2020-01-20"}}""",
            "ann"
        );
        Assert.True(cleared.Status == 200, cleared.Text);
        await app.IdleAsync();
        await app.PostAsync("api/cycles/1/release-plan", Why, "ann");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "draft"
        );
        Assert.Equal(200, (await app.PostAsync("api/releases/R-1/seal", Why, "ann")).Status);
        return app;
    }
}
