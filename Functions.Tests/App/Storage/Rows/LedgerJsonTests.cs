using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal;
using Autopay.Rehearsal.Input;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.Storage;

/// <summary>
/// Every shape that a ledger and an event took in the sample city's outage, through real tables and back.
/// </summary>
public sealed class LedgerJsonTests(Books books) : IClassFixture<Books>
{
    [Fact]
    public async Task Every_ledger_and_event_of_the_sample_city_comes_back_as_it_was()
    {
        await using var world = await PlayedAsync();
        foreach (var bucket in Assert.Some(world.Ledgers.Ledgers.GroupBy(ledger => Bucket.Of(ledger.Id))))
        {
            var saves = bucket.Select(ledger => ToSave(world, ledger)).ToList();

            var entries = (await books.SaveAsync(saves)).Select(result => result.Entry!).ToList();
            var loaded = await books.Ledgers.LoadManyAsync(
                bucket.Key,
                [.. bucket.Select(ledger => ledger.Id)],
                CancellationToken.None
            );

            Assert.Equal(
                saves.Select(save => Plain(save.After)).Order(),
                loaded.Select(entry => Plain(entry.Ledger)).Order()
            );
            Assert.Equal(entries.Select(entry => entry.Tag).Order(), loaded.Select(entry => entry.Tag).Order());
            Assert.All(saves, save => Assert.Equal(Json(save.Events), Json(HistoryOf(save))));
        }
    }

    // Every operation of the sample city is saved as it came, some as steps of a walk and some not.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whichever_operations_wait_to_be_filed_the_books_and_their_history_are_the_same(int seed)
    {
        await using var world = await PlayedAsync();
        var random = new Random(seed);
        var accounts = world.Ledgers.Ledgers.ToDictionary(
            ledger => new AccountId($"{ledger.Id}-{seed}"),
            ledger => world.Ledgers.HistoryOf(ledger.Id)
        );
        var entries = accounts.Keys.ToDictionary(account => account, Books.None);
        for (var step = 0; step < accounts.Values.Max(rows => rows.Count); step++)
        {
            var saves = accounts
                .Where(account => account.Value.Count > step)
                .Select(account => Again(entries[account.Key], account.Value[step], random))
                .GroupBy(save => Bucket.Of(save.After.Id));
            foreach (var bucket in saves)
            {
                foreach (var result in await books.SaveAsync([.. bucket]))
                {
                    entries[result.Entry!.Ledger.Id] =
                        random.Next(2) == 0
                            ? result.Entry
                            : (await books.Ledgers.LoadAsync(result.Entry.Ledger.Id, CancellationToken.None))!;
                }
            }
        }

        var waiting = 0;
        foreach (var (account, rows) in accounts)
        {
            var stored = (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;
            waiting += ((StoredLedger)stored.Stored!).Unfiled.Operations.Count;
            Assert.Equal(LeanJson.Serialize(entries[account].Ledger), LeanJson.Serialize(stored.Ledger));
            Assert.Equal(
                rows.Select(row => (row.Sequence, EventJson.Serialize(row))),
                (await books.HistoryAsync(account)).Select(row => (row.Sequence, EventJson.Serialize(row)))
            );
        }

        Assert.InRange(waiting, 1, accounts.Count);
    }

    [Fact]
    public async Task The_sample_city_has_every_state_of_a_debit_that_lasts()
    {
        await using var world = await PlayedAsync();

        var states = world.Ledgers.Ledgers.SelectMany(ledger => ledger.Debits).Select(debit => debit.State).ToHashSet();

        DebitState[] lasting =
        [
            DebitState.NeedsReview,
            DebitState.Merged,
            DebitState.Cancelled,
            DebitState.Satisfied,
            DebitState.Collected,
            DebitState.Superseded,
            DebitState.Uncollected,
        ];
        Assert.Superset(lasting.ToHashSet(), states);
    }

    [Fact]
    public void A_stored_ledger_can_be_read_by_a_person()
    {
        var json = LeanJson.Serialize(Books.Enrol(new AccountId("10-0001")).After);

        Assert.StartsWith("{\"schema\":2,\"id\":\"10-0001\",\"generation\":1", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.DoesNotContain("[]", json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_false_or_nothing_reads_back_so_and_what_is_unknown_stays_unknown()
    {
        var ledger = Books.Enrol(new AccountId("10-0001")).After;
        foreach (var said in new bool?[] { true, false, null })
        {
            Assert.Equal(
                said,
                LeanJson.Deserialize<AccountLedger>(LeanJson.Serialize(ledger with { FileAutopay = said })).FileAutopay
            );
        }

        var bare = LeanJson.Deserialize<AccountLedger>("""{"id":"10-0001"}""");
        Assert.Equal((1, 1, 0), (bare.Generation, bare.NextDebit, bare.Debits.Count + bare.Bills.Count));
    }

    private static async Task<RehearsalWorld> PlayedAsync()
    {
        var folder = Path.Combine(SourceTree.Root, "samples", "cape-girardeau-2020");
        var timeline = TimelineFile.Read(folder);
        var world = new RehearsalWorld(timeline);
        Assert.Empty((await RehearsalRun.PlayAsync(timeline, folder, world, _ => { })).Failures);
        return world;
    }

    // The whole life as one operation: bills and payments are left out, because one transaction would not hold their
    // rows.
    private static LedgerSave ToSave(RehearsalWorld world, AccountLedger ledger)
    {
        var events = world
            .Ledgers.HistoryOf(ledger.Id)
            .SelectMany(row => row.Events)
            .Where(happened => happened is not (BillOpened or FundsReceived or ItemsArchived))
            .ToList();
        return new LedgerSave(
            Books.None(ledger.Id),
            events,
            ledger,
            Books.Now,
            OperationId.New(),
            Books.Because("a test asks")
        );
    }

    private static LedgerSave Again(LedgerEntry before, HistoryRow row, Random random)
    {
        var after = row.Events.Aggregate(before.Ledger, (ledger, happened) => ledger.Apply(happened));
        return new LedgerSave(
            before,
            row.Events,
            after with
            {
                Operations = row.Sequence,
            },
            Books.Now.AddDays(random.Next(3)),
            row.OperationId,
            row.Authority
        )
        {
            MayWait = random.Next(4) > 0,
        };
    }

    private IReadOnlyList<LedgerEvent> HistoryOf(LedgerSave save) =>
        [.. books.HistoryAsync(save.After.Id).GetAwaiter().GetResult().SelectMany(row => row.Events)];

    // A long ledger is stored in pieces, and says so.
    private static string Plain(AccountLedger ledger) => Json(ledger with { Schema = AccountLedger.PlainSchema });

    private static string Json(AccountLedger ledger) =>
        JsonSerializer.Serialize(ledger, LedgerJson.Default.AccountLedger);

    private static string Json(IReadOnlyList<LedgerEvent> events) => EventJson.Serialize(events);
}
