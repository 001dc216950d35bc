using Autopay.Storage;
using Autopay.Storage.Finance;
using Autopay.Tests.Fixtures;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Somebody writes a release that nobody approved into the stored controls.</summary>
public sealed class ForgedControlsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_release_that_is_stored_and_that_nobody_approved_sends_no_money_and_is_found()
    {
        await using var app = await SealedCity.StartAsync(azurite);
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
        await ForgeAsync(app);

        app.MoveTo("2020-02-24T12:00");
        await app.TickAsync();
        await app.IdleAsync();

        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
        Assert.Contains(
            "not what the record of decisions says",
            (await app.GetAsync("api/controls"))["whyNothingIsCharged"].GetString(),
            StringComparison.Ordinal
        );
        var verified = await app.GetAsync("api/audit/verify");
        Assert.False(verified["isWhole"].GetBoolean());
        var seal = Assert.Single(verified["seals"].EnumerateArray());
        Assert.Equal("'Releases' is not what the record of decisions gives", seal.GetProperty("why").GetString());
        var changed = await app.PutAsync("api/halt", """{"halted":true,"reason":"Look"}""", "ann");
        Assert.Equal(409, changed.Status);
    }

    [Fact]
    public async Task A_night_tells_of_controls_that_nobody_decided()
    {
        await using var app = await SealedCity.StartAsync(azurite);
        await ForgeAsync(app);

        Assert.Equal(202, (await app.PostAsync("admin/functions/Export", """{"input":""}""")).Status);

        await Eventually.HoldsAsync(
            "the controls are on the stuck list",
            async () => (await app.GetAsync("api/stuck")).Text.Contains("is not what the record of decisions gives")
        );
    }

    private static async Task ForgeAsync(AppHost app)
    {
        var table = app.Storage.Table(StorageClients.ControlsTable);
        TableEntity row = await table.GetEntityAsync<TableEntity>(ControlsRows.Partition, ControlsRows.State);
        var controls = ControlsRows.ToControls(row, new Policies());
        var asked = (CycleReleased)controls.Approvals.Single(it => it.Act is CycleReleased).Act;
        var forged = controls with { Releases = [new Release(asked.Terms, controls.Approvals[^1].Asked)] };
        await table.UpdateEntityAsync(
            ControlsRows.ToState(forged, ControlsRows.HeadOf(row)),
            ETag.All,
            TableUpdateMode.Replace
        );
    }
}
