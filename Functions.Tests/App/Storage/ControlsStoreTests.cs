using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Finance;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Storage;

public sealed class ControlsStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Books books = new(azurite);
    private TableControlsStore store = null!;

    public async ValueTask InitializeAsync()
    {
        await books.InitializeAsync();
        store = new TableControlsStore(books.Clients, new Policies { MaxRetries = 1 }, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Fact]
    public async Task Before_anybody_said_anything_nothing_is_held_and_the_policies_are_the_configured_ones()
    {
        var entry = await store.LoadAsync(CancellationToken.None);

        Assert.Equal(
            (0, false, 1),
            (entry.Controls.Version, entry.Controls.IsHalted, entry.Controls.Policies.MaxRetries)
        );
    }

    [Fact]
    public async Task Every_kind_of_change_is_kept_with_who_and_why_and_comes_back_as_it_was()
    {
        ControlChange[] changes =
        [
            new DeferralDeclared(
                new DeferralId("outage"),
                [new CycleNumber(1)],
                Day(22),
                Day(29),
                DeferralAction.Hold,
                Day(31)
            ),
            new DeferralDeclared(
                new DeferralId("late"),
                [new CycleNumber(2)],
                Day(22),
                Day(29),
                DeferralAction.Merge,
                null
            ),
            new BacklogCleared([new CycleNumber(1)], new Dictionary<string, DateOnly> { ["cash"] = Day(20) }),
            new BacklogReopened([new CycleNumber(1)]),
            new DeferralWithdrawn(new DeferralId("late")),
            new PenaltyWaived("w", Day(15), Day(20), Day(22), Day(27)),
            new DisconnectShielded("s", [Day(29)]) { Cycles = [new CycleNumber(1)] },
            new WaiverWithdrawn("w"),
            new ShieldWithdrawn("s"),
            new ChargingHalted(),
            new ChargingResumed(),
        ];

        foreach (var change in changes)
        {
            Assert.True(await SaveAsync(change));
        }

        var history = await store.ReadHistoryAsync(CancellationToken.None).ToListAsync();
        Assert.Equal(changes.Select(Json), history.Select(row => Json(row.Change)));
        Assert.Equal(
            Enumerable.Range(1, changes.Length).Select(version => (long)version),
            history.Select(row => row.Version)
        );
        Assert.All(history, row => Assert.Equal(Books.Because("a test asks"), row.Authority));
        Assert.Equal(
            ["outage"],
            (await store.LoadAsync(CancellationToken.None))
                .Controls.Deferrals.Where(deferral => deferral.IsInForce)
                .Select(deferral => deferral.Id.Value)
        );
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told_to_look_again()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var before = await store.LoadAsync(CancellationToken.None);

            Assert.True(await SaveAsync(before, Books.Because("first")));
            Assert.False(await SaveAsync(before, Books.Because("second")));
        }

        Assert.Equal(2, await store.ReadHistoryAsync(CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task A_lost_answer_to_our_own_change_is_a_change_that_was_made()
    {
        foreach (var version in new[] { 1, 2 })
        {
            var before = await store.LoadAsync(CancellationToken.None);
            books.Watch.LoseNextAnswer();

            Assert.True(await SaveAsync(before, Books.Because("ours")));
            Assert.Equal(version, (await store.LoadAsync(CancellationToken.None)).Controls.Version);
        }
    }

    [Fact]
    public async Task What_was_loaded_a_moment_ago_is_not_read_again_until_it_is_changed()
    {
        await store.LoadAsync(CancellationToken.None);
        books.Watch.Forget();

        await store.LoadRecentAsync(CancellationToken.None);
        Assert.Empty(books.Watch.Requests);
        Assert.True(await SaveAsync(new ChargingHalted()));

        Assert.True((await store.LoadRecentAsync(CancellationToken.None)).Controls.IsHalted);
    }

    private async Task<bool> SaveAsync(ControlChange change)
    {
        var before = await store.LoadAsync(CancellationToken.None);
        var authority = Books.Because("a test asks");
        return await store.TrySaveAsync(
            before,
            before.Controls.Change(change, authority),
            new ControlAct(change, authority),
            CancellationToken.None
        );
    }

    private Task<bool> SaveAsync(ControlsEntry before, Authority authority)
    {
        var change = new DisconnectShielded($"s{before.Controls.Version}", [Day(29)]);
        return store.TrySaveAsync(
            before,
            before.Controls.Change(change, authority),
            new ControlAct(change, authority),
            CancellationToken.None
        );
    }

    private static string Json(ControlChange change) =>
        System.Text.Json.JsonSerializer.Serialize(change, LedgerJson.Default.ControlChange);

    private static DateOnly Day(int day) => new(2020, 1, day);
}
