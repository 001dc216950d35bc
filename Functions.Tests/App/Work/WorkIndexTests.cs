using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Books = Autopay.Tests.App.Storage.Books;

namespace Autopay.Tests.App.Work;

/// <summary>
/// The row of the work list beside a ledger, in real tables: it is saved with the ledger and says what the ledger says.
/// </summary>
public sealed class WorkIndexTests(Books books) : IClassFixture<Books>
{
    // An open bill of an account with autopay and without a debit would be listed by itself.
    private static readonly AccountEnrolled NoAutopay = Books.Enrolled() with
    {
        Enrolment = Books.Enrolled().Enrolment with { Autopay = false },
    };

    private static readonly BillBlocked Blocked = new(new BillId("B-1"), new DateOnly(2020, 1, 20), "Uncollected: R08");

    [Fact]
    public async Task A_row_comes_with_the_first_item_and_goes_with_the_last()
    {
        var (bucket, account) = NewAccount();
        var entry = await books.SaveOneAsync(
            Books.Save(Books.None(account), null, NoAutopay, Books.Opened("B-1"), Books.Opened("B-2"))
        );
        Assert.Empty(await KeysAsync(bucket));

        entry = await books.SaveOneAsync(
            Books.Save(
                entry,
                null,
                Blocked,
                new BillBlocked(new BillId("B-2"), new DateOnly(2020, 1, 20), "Uncollected: R08")
            )
        );
        Assert.Equal([LedgerKeys.ListedAt(account)], await KeysAsync(bucket));
        Assert.Equal(2, await ThenTheRowIsTheLedgersWordAsync(bucket, entry.Ledger));

        entry = await books.SaveOneAsync(
            Books.Save(await LoadAsync(account), null, new BillRearmed(new BillId("B-1"), "paid"))
        );
        Assert.Equal(1, await ThenTheRowIsTheLedgersWordAsync(bucket, entry.Ledger));

        entry = await books.SaveOneAsync(Books.Save(entry, null, new BillSkipped(new BillId("B-2"), "left out")));
        Assert.Empty(await KeysAsync(bucket));
        Assert.Equal(0, await ThenTheRowIsTheLedgersWordAsync(bucket, entry.Ledger));
    }

    [Fact]
    public async Task A_save_that_changes_nothing_on_the_list_writes_no_row_of_it()
    {
        var (bucket, account) = NewAccount();
        await books.SaveOneAsync(Books.Save(Books.None(account), null, NoAutopay, Books.Opened("B-1"), Blocked));
        var written = await StampAsync(bucket, account);

        var save = Books.Save(await LoadAsync(account), null, Books.Received("P-1", 100));
        Assert.Equal(WorkRowChange.None, save.WorkRow);
        await books.SaveOneAsync(save);
        Assert.Equal(written, await StampAsync(bucket, account));
    }

    [Fact]
    public async Task A_ledger_without_its_row_gets_one_by_its_next_save_and_nothing_is_deleted_that_is_not_there()
    {
        var (bucket, account) = NewAccount();
        await books.SaveOneAsync(Books.Save(Books.None(account), null, NoAutopay, Books.Opened("B-1"), Blocked));
        await ForgetAsync(bucket, account);
        Assert.Empty(await ReadAsync(bucket));

        await books.SaveOneAsync(Books.Save(await LoadAsync(account), Books.Now, Books.Received("P-1", 100)));
        Assert.Single(await ReadAsync(bucket));

        await ForgetAsync(bucket, account);
        await books.SaveOneAsync(
            Books.Save(await LoadAsync(account), Books.Now, new BillSkipped(new BillId("B-1"), "left out"))
        );
        Assert.Empty(await ReadAsync(bucket));
    }

    [Fact]
    public async Task A_row_that_this_version_cannot_read_is_listed_for_engineers_and_hides_no_other()
    {
        var bucket = books.NewBucket();
        var accounts = Books.AccountsIn(bucket, 2);
        await books.SaveAsync([
            .. accounts.Select(account =>
                Books.Save(Books.None(account), null, NoAutopay, Books.Opened("B-1"), Blocked)
            ),
        ]);
        await Table(bucket)
            .UpsertEntityAsync(
                new TableEntity(LedgerKeys.Partition(bucket), LedgerKeys.ListedAt(accounts[0]))
                {
                    ["Items"] = """[{"kind":"Unheard"}]""",
                }
            );
        var clock = new CityClock(
            new FakeTimeProvider(Books.Now),
            new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"))
        );
        var stuck = new TableStuckStore(books.Clients);

        var items = await new TableLedgerStore(books.Clients, new UnreadableLedgers(stuck, clock)).ReadWorkAsync(
            bucket,
            CancellationToken.None
        );

        Assert.Equal(accounts[1], Assert.Single(items).Account);
        Assert.Contains(
            await stuck.ReadAllAsync(CancellationToken.None).ToListAsync(),
            item => item.Content == accounts[0].Value
        );
    }

    private (Bucket Bucket, AccountId Account) NewAccount() =>
        books.NewBucket() is var bucket ? (bucket, Books.AccountsIn(bucket, 1)[0]) : default;

    private TableClient Table(Bucket bucket) => books.Clients.Table(LedgerKeys.Table(bucket));

    private async Task<LedgerEntry> LoadAsync(AccountId account) =>
        (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;

    private Task<IReadOnlyList<WorkItem>> ReadAsync(Bucket bucket) =>
        books.Ledgers.ReadWorkAsync(bucket, CancellationToken.None);

    private async Task<List<string>> KeysAsync(Bucket bucket) =>
        await Table(bucket)
            .QueryAsync<TableEntity>(row => row.RowKey.CompareTo("l|") >= 0 && row.RowKey.CompareTo("l}") < 0)
            .Select(row => row.RowKey)
            .ToListAsync();

    private async Task<string> StampAsync(Bucket bucket, AccountId account) =>
        (
            await Table(bucket).GetEntityAsync<TableEntity>(LedgerKeys.Partition(bucket), LedgerKeys.ListedAt(account))
        ).Value.ETag.ToString();

    // As a build left it that knew nothing of the row.
    private async Task ForgetAsync(Bucket bucket, AccountId account)
    {
        await Table(bucket).DeleteEntityAsync(LedgerKeys.Partition(bucket), LedgerKeys.ListedAt(account));
        var row = (
            await Table(bucket).GetEntityAsync<TableEntity>(LedgerKeys.Partition(bucket), LedgerKeys.Account(account))
        ).Value;
        row.Remove("Listed");
        await Table(bucket).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
    }

    /// <returns>How many items there are.</returns>
    private async Task<int> ThenTheRowIsTheLedgersWordAsync(Bucket bucket, AccountLedger ledger)
    {
        var items = await ReadAsync(bucket);
        Assert.True(WorkItem.AreSame(ledger.Work(), items));
        return items.Count;
    }
}
