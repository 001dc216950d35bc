using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal;
using Autopay.Rehearsal.Input;
using Autopay.Storage;
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
                saves.Select(save => Json(save.After)).Order(),
                loaded.Select(entry => Json(entry.Ledger)).Order()
            );
            Assert.Equal(entries.Select(entry => entry.Tag).Order(), loaded.Select(entry => entry.Tag).Order());
            Assert.All(saves, save => Assert.Equal(Json(save.Events), Json(HistoryOf(save))));
        }
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
        var json = Json(Books.Enrol(new AccountId("10-0001")).After);

        Assert.StartsWith("{\"schema\":1,\"id\":\"10-0001\",\"generation\":1", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
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

    private IReadOnlyList<LedgerEvent> HistoryOf(LedgerSave save) =>
        [.. books.HistoryAsync(save.After.Id).GetAwaiter().GetResult().SelectMany(row => row.Events)];

    private static string Json(AccountLedger ledger) =>
        JsonSerializer.Serialize(ledger, LedgerJson.Default.AccountLedger);

    private static string Json(IReadOnlyList<LedgerEvent> events) => EventJson.Serialize(events);
}
