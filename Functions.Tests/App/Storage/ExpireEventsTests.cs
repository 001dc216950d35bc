using System.Globalization;
using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Retention;
using Autopay.Rehearsal.World;
using Autopay.Storage;
using Autopay.Storage.Events;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Hints;
using Autopay.Tests.App.Settings;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Storage;

/// <summary>Raw events go after their time, and nothing goes that anything still needs.</summary>
public sealed class ExpireEventsTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = new(2020, 6, 1, 9, 45, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_old_and_settled_goes_and_what_is_open_waits_for_a_person_or_is_younger_stays()
    {
        var clients = await ClientsAsync();
        var (events, expiring) = (new TableProviderEventStore(clients), new TableExpiringEvents(clients));
        await AddAsync(events, 91, ProviderEventState.Applied, ProviderEventState.Noted, ProviderEventState.Stored);
        await AddAsync(events, 91, ProviderEventState.Foreign, ProviderEventState.Parked);
        await AddAsync(events, 89, ProviderEventState.Applied);
        await events.SaveProgressAsync(new EventProgress(Now, null), CancellationToken.None);

        var old = await expiring.FindAsync(Now.AddDays(-90), 100, CancellationToken.None);
        await expiring.DeleteAsync(old, CancellationToken.None);
        // As after an answer that was lost.
        await expiring.DeleteAsync(old, CancellationToken.None);

        Assert.Equal(2, old.Count);
        Assert.Empty(await expiring.FindAsync(Now.AddDays(-90), 100, CancellationToken.None));
        Assert.Equal(
            ["evt/89|Applied", "evt/91|Foreign", "evt/91|Parked", "evt/91|Stored"],
            await KeptAsync(events, [91, 89])
        );
        Assert.Equal(Now, (await events.ReadProgressAsync(CancellationToken.None)).Through);
        // What waited for a person goes when one has decided.
        var foreign = (await events.FindAsync("evt/91|Foreign", CancellationToken.None))!;
        await events.MarkAsync(
            [new EventMark(foreign.ToOpen(), ProviderEventState.Noted, "discarded")],
            CancellationToken.None
        );
        Assert.Single(await expiring.FindAsync(Now.AddDays(-90), 100, CancellationToken.None));
    }

    [Fact]
    public async Task One_run_takes_the_oldest_and_no_more_than_it_may()
    {
        var clients = await ClientsAsync();
        var (events, expiring) = (new TableProviderEventStore(clients), new TableExpiringEvents(clients));
        var many = Enumerable
            .Range(0, 130)
            .Select(number => Event(string.Create(CultureInfo.InvariantCulture, $"evt_{number:000}"), 300 - number))
            .ToList();
        await events.AddMissingAsync(many, CancellationToken.None);
        await events.MarkAsync(
            [.. many.Select(it => new EventMark(it.ToOpen(), ProviderEventState.Applied, ""))],
            CancellationToken.None
        );

        var oldest = await expiring.FindAsync(Now.AddDays(-90), 120, CancellationToken.None);
        await expiring.DeleteAsync(oldest, CancellationToken.None);

        Assert.Equal(120, oldest.Count);
        Assert.Null(await events.FindAsync("evt_119", CancellationToken.None));
        Assert.NotNull(await events.FindAsync("evt_120", CancellationToken.None));
        Assert.Equal(10, (await expiring.FindAsync(Now.AddDays(-90), 120, CancellationToken.None)).Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task What_goes_is_in_the_record_before_it_is_gone(int found)
    {
        var store = new ScratchControlsStore(new Policies());
        var shelf = new Shelf(found, () => store.Current.Version);
        var clock = new CityClock(new FakeTimeProvider(Now), ChargingWorld.City);
        var options = OwnSettings.Read<ProcessingOptions>();
        var hints = new SendHints(new HintQueue(), new HintsUnderWay(), clock, options);

        var gone = await new ExpireEvents(shelf, new ChangeControls(store, hints, clock), clock, options).RunAsync(
            CancellationToken.None
        );

        ControlChange[] recorded = found == 0 ? [] : [new RecordsExpired("providerEvents", Now.AddDays(-77), found)];
        var record = await store.ReadHistoryAsync(CancellationToken.None).ToListAsync();
        Assert.Equal((found, Now.AddDays(-77)), (gone, shelf.Before));
        Assert.Equal(recorded, record.Select(row => row.Change));
        // The version at the time of each deletion: once, and after the record.
        Assert.Equal(recorded.Select(_ => 1L), shelf.RecordedAtDeletions);
        Assert.Equal(0, store.Current.AccountsVersion);
    }

    private async Task<StorageClients> ClientsAsync()
    {
        var clients = StorageClients.FromConnectionString(await azurite.NewAccountAsync(), null);
        await clients.Table(StorageClients.ProviderEventsTable).CreateAsync();
        return clients;
    }

    private static async Task AddAsync(
        TableProviderEventStore events,
        int daysOld,
        params IReadOnlyList<ProviderEventState> states
    )
    {
        foreach (var state in states)
        {
            var happened = Event(string.Create(CultureInfo.InvariantCulture, $"evt/{daysOld}|{state}"), daysOld);
            await events.TryAddAsync(
                state == ProviderEventState.Parked ? happened with { State = state } : happened,
                CancellationToken.None
            );
            if (state is not (ProviderEventState.Stored or ProviderEventState.Parked))
            {
                await events.MarkAsync([new EventMark(happened.ToOpen(), state, "")], CancellationToken.None);
            }
        }
    }

    private static async Task<IEnumerable<string>> KeptAsync(TableProviderEventStore events, int[] ages)
    {
        List<string> kept = [];
        foreach (var id in ages.SelectMany(age => Enum.GetNames<ProviderEventState>().Select(it => $"evt/{age}|{it}")))
        {
            kept.AddRange(await events.FindAsync(id, CancellationToken.None) is null ? [] : [id]);
        }

        return kept.Order(StringComparer.Ordinal);
    }

    private static ProviderEvent Event(string id, int daysOld) =>
        new()
        {
            Id = id,
            Type = "payment_intent.succeeded",
            ApiVersion = "v",
            Livemode = false,
            IntentId = "pi_1",
            Body = "{}",
            HappenedAt = Now.AddDays(-daysOld),
            ReceivedAt = Now.AddDays(-daysOld),
        };

    private sealed class Shelf(int found, Func<long> recorded) : IExpiringEvents
    {
        public DateTimeOffset Before { get; private set; }

        public List<long> RecordedAtDeletions { get; } = [];

        public Task<IReadOnlyList<string>> FindAsync(DateTimeOffset before, int most, CancellationToken cancel)
        {
            Before = before;
            return Task.FromResult<IReadOnlyList<string>>([.. Enumerable.Repeat("old", found)]);
        }

        public Task DeleteAsync(IReadOnlyList<string> names, CancellationToken cancel)
        {
            RecordedAtDeletions.Add(recorded());
            return Task.CompletedTask;
        }
    }
}
