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
    [Fact]
    public async Task A_night_finds_what_was_altered_names_it_and_takes_the_item_away_when_it_is_whole_again()
    {
        await using var app = await SealedCity.StartAsync(azurite);
        await ExportAsync(app);
        Assert.Empty((await app.GetAsync("api/stuck"))["items"].EnumerateArray());

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
            async () => !(await app.GetAsync("api/stuck"))["items"].EnumerateArray().Any()
        );
    }

    [Theory]
    [InlineData("\"by\":\"ann\"", "\"by\":\"somebody\"")]
    [InlineData("\"at\":\"2020-02-20", "\"at\":\"2020-02-19")]
    public async Task Who_cleared_and_when_is_part_of_what_is_sealed(string from, string to)
    {
        await using var app = await SealedCity.StartAsync(azurite);

        await AlterAsync(app, await CertificateAsync(app), from, to);

        var verified = await app.GetAsync("api/audit/verify");
        Assert.False(verified["isWhole"].GetBoolean());
        var seal = Assert.Single(verified["seals"].EnumerateArray());
        Assert.Equal("certificate 1 of cycle 1", seal.GetProperty("what").GetString());
        Assert.StartsWith("its hash is", seal.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_taken_away_is_missed_by_the_record()
    {
        await using var app = await SealedCity.StartAsync(azurite);
        var row = await CertificateAsync(app);
        await app.Storage.Table(StorageClients.CertificatesTable).DeleteEntityAsync(row.PartitionKey, row.RowKey);

        await ThenANightTellsAsync(app, "the cycle was cleared on it, and it is not there any more");
    }

    [Fact]
    public async Task A_line_of_a_sealed_plan_that_was_altered_is_found_before_anybody_approves_it()
    {
        await using var app = await SealedCity.StartAsync(azurite);
        var store = new TableReleaseStore(app.Storage);
        var bucket = (await store.FindLinesAsync("R-1", Bucket.Of(new AccountId("A-1")), CancellationToken.None))!;
        List<PlanLine> lines = [.. bucket.Lines.Select(line => line with { PaymentMethod = "pm_other" })];
        Assert.NotNull(await store.TrySaveLinesAsync(bucket with { Lines = lines }, CancellationToken.None));

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
}
