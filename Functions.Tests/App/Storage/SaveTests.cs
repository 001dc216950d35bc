using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Fixtures;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Storage;

public sealed class SaveTests(AzuriteFixture azurite) : IAsyncLifetime
{
    // Of each test: a city of tests has few buckets, and each wants an empty one.
    private readonly Books books = new(azurite);

    public ValueTask InitializeAsync() => books.InitializeAsync();

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Fact]
    public async Task A_save_is_one_transaction_with_ledger_history_bill_payment_and_work()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        books.Watch.Forget();

        await books.SaveOneAsync(
            Books.Save(
                Books.None(account),
                Books.Now,
                Books.Enrolled(),
                Books.Opened("B-1"),
                Books.Received("P-1", 500)
            )
        );

        Assert.StartsWith("POST", Assert.Single(books.Watch.Requests), StringComparison.Ordinal);
        // No debit collects the bill: it is on the work list.
        Assert.Equal(
            [
                $"a|{account}",
                $"b|{account}|B-1",
                $"e|{account}|00000001",
                $"l|{account}",
                $"p|{account}|P-1",
                $"w|20200121180000|{account}",
            ],
            await KeysAsync(account)
        );
    }

    [Fact]
    public async Task Several_accounts_share_one_transaction()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 30);
        books.Watch.Forget();

        var results = await books.SaveAsync([.. accounts.Select(account => Books.Enrol(account, Books.Now))]);

        Assert.Equal(accounts, results.Select(result => result.Entry!.Ledger.Id));
        Assert.Single(books.Watch.Requests);
        Assert.Equal((await LoadAsync(accounts[7])).Tag, results[7].Entry!.Tag);
    }

    [Fact]
    public async Task More_accounts_than_fit_take_more_transactions_and_none_is_split()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 40);
        books.Watch.Forget();

        var results = await books.SaveAsync([.. accounts.Select(account => Books.Enrol(account, Books.Now))]);

        Assert.All(results, result => Assert.NotNull(result.Entry));
        Assert.Equal(2, books.Watch.Batches);
        var packed = LedgerTransaction.Pack(
            Bucket.Of(accounts[0]),
            accounts.Select(account => Books.Enrol(account, Books.Now))
        );
        Assert.Equal([99, 21], packed.Select(transaction => transaction.Actions.Count));
    }

    [Fact]
    public async Task A_conflict_of_one_account_drops_only_that_one()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 3);
        var stale = await books.SaveOneAsync(Books.Enrol(accounts[1]));
        await books.SaveOneAsync(Books.Save(stale, Books.Now, Books.Opened("B-1")));

        var results = await books.SaveAsync(
            Books.Enrol(accounts[0]),
            Books.Save(stale, null, Books.Enrolled("east")),
            Books.Enrol(accounts[2])
        );

        Assert.Equal([false, true, false], results.Select(result => result.IsConflict));
        Assert.Equal(results[2].Entry!.Tag, (await LoadAsync(accounts[2])).Tag);
        Assert.Equal("west", (await LoadAsync(accounts[1])).Ledger.Enrolment!.ServiceArea);
        Assert.Equal(2, (await books.HistoryAsync(accounts[1])).Count);
    }

    // There is no history row that would collide: the ETag alone keeps what the other one wrote.
    [Fact]
    public async Task A_look_that_moved_from_a_ledger_that_changed_since_is_a_conflict_and_overwrites_nothing()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var stale = await books.SaveOneAsync(Books.Enrol(account));
        await books.SaveOneAsync(Books.Save(stale, null, Books.Received("P-1", 500)));

        Assert.True(Assert.Single(await books.SaveAsync(Books.Save(stale, Books.Now))).IsConflict);

        Assert.Equal(500, (await LoadAsync(account)).Ledger.Credit.Cents);
    }

    [Fact]
    public async Task An_account_that_is_new_to_two_writers_is_made_by_one_of_them()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        await books.SaveOneAsync(Books.Enrol(account));

        Assert.True(Assert.Single(await books.SaveAsync(Books.Enrol(account))).IsConflict);
        Assert.Single(await books.HistoryAsync(account));
    }

    [Fact]
    public async Task A_lost_answer_to_the_first_save_is_recognised_as_our_own()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 3);
        books.Watch.LoseNextAnswer();

        var results = await books.SaveAsync([
            .. accounts.Select(account =>
                Books.Save(Books.None(account), Books.Now, Books.Enrolled(), Books.Opened("B-1"))
            ),
        ]);

        Assert.All(results, result => Assert.Equal(1, result.Entry!.Ledger.Operations));
        Assert.Equal((await LoadAsync(accounts[2])).Tag, results[2].Entry!.Tag);
        Assert.Single(await books.HistoryAsync(accounts[0]));
    }

    [Fact]
    public async Task A_lost_answer_to_an_update_is_recognised_as_our_own_and_not_written_twice()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 2);
        var entries = (await books.SaveAsync([.. accounts.Select(account => Books.Enrol(account, Books.Now))]))
            .Select(result => result.Entry!)
            .ToList();
        books.Watch.LoseNextAnswer();

        var results = await books.SaveAsync([
            .. entries.Select(entry => Books.Save(entry, Books.Now.AddDays(1), Books.Received("P-1", 500))),
        ]);

        Assert.All(results, result => Assert.Equal(500, result.Entry!.Ledger.Credit.Cents));
        Assert.Equal(2, (await books.HistoryAsync(accounts[0])).Count);
        Assert.Equal(2, (await books.HistoryAsync(accounts[1])).Count);
        Assert.Equal(500, (await LoadAsync(accounts[1])).Ledger.Credit.Cents);
    }

    [Fact]
    public async Task Another_operation_at_the_same_place_is_not_taken_for_our_own()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var before = await books.SaveOneAsync(Books.Enrol(account));
        await books.SaveOneAsync(Books.Save(before, null, Books.Received("P-1", 500)));

        Assert.True(
            Assert.Single(await books.SaveAsync(Books.Save(before, null, Books.Received("P-1", 500)))).IsConflict
        );
    }

    [Fact]
    public async Task A_look_that_moved_writes_no_history_and_after_a_lost_answer_it_is_a_conflict_to_load_again()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var entry = await books.SaveOneAsync(Books.Enrol(account, Books.Now));
        books.Watch.LoseNextAnswer();

        var result = Assert.Single(await books.SaveAsync(Books.Save(entry, Books.Now.AddDays(1))));

        Assert.True(result.IsConflict);
        Assert.Equal(Books.Now.AddDays(1), (await LoadAsync(account)).NextEvaluation);
        Assert.Single(await books.HistoryAsync(account));
    }

    [Fact]
    public async Task The_work_row_moves_with_the_ledger_and_goes_with_it()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var first = await books.SaveOneAsync(Books.Enrol(account, Books.Now));

        var later = await books.SaveOneAsync(Books.Save(first, Books.Now.AddDays(1), Books.Opened("B-1")));
        Assert.Equal([$"w|20200122180000|{account}"], await KeysAsync(account, "w|"));
        var same = await books.SaveOneAsync(Books.Save(later, Books.Now.AddDays(1), Books.Opened("B-2")));
        Assert.Equal([$"w|20200122180000|{account}"], await KeysAsync(account, "w|"));
        await books.SaveOneAsync(Books.Save(same, null, Books.Opened("B-3")));

        Assert.Empty(await KeysAsync(account, "w|"));
    }

    // The keys of work rows are whole seconds, and a transaction names no row twice.
    [Fact]
    public async Task A_look_that_moves_within_its_second_keeps_its_row()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var first = await books.SaveOneAsync(Books.Enrol(account, Books.Now));

        await books.SaveOneAsync(Books.Save(first, Books.Now.AddMilliseconds(700), Books.Opened("B-1")));

        Assert.Equal([$"w|20200121180000|{account}"], await KeysAsync(account, "w|"));
        Assert.Equal(
            Books.Now.AddMilliseconds(700),
            await books.Ledgers.EarliestDueAsync(Bucket.Of(account), CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_debit_closed_long_ago_moves_to_a_row_of_its_own()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var debit = new Debit
        {
            Id = new DebitId(account, 1, 1),
            DueDate = new DateOnly(2020, 1, 22),
            Lines = [new DebitLine { Bill = new BillId("B-1") }],
            State = DebitState.Scheduled,
            Reason = "Bill imported",
            ScheduledOn = new DateOnly(2020, 1, 8),
        };
        var before = await books.SaveOneAsync(
            Books.Save(
                Books.None(account),
                null,
                Books.Enrolled(),
                Books.Opened("B-1"),
                new DebitScheduled(debit, "Bill imported")
            )
        );
        var closed = await books.SaveOneAsync(
            Books.Save(before, null, new DebitCancelled(debit.Id, new DateOnly(2020, 1, 20), "a person"))
        );

        var after = await books.SaveOneAsync(
            Books.Save(closed, null, new ItemsArchived([debit.Id], [], [], "Closed long ago"))
        );

        Assert.Empty(after.Ledger.Debits);
        Assert.Equal(
            DebitState.Cancelled,
            Assert.Single(await books.Ledgers.ReadArchivedAsync(account, CancellationToken.None)).State
        );
    }

    [Fact]
    public async Task Debits_that_leave_together_are_one_row_and_those_of_former_versions_one_each()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var ledger = PastPlay.Closed(AccountLedger.Open(account), 1, 7);
        var save = Books.Save(Books.None(account), null, Books.Enrolled());
        var before = await books.SaveOneAsync(save with { After = ledger with { Operations = 1 } });
        var table = books.Clients.Table(LedgerKeys.Table(Bucket.Of(account)));
        var (partition, last) = (LedgerKeys.Partition(Bucket.Of(account)), ledger.Debits[6]);
        await table.AddEntityAsync(
            new TableEntity(partition, LedgerKeys.ClosedDebit(account, last.Id))
            {
                ["Debit"] = JsonSerializer.Serialize(last, LedgerJson.Default.Debit),
            }
        );

        await books.SaveOneAsync(
            Books.Save(before, null, new ItemsArchived([.. ledger.Debits.Take(6).Select(it => it.Id)], [], [], "old"))
        );

        var read = await books.Ledgers.ReadArchivedAsync(account, CancellationToken.None);
        Assert.Equal(ledger.Debits.Select(LeanJson.Serialize), read.Select(LeanJson.Serialize));
        var rows = table.QueryAsync<TableEntity>($"PartitionKey eq '{partition}' and RowKey ge 'd|' and RowKey lt 'e'");
        Assert.Equal(2, await rows.CountAsync());
    }

    [Fact]
    public async Task A_bill_that_left_the_ledger_long_ago_is_not_taken_in_again()
    {
        var account = Books.AccountsIn(books.NewBucket(), 2);
        var before = await books.SaveOneAsync(
            Books.Save(Books.None(account[0]), null, Books.Enrolled(), Books.Opened("B-1"))
        );
        var archived = await books.SaveOneAsync(
            Books.Save(before, null, new ItemsArchived([], [new BillId("B-1")], [], "Closed long ago"))
        );

        var results = await books.SaveAsync(Books.Save(archived, null, Books.Opened("B-1")), Books.Enrol(account[1]));

        Assert.Equal("B-1", Assert.IsType<BillOpened>(Assert.Single(results[0].Stored!)).Bill.Id.Value);
        Assert.NotNull(results[1].Entry);
        Assert.Equal(2, (await books.HistoryAsync(account[0])).Count);
        Assert.Equal(archived.Tag, (await LoadAsync(account[0])).Tag);
    }

    [Fact]
    public async Task One_account_with_more_than_100_operations_is_refused_before_anything_is_sent()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        books.Watch.Forget();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.SaveAsync(
                Books.Save(
                    Books.None(account),
                    null,
                    [Books.Enrolled(), .. Enumerable.Range(1, 100).Select(number => Books.Opened($"B-{number}"))]
                )
            )
        );

        Assert.Contains("103 operations", refused.Message, StringComparison.Ordinal);
        Assert.Empty(books.Watch.Requests);
    }

    [Fact]
    public void Accounts_over_4_MiB_together_take_several_transactions()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 10);

        var sizes = LedgerTransaction
            .Pack(
                Bucket.Of(accounts[0]),
                accounts.Select(account =>
                    Books.Save(Books.None(account), null, Books.Enrolled(new string('x', 200_000)))
                )
            )
            .Select(transaction =>
                transaction.Actions.Sum(action => LongText.SizeOf((Azure.Data.Tables.TableEntity)action.Entity))
            )
            .ToList();

        Assert.True(sizes.Count > 1);
        Assert.All(sizes, size => Assert.True(size < 4 * 1024 * 1024));
    }

    [Fact]
    public async Task A_ledger_that_does_not_fit_into_a_row_is_refused()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.SaveAsync(Books.Save(Books.None(account), null, Books.Enrolled(new string('x', 500_000))))
        );

        Assert.Null(await books.Ledgers.LoadAsync(account, CancellationToken.None));
    }

    [Fact]
    public async Task A_ledger_over_several_properties_comes_back_whole()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var area = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number:x5}é"));

        await books.SaveOneAsync(Books.Save(Books.None(account), null, Books.Enrolled(area)));

        Assert.Equal(area, (await LoadAsync(account)).Ledger.Enrolment!.ServiceArea);
    }

    [Fact]
    public async Task A_ledger_that_got_shorter_keeps_nothing_of_the_longer_one()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var longer = await books.SaveOneAsync(
            Books.Save(Books.None(account), null, Books.Enrolled(new string('x', 100_000)))
        );

        await books.SaveOneAsync(Books.Save(longer, null, Books.Enrolled("west")));

        Assert.Equal("west", (await LoadAsync(account)).Ledger.Enrolment!.ServiceArea);
    }

    private async Task<LedgerEntry> LoadAsync(AccountId account) =>
        (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;

    private async Task<List<string>> KeysAsync(AccountId account, string prefix = "") =>
        await books
            .Clients.Table(LedgerKeys.Table(Bucket.Of(account)))
            .QueryAsync<Azure.Data.Tables.TableEntity>()
            .Select(row => row.RowKey)
            .Where(key =>
                key.StartsWith(prefix, StringComparison.Ordinal)
                && key.Contains($"|{account}", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .ToListAsync();
}
