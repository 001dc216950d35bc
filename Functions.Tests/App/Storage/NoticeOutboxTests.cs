using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Fixtures.Ledger;
using Microsoft.Extensions.Time.Testing;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Storage;

/// <summary>The rows of notices beside the ledgers, in a real table.</summary>
public sealed class NoticeOutboxTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2020, 1, 12, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_notice_is_there_with_the_save_that_asks_for_it_and_gone_with_the_one_that_sends_it()
    {
        var (ledgers, outbox) = await OpenAsync();
        var account = GivenAnAccount(policies: new Policies { NoticeClock = NoticeClockMode.Enforce })
            .WhenABillIsImported("jan", 5_000);
        var entry = await SaveAsync(
            ledgers,
            new LedgerEntry(AccountLedger.Open(account.Ledger.Id), null, null),
            account
        );
        Assert.Empty(await ReadAsync(outbox, account, NoticeWay.Any));

        entry = await SaveAsync(ledgers, entry, account.WhenABillIsAdjusted("jan", 700));
        Assert.True(entry.HasNotices);
        var waiting = Assert.Single(await ReadAsync(outbox, account, NoticeWay.Any));
        Assert.Equal(account.Ledger.PendingNotices(), waiting.Notices);
        var beside = await ledgers.ReadWaitingAsync(Bucket.Of(account.Ledger.Id), CancellationToken.None);
        Assert.Equal(waiting.Notices, beside.Notices);
        Assert.Empty(await ReadAsync(outbox, account, NoticeWay.Email));

        account.Do(
            new RecordNoticeSent(
                account.Debit(1).Id,
                1,
                NoticeChannel.Letter,
                account.Now.Today,
                new Money(5_700),
                new DateOnly(2020, 1, 24),
                "letters",
                account.Now
            )
        );
        await SaveAsync(ledgers, await LoadAsync(ledgers, account), account);
        Assert.Empty(await ReadAsync(outbox, account, NoticeWay.Any));
    }

    [Fact]
    public async Task Who_takes_a_row_keeps_others_away_for_a_while()
    {
        var (ledgers, outbox) = await OpenAsync();
        var account = GivenAnAccount(policies: new Policies { NoticeClock = NoticeClockMode.Enforce });
        account
            .Do(new Enrol(account.Ledger.Enrolled with { Email = "kim@customer.example" }, account.Now))
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", 700);
        await SaveAsync(ledgers, new LedgerEntry(AccountLedger.Open(account.Ledger.Id), null, null), account);
        var waiting = Assert.Single(await ReadAsync(outbox, account, NoticeWay.Email));

        Assert.True(await outbox.TryTakeAsync(waiting, time.GetUtcNow().AddMinutes(4), CancellationToken.None));
        Assert.False(await outbox.TryTakeAsync(waiting, time.GetUtcNow().AddMinutes(4), CancellationToken.None));
        Assert.Empty(await ReadAsync(outbox, account, NoticeWay.Email));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(await ReadAsync(outbox, account, NoticeWay.Email));
    }

    [Fact]
    public async Task A_row_that_changes_while_somebody_is_sending_it_stays_taken()
    {
        var (ledgers, outbox) = await OpenAsync();
        var account = GivenAnAccount(policies: new Policies { NoticeClock = NoticeClockMode.Enforce });
        account
            .Do(new Enrol(account.Ledger.Enrolled with { Email = "kim@customer.example" }, account.Now))
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsAdjusted("jan", 700);
        var entry = await SaveAsync(
            ledgers,
            new LedgerEntry(AccountLedger.Open(account.Ledger.Id), null, null),
            account
        );
        var waiting = Assert.Single(await ReadAsync(outbox, account, NoticeWay.Email));
        Assert.True(await outbox.TryTakeAsync(waiting, time.GetUtcNow().AddMinutes(4), CancellationToken.None));

        account.WhenABillIsImported("feb", 5_000, previous: 5_700).WhenABillIsAdjusted("feb", 900);
        await SaveAsync(ledgers, entry, account);
        Assert.Empty(await ReadAsync(outbox, account, NoticeWay.Email));
        time.Advance(TimeSpan.FromMinutes(5));
        var then = Assert.Single(await ReadAsync(outbox, account, NoticeWay.Email));
        Assert.Equal(account.Ledger.PendingNotices(), then.Notices);
    }

    private async Task<(TableLedgerStore Ledgers, TableNoticeOutbox Outbox)> OpenAsync()
    {
        var clients = StorageClients.FromConnectionString(await azurite.NewAccountAsync());
        await new StorageSetup(clients).RunAsync(CancellationToken.None);
        return (new TableLedgerStore(clients), new TableNoticeOutbox(clients, new CityClock(time, ChargingWorld.City)));
    }

    private static async Task<LedgerEntry> SaveAsync(
        TableLedgerStore ledgers,
        LedgerEntry before,
        AccountScenario account
    )
    {
        var after = account.Ledger with { Operations = before.Ledger.Operations + 1 };
        var authority = new Authority("test", "test", account.Now.Utc);
        var save = new LedgerSave(before, account.LastEvents, after, null, OperationId.New(), authority);
        return (await ledgers.SaveAsync(Bucket.Of(after.Id), [save], CancellationToken.None))[0].Entry!;
    }

    private static async Task<LedgerEntry> LoadAsync(TableLedgerStore ledgers, AccountScenario account) =>
        (await ledgers.LoadAsync(account.Ledger.Id, CancellationToken.None))!;

    private static async Task<List<WaitingNotices>> ReadAsync(
        TableNoticeOutbox outbox,
        AccountScenario account,
        NoticeWay way
    ) => await outbox.ReadAsync(Bucket.Of(account.Ledger.Id), way, CancellationToken.None).ToListAsync();
}
