using Autopay.Application.Ledgers;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Fixtures;
using Azure.Core;
using Azure.Core.Pipeline;
using Books = Autopay.Tests.App.Storage.Books;
using UnfiledHistoryTests = Autopay.Tests.App.Storage.UnfiledHistoryTests;

namespace Autopay.Tests.App.Backups;

/// <summary>An export while the books are written: each account is as it was when its ledger row was read.</summary>
public sealed class LedgerScanTests(AzuriteFixture azurite) : IAsyncLifetime
{
    // Of each test: a city of tests has few buckets, and each wants an empty one.
    private readonly Books books = new(azurite);

    public ValueTask InitializeAsync() => books.InitializeAsync();

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Theory]
    [InlineData("e%7C")]
    [InlineData("b%7C")]
    [InlineData("p%7C")]
    public async Task A_save_between_any_two_reads_tears_no_account(string prefix)
    {
        var bucket = books.NewBucket();
        var (first, second) = (Books.AccountsIn(bucket, 2)[0], Books.AccountsIn(bucket, 2)[1]);
        await books.SaveAsync(Books.Enrol(first), Books.Enrol(second));
        var entry = (await books.Ledgers.LoadAsync(first, CancellationToken.None))!;
        entry = await books.SaveOneAsync(Books.Save(entry, null, Books.Opened("B-1"), Books.Received("P-1", 100)));
        var clients = StorageClients.FromConnectionString(
            books.Connection,
            new Before(
                $"RowKey%20ge%20%27{prefix}",
                () => books.SaveOneAsync(Books.Save(entry, null, Books.Opened("B-2"), Books.Received("P-2", 100)))
            )
        );

        var scan = new LedgerScan(clients.Table(LedgerKeys.Table(bucket)), bucket);
        var rows = await scan.ReadAsync(CancellationToken.None).Select(row => row.RowKey).ToListAsync();

        Assert.Equal(0, scan.Torn);
        Assert.Equal(
            [
                $"e|{first}|00000001",
                $"e|{first}|00000002",
                $"e|{second}|00000001",
                $"b|{first}|B-1",
                $"p|{first}|P-1",
                $"a|{first}",
                $"a|{second}",
            ],
            rows
        );
        Assert.Equal(3, (await books.HistoryAsync(first)).Count);
    }

    [Fact]
    public async Task Accounts_whose_ids_begin_with_one_another_keep_what_is_theirs_over_many_pages()
    {
        var bucket = books.NewBucket();
        var accounts = Enumerable
            .Range(1, 62 * Bucket.Count)
            .SelectMany(number => new[] { $"{number}", $"{number}0x", $"{number}-1" })
            .Select(id => new AccountId(id))
            .Where(id => Bucket.Of(id) == bucket)
            .ToList();
        await books.SaveAsync([
            .. accounts.Select(account => Books.Save(Books.None(account), null, Books.Enrolled(), Books.Opened("B-1"))),
        ]);

        var scan = new LedgerScan(books.Clients.Table(LedgerKeys.Table(bucket)), bucket);
        var rows = await scan.ReadAsync(CancellationToken.None).Select(row => row.RowKey).ToListAsync();

        Assert.InRange(accounts.Count, 101, int.MaxValue);
        Assert.Equal((0, accounts.Count * 3), (scan.Torn, rows.Distinct().Count()));
    }

    [Fact]
    public async Task An_account_whose_bill_is_gone_is_counted_as_torn_and_kept()
    {
        var bucket = books.NewBucket();
        var account = Books.AccountsIn(bucket, 1)[0];
        await books.SaveAsync(Books.Save(Books.None(account), null, Books.Enrolled(), Books.Opened("B-1")));
        var table = books.Clients.Table(LedgerKeys.Table(bucket));
        await table.DeleteEntityAsync(LedgerKeys.Partition(bucket), LedgerKeys.Bill(account, new BillId("B-1")));

        var scan = new LedgerScan(table, bucket);
        var rows = await scan.ReadAsync(CancellationToken.None).ToListAsync();

        Assert.Equal((1, 2), (scan.Torn, rows.Count));
    }

    [Fact]
    public async Task What_a_ledger_row_has_of_its_history_is_filed_in_the_backup_and_nothing_is_torn()
    {
        var bucket = books.NewBucket();
        var account = Books.AccountsIn(bucket, 1)[0];
        var entry = await books.SaveOneAsync(UnfiledHistoryTests.Scheduled(account));
        entry = await books.SaveOneAsync(UnfiledHistoryTests.Step(entry, UnfiledHistoryTests.Planned(account)));
        entry = await books.SaveOneAsync(UnfiledHistoryTests.Step(entry, UnfiledHistoryTests.Locked(account)));

        var scan = new LedgerScan(books.Clients.Table(LedgerKeys.Table(bucket)), bucket);
        var rows = await scan.ReadAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(0, scan.Torn);
        Assert.Equal(
            [$"e|{account}|00000001", $"e|{account}|00000003", $"b|{account}|B-1", $"a|{account}"],
            rows.Select(row => row.RowKey)
        );
        Assert.Equal([2, 3], HistoryRows.Read(rows[1]).Select(operation => operation.Sequence));
        Assert.DoesNotContain(rows[^1].Keys, column => column.StartsWith("Unfiled", StringComparison.Ordinal));
        Assert.Equal(LeanJson.Serialize(entry.Ledger), LeanJson.Serialize(LedgerRows.ToEntry(rows[^1]).Ledger));
    }

    [Theory]
    [InlineData("e%7C")]
    [InlineData("b%7C")]
    public async Task Steps_that_are_filed_between_two_reads_are_in_the_cut_as_the_ledger_row_had_them(string prefix)
    {
        var bucket = books.NewBucket();
        var account = Books.AccountsIn(bucket, 1)[0];
        var entry = await books.SaveOneAsync(UnfiledHistoryTests.Scheduled(account));
        entry = await books.SaveOneAsync(UnfiledHistoryTests.Step(entry, UnfiledHistoryTests.Planned(account)));
        var clients = StorageClients.FromConnectionString(
            books.Connection,
            new Before(
                $"RowKey%20ge%20%27{prefix}",
                () => books.SaveOneAsync(Books.Save(entry, null, Books.Opened("B-2"), Books.Received("P-2", 100)))
            )
        );

        var scan = new LedgerScan(clients.Table(LedgerKeys.Table(bucket)), bucket);
        var rows = await scan.ReadAsync(CancellationToken.None).Select(row => row.RowKey).ToListAsync();

        Assert.Equal(0, scan.Torn);
        Assert.Equal([$"e|{account}|00000001", $"e|{account}|00000002", $"b|{account}|B-1", $"a|{account}"], rows);
        Assert.Equal([1, 2, 3], (await books.HistoryAsync(account)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task A_history_that_is_filed_while_it_is_read_tells_each_operation_once()
    {
        var bucket = books.NewBucket();
        var account = Books.AccountsIn(bucket, 1)[0];
        var entry = await books.SaveOneAsync(UnfiledHistoryTests.Scheduled(account));
        entry = await books.SaveOneAsync(UnfiledHistoryTests.Step(entry, UnfiledHistoryTests.Planned(account)));
        var clients = StorageClients.FromConnectionString(
            books.Connection,
            new Before("RowKey%20ge%20%27e%7C", () => books.SaveOneAsync(Books.Save(entry, null, Books.Opened("B-2"))))
        );

        var told = await new TableLedgerStore(clients)
            .ReadHistoryAsync(account, CancellationToken.None)
            .Select(row => row.Sequence)
            .ToListAsync();

        Assert.Equal([1, 2, 3], told);
    }

    /// <summary>Does something once, right before the first request like this.</summary>
    private sealed class Before(string part, Func<Task> act) : HttpPipelinePolicy
    {
        private int done;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (
                $"{message.Request.Uri}".Contains(part, StringComparison.Ordinal)
                && Interlocked.Exchange(ref done, 1) == 0
            )
            {
                await act();
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
