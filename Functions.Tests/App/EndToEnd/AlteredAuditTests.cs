using Autopay.Storage;
using Autopay.Tests.Fixtures;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Somebody writes past the app: the next night tells a person of it.</summary>
public sealed class AlteredAuditTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_night_after_a_row_was_altered_it_is_on_the_stuck_list()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.PutAsync("api/halt", """{"halted":true,"reason":"Bank file looks short"}""", "ann@city");
        var table = app.Storage.Table(StorageClients.ControlsTable);
        TableEntity row = await table.GetEntityAsync<TableEntity>("controls", "h|0000000001");
        row["Why"] = "Somebody else's idea";
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);

        Assert.Equal(202, (await app.PostAsync("admin/functions/Export", """{"input":""}""")).Status);

        await Eventually.HoldsAsync(
            "the record of decisions is on the stuck list",
            async () => (await app.GetAsync("api/stuck")).Text.Contains("row 1 is not what was written")
        );
        Assert.Contains("\"kind\":\"audit\"", (await app.GetAsync("api/stuck")).Text, StringComparison.Ordinal);
        Assert.False((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }
}
