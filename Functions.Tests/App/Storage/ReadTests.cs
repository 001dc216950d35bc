using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Storage;

public sealed class ReadTests(AzuriteFixture azurite) : IAsyncLifetime
{
    // Of each test: a city of tests has few buckets, and each wants an empty one.
    private readonly Books books = new(azurite);

    public ValueTask InitializeAsync() => books.InitializeAsync();

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Fact]
    public async Task More_than_a_page_of_rows_is_read_whole()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 1050);
        await books.SaveAsync([.. accounts.Select(account => Books.Save(Books.None(account), Books.Now))]);
        books.Watch.Forget();

        var all = await books
            .Ledgers.ScanAsync(Bucket.Of(accounts[0]), LedgerFilter.All, CancellationToken.None)
            .ToListAsync();
        var due = await books
            .Ledgers.ReadDueAsync(Bucket.Of(accounts[0]), Books.Now, CancellationToken.None)
            .ToListAsync();

        Assert.Equal(accounts, Accounts(all));
        Assert.Equal(accounts, Accounts(due).Order());
        Assert.All(all, page => Assert.InRange(page.Count, 1, 200));
        Assert.Contains(books.Watch.Requests, request => request.Contains("NextRowKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Due_is_who_asks_for_this_second_or_an_earlier_one()
    {
        var bucket = books.NewBucket();
        var accounts = Books.AccountsIn(bucket, 4);
        DateTimeOffset?[] looks = [Books.Now.AddSeconds(-1), Books.Now, Books.Now.AddSeconds(1), null];
        await books.SaveAsync([.. accounts.Zip(looks, Books.Enrol)]);

        var due = await books.Ledgers.ReadDueAsync(bucket, Books.Now, CancellationToken.None).ToListAsync();

        Assert.Equal(accounts[..2], Accounts(due));
        Assert.Equal(Books.Now.AddSeconds(-1), await books.Ledgers.EarliestDueAsync(bucket, CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_who_wants_a_look_is_no_earliest_look()
    {
        var bucket = books.NewBucket();
        await books.SaveOneAsync(Books.Enrol(Books.AccountsIn(bucket, 1)[0]));

        Assert.Null(await books.Ledgers.EarliestDueAsync(bucket, CancellationToken.None));
        Assert.Empty(await books.Ledgers.ReadDueAsync(bucket, Books.Now, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task An_account_has_its_own_history_and_not_that_of_a_longer_name()
    {
        var names = Enumerable
            .Range(0, 100_000)
            .Select(number => $"7-{number}")
            .ToLookup(name => Bucket.Of(new AccountId(name)));
        var own = new AccountId("7");
        var other = new AccountId(names[Bucket.Of(own)].First());
        await books.SaveAsync(
            Books.Enrol(own),
            Books.Save(Books.None(other), null, Books.Enrolled(), Books.Opened("B-1"))
        );

        var row = Assert.Single(await books.HistoryAsync(own));

        Assert.IsType<AccountEnrolled>(Assert.Single(row.Events));
        Assert.Equal(
            (1, "tester", "a test asks", Books.Now),
            (row.Sequence, row.Authority.By, row.Authority.Why, row.Authority.At)
        );
    }

    [Fact]
    public async Task The_history_is_in_the_order_of_the_operations()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var entry = await books.SaveOneAsync(Books.Enrol(account));
        foreach (var number in Enumerable.Range(1, 12))
        {
            entry = await books.SaveOneAsync(Books.Save(entry, null, Books.Opened($"B-{number}")));
        }

        Assert.Equal(Enumerable.Range(1, 13), (await books.HistoryAsync(account)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task Active_and_watched_accounts_are_found_by_what_their_debits_are()
    {
        var bucket = books.NewBucket();
        var accounts = Books.AccountsIn(bucket, 3);
        await books.SaveAsync(
            Books.Enrol(accounts[0]),
            WithDebit(accounts[1], DebitState.Scheduled),
            WithDebit(accounts[2], DebitState.Submitted)
        );

        Assert.Equal(
            [accounts[1]],
            Accounts(await books.Ledgers.ScanAsync(bucket, LedgerFilter.Active, CancellationToken.None).ToListAsync())
        );
        Assert.Equal(
            [accounts[2]],
            Accounts(await books.Ledgers.ScanAsync(bucket, LedgerFilter.Watched, CancellationToken.None).ToListAsync())
        );
    }

    [Fact]
    public async Task A_complete_walk_reads_what_is_active_in_hand_or_due_in_one_request_and_each_account_once()
    {
        var bucket = books.NewBucket();
        var accounts = Books.AccountsIn(bucket, 7);
        await books.SaveAsync(
            Books.Enrol(accounts[0]),
            WithDebit(accounts[1], DebitState.Scheduled),
            WithDebit(accounts[2], DebitState.Submitted),
            Books.Enrol(accounts[3], Books.Now.AddSeconds(1)),
            Books.Enrol(accounts[4], Books.Now),
            InHand(accounts[5], AttemptPhase.Planned),
            InHand(accounts[6], AttemptPhase.Locked)
        );
        books.Watch.Forget();

        var read = await books.Ledgers.ReadForWalkAsync(bucket, Books.Now, CancellationToken.None).ToListAsync();

        Assert.Equal([accounts[1], accounts[4], accounts[5], accounts[6]], Accounts(read));
        Assert.Single(books.Watch.Requests);
    }

    [Fact]
    public async Task An_account_that_nobody_knows_is_null() =>
        Assert.Null(await books.Ledgers.LoadAsync(new AccountId("nobody"), CancellationToken.None));

    [Fact]
    public async Task A_ledger_of_a_newer_version_is_not_read_as_if_it_were_ours()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var save = Books.Enrol(account);
        await books.SaveOneAsync(save with { After = save.After with { Schema = AccountLedger.CurrentSchema + 1 } });

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.Ledgers.LoadAsync(account, CancellationToken.None)
        );

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    private static LedgerSave WithDebit(AccountId account, DebitState state) =>
        Books.Save(
            Books.None(account),
            null,
            Books.Enrolled(),
            Books.Opened("B-1"),
            new DebitScheduled(
                new Debit
                {
                    Id = new DebitId(account, 1, 1),
                    DueDate = new DateOnly(2020, 1, 22),
                    Lines = [new DebitLine { Bill = new BillId("B-1") }],
                    State = state,
                    Reason = "Bill imported",
                    ScheduledOn = new DateOnly(2020, 1, 8),
                },
                "Bill imported"
            )
        );

    private static LedgerSave InHand(AccountId account, AttemptPhase phase)
    {
        List<LedgerEvent> events =
        [
            .. UnfiledHistoryTests.Scheduled(account).Events,
            UnfiledHistoryTests.Planned(account),
            UnfiledHistoryTests.Locked(account),
        ];
        return Books.Save(Books.None(account), null, phase == AttemptPhase.Planned ? events[..^1] : events);
    }

    private static IEnumerable<AccountId> Accounts(IEnumerable<IReadOnlyList<LedgerEntry>> pages) =>
        pages.SelectMany(page => page).Select(entry => entry.Ledger.Id);
}
