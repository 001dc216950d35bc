using Autopay.Application.Ledgers;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Fixtures;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Storage;

public sealed class SetupTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Everything_is_made_once_and_a_changed_number_of_buckets_is_refused()
    {
        var books = new Books(azurite);
        await books.InitializeAsync();
        var setup = new StorageSetup(books.Clients);
        books.Watch.Forget();

        await setup.RunAsync(CancellationToken.None);
        Assert.Equal(2, books.Watch.Requests.Count);
        await books
            .Clients.Table(StorageClients.ControlsTable)
            .UpsertEntityAsync(new TableEntity("controls", "layout") { ["Buckets"] = 17 }, TableUpdateMode.Replace);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => setup.RunAsync(CancellationToken.None));

        Assert.Contains($"17 buckets, Autopay__Buckets says {Bucket.Count}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setup_that_was_killed_half_way_goes_on()
    {
        var clients = StorageClients.FromConnectionString(await azurite.NewAccountAsync());
        await clients.Table(StorageClients.ControlsTable).CreateIfNotExistsAsync();
        await clients.Table("ledger00").CreateIfNotExistsAsync();

        await new StorageSetup(clients).RunAsync(CancellationToken.None);

        Assert.Empty(await clients.Table(LedgerKeys.Table(Bucket.All.Last())).QueryAsync<TableEntity>().ToListAsync());
        Assert.True(await clients.Container(StorageClients.ImportsContainer).ExistsAsync());
    }
}
