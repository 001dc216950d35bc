using System.Globalization;
using Autopay.Application;
using Autopay.Application.Auditing;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Finance;
using Autopay.Tests.Fixtures;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Storage;

/// <summary>N51: who alters the record of what was decided about the city's money is found, and where.</summary>
public sealed class AuditTrailTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Acts = 6;
    private readonly Books books = new(azurite);
    private readonly CityClock clock = new(
        TimeProvider.System,
        new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"))
    );
    private TableControlsStore store = null!;
    private TableAuditTrail trail = null!;

    private TableClient Table => books.Clients.Table(StorageClients.ControlsTable);

    public async ValueTask InitializeAsync()
    {
        await books.InitializeAsync();
        store = new TableControlsStore(books.Clients, new Policies(), TimeProvider.System);
        trail = new TableAuditTrail(books.Clients);
        for (var act = 1; act <= Acts; act++)
        {
            await ActAsync($"act {act}");
        }
    }

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Fact]
    public async Task A_record_that_nobody_altered_stands_and_agrees_with_its_anchors()
    {
        await AnchorAsync();
        await AnchorAsync();
        await ActAsync("one more");
        await AnchorAsync();

        var report = await VerifyAsync();

        Assert.Equal((Acts + 1, 2, null), (report.Rows, report.AnchorsMet, report.Broken));
        Assert.Equal((await trail.ReadAsync(default).LastAsync()).Hash, report.Head);
    }

    [Theory]
    [InlineData("By")]
    [InlineData("Why")]
    [InlineData("Change")]
    [InlineData("Name")]
    [InlineData("Role")]
    [InlineData("Operation")]
    [InlineData("Hash")]
    public async Task N51_an_edited_row_is_found_and_named(string column)
    {
        await EditAsync(3, row => row[column] = $"{row.GetString(column)} ");

        Assert.Equal(3, (await VerifyAsync()).Broken?.Number);
    }

    [Fact]
    public async Task N51_a_row_that_says_another_time_is_found_and_named()
    {
        await EditAsync(2, row => row["At"] = row.GetDateTimeOffset("At")!.Value.AddTicks(1));

        Assert.Equal(2, (await VerifyAsync()).Broken?.Number);
    }

    [Fact]
    public async Task N51_a_deleted_row_is_found_and_named()
    {
        await DeleteAsync(4);

        Assert.Equal(4, (await VerifyAsync()).Broken?.Number);
    }

    [Fact]
    public async Task N51_two_rows_that_changed_places_are_found_and_the_first_is_named()
    {
        var (second, third) = (await RowAsync(2), await RowAsync(3));
        (second.RowKey, third.RowKey) = (third.RowKey, second.RowKey);
        await Table.UpdateEntityAsync(second, ETag.All, TableUpdateMode.Replace);
        await Table.UpdateEntityAsync(third, ETag.All, TableUpdateMode.Replace);

        Assert.Equal(2, (await VerifyAsync()).Broken?.Number);
    }

    [Fact]
    public async Task N51_a_tail_that_was_cut_off_is_found_by_the_controls_own_word()
    {
        await DeleteAsync(Acts);

        Assert.Equal(Acts, (await VerifyAsync()).Broken?.Number);
    }

    [Fact]
    public async Task N51_a_tail_that_was_cut_off_together_with_that_word_is_found_by_the_anchor()
    {
        await AnchorAsync();
        await DeleteAsync(Acts);
        await PretendHeadAsync(await RowAsync(Acts - 1), Acts - 1);

        Assert.Equal(Acts, (await VerifyAsync()).Broken?.Number);
    }

    [Fact]
    public async Task N51_a_chain_that_was_hashed_anew_from_an_edit_on_is_found_by_the_anchor()
    {
        await AnchorAsync();
        await EditAsync(3, row => row["Why"] = "somebody else's idea");
        await HashAnewAsync();
        Assert.Equal((Acts, 0), ((await VerifyAsync()).Broken?.Number, (await VerifyAsync()).AnchorsMet));

        await foreach (var blob in books.Clients.Container(StorageClients.AuditContainer).GetBlobsAsync())
        {
            await books.Clients.Container(StorageClients.AuditContainer).DeleteBlobAsync(blob.Name);
        }

        // Only the anchor tells: without it the chain is whole.
        Assert.Null((await VerifyAsync()).Broken);
    }

    [Fact]
    public async Task Acts_are_found_by_who_what_and_day_and_come_in_pages()
    {
        var read = new ReadAudit(trail, clock);
        var all = new AuditFilter(null, null, null, null);
        var first = await read.RunAsync(all, 0, 4, default);
        var second = await read.RunAsync(all, first.Next!.Value, 4, default);

        Assert.Equal((Acts, Acts, null), (first.Total, first.Acts.Concat(second.Acts).Count(), second.Next));
        Assert.Equal(
            ["chargingHalted", "chargingResumed"],
            first.Acts.Select(act => act.What).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal(3, (await read.RunAsync(all with { What = "chargingHalted" }, 0, null, default)).Total);
        Assert.Equal(0, (await read.RunAsync(all with { Who = "x' or PartitionKey ne '" }, 0, null, default)).Total);
        Assert.Equal(0, (await read.RunAsync(all with { From = new DateOnly(2020, 1, 22) }, 0, null, default)).Total);
        Assert.Equal(Acts, (await read.RunAsync(all with { To = new DateOnly(2020, 1, 21) }, 0, null, default)).Total);
    }

    [Fact]
    public async Task A_night_that_finds_the_record_altered_tells_a_person_until_one_finds_it_whole()
    {
        var stuck = new TableStuckStore(books.Clients);
        var watch = new WatchAudit(
            new VerifyAudit(trail, clock),
            new VerifySeals(store, new TableCertificateStore(books.Clients), new TableReleaseStore(books.Clients)),
            stuck,
            clock
        );
        await watch.RunAsync(default);
        Assert.Empty(await stuck.ReadAllAsync(default).ToListAsync());
        var row = await RowAsync(3);

        await EditAsync(3, it => it["Why"] = "somebody else's idea");
        Assert.False((await watch.RunAsync(default)).IsWhole);

        var item = Assert.Single(await stuck.ReadAllAsync(default).ToListAsync());
        Assert.Equal(("audit", "audit", "3"), (item.Id, item.Kind, item.Content));
        Assert.Contains("row 3 is not what was written", item.Reason, StringComparison.Ordinal);

        await Table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
        Assert.True((await watch.RunAsync(default)).IsWhole);
        Assert.Empty(await stuck.ReadAllAsync(default).ToListAsync());
    }

    private Task<AuditReport> VerifyAsync() => new VerifyAudit(trail, clock).RunAsync(default);

    private Task AnchorAsync() => new AnchorAudit(trail, clock).RunAsync(default);

    private async Task ActAsync(string why)
    {
        var before = await store.LoadAsync(default);
        ControlChange change = before.Controls.IsHalted ? new ChargingResumed() : new ChargingHalted();
        var authority = Books.Because(why) with { Name = "Ann Bell", Role = "Preparer" };
        Assert.True(
            await store.TrySaveAsync(
                before,
                before.Controls.Change(change, authority),
                new ControlAct(change, authority, new ChangeOperation($"op-{why.Replace(' ', '-')}", "content")),
                default
            )
        );
    }

    private async Task<TableEntity> RowAsync(long number) =>
        await Table.GetEntityAsync<TableEntity>("controls", KeyOf(number));

    private async Task EditAsync(long number, Action<TableEntity> edit)
    {
        var row = await RowAsync(number);
        edit(row);
        await Table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
    }

    private Task DeleteAsync(long number) => Table.DeleteEntityAsync("controls", KeyOf(number), ETag.All);

    private async Task HashAnewAsync()
    {
        var previous = AuditChain.Genesis;
        for (var number = 1; number <= Acts; number++)
        {
            var row = await RowAsync(number);
            var authority = new Authority(row.GetString("By"), row.GetString("Why"), row.GetDateTimeOffset("At")!.Value)
            {
                Name = row.GetString("Name"),
                Role = row.GetString("Role"),
            };
            previous = AuditChain.HashOf(
                previous,
                number,
                authority,
                row.GetString("Change"),
                row.GetString("Operation"),
                row.GetString("State")
            );
            row["Hash"] = previous;
            await Table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
            await PretendHeadAsync(row, number);
        }
    }

    private async Task PretendHeadAsync(TableEntity row, long number)
    {
        TableEntity state = await Table.GetEntityAsync<TableEntity>("controls", "state");
        (state["Hash"], state["Version"]) = (row.GetString("Hash"), number);
        await Table.UpdateEntityAsync(state, ETag.All, TableUpdateMode.Replace);
    }

    private static string KeyOf(long number) => string.Create(CultureInfo.InvariantCulture, $"h|{number:0000000000}");
}
