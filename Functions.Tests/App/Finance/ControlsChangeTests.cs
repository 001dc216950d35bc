using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Hints;

namespace Autopay.Tests.App.Finance;

/// <summary>A person changes the city's controls once, of the version that was seen, and everybody looks again.
/// </summary>
public sealed class ControlsChangeTests
{
    private static readonly CycleNumber One = new(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Nobody_has_entered_what_is_received_tomorrow(int days, bool isRefused)
    {
        await using var world = new ChargingWorld();
        var through = new Dictionary<string, DateOnly> { ["cash"] = world.Now.Today.AddDays(days) };

        foreach (ControlChange change in new ControlChange[] { new BacklogClearing([One], through), Cleared(through) })
        {
            var refused = await Record.ExceptionAsync(() => world.ChangeAsync(change));
            Assert.Equal(isRefused, refused is RefusedException);
        }

        Assert.Equal(isRefused ? 0 : 2, world.Controls.Current.Version);
    }

    [Fact]
    public async Task What_concerns_accounts_wakes_every_bucket_and_nothing_else_does()
    {
        await using var world = new ChargingWorld();

        await world.ChangeAsync(new PublicNotePublished("Bills come late.", "Las facturas llegan tarde."));
        Assert.Empty(world.Hints.Buckets);
        await world.HoldAsync();

        Assert.Equal(Bucket.All.Select(bucket => bucket.Number), world.Hints.Buckets.Order());
    }

    [Fact]
    public async Task The_same_request_again_changes_nothing_and_another_one_of_its_id_is_refused()
    {
        await using var world = new ChargingWorld();
        var halt = Request(world) with { Operation = new ChangeOperation("op", "halt by ann"), ExpectedVersion = 0 };

        var first = await RunAsync(world, new ChargingHalted(), halt);
        var again = await RunAsync(world, new ChargingHalted(), halt);
        Assert.Equal((false, true), (first.IsRepeat, again.IsRepeat));
        Assert.Equal((1, 1), (first.Controls.Version, again.Controls.Version));

        var other = halt with { Operation = new ChangeOperation("op", "resume by bob") };
        var refused = await Assert.ThrowsAsync<RefusedException>(() => RunAsync(world, new ChargingResumed(), other));
        Assert.StartsWith("The operation op was something else: chargingHalted", refused.Message);
        Assert.True(world.Controls.Current.IsHalted);
    }

    [Fact]
    public async Task What_is_so_already_is_no_change()
    {
        await using var world = new ChargingWorld();
        await world.ChangeAsync(Published());

        var answer = await RunAsync(world, new PublicNoteWithdrawn(PublicNoteKind.ChargedTwice), Request(world));

        Assert.Equal((1, false), (answer.Controls.Version, answer.IsRepeat));
        Assert.Equal(1, world.Controls.Current.Version);
    }

    [Fact]
    public async Task Of_another_version_than_was_seen_nothing_is_changed()
    {
        await using var world = new ChargingWorld();
        await world.HoldAsync();

        var late = Request(world) with { ExpectedVersion = 0 };
        var refused = await Assert.ThrowsAsync<ChangedMeanwhileException>(() =>
            RunAsync(world, new ChargingHalted(), late)
        );
        Assert.Equal((1, "deferralDeclared"), (refused.Version, Assert.Single(refused.Changes).What));
        await RunAsync(world, new ChargingHalted(), late with { ExpectedVersion = 1 });

        Assert.True(world.Controls.Current.IsHalted);
    }

    [Fact]
    public async Task Before_a_change_the_version_that_was_seen_is_asked_for_of_an_account_or_of_the_city()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.HoldAsync();
        var (city, account) = (world.Controls.Current.Version, world.Ledger().Operations);
        var refuse = new RefuseOtherVersion(world.Ledgers, world.Controls);

        await refuse.RunAsync(null, city, Cancel);
        await refuse.RunAsync(ChargingWorld.Id(), account, Cancel);
        await refuse.RunAsync(new AccountId("of nobody"), 7, Cancel);

        await Assert.ThrowsAsync<ChangedMeanwhileException>(() => refuse.RunAsync(null, city + 5, Cancel));
        var changed = await Assert.ThrowsAsync<ChangedMeanwhileException>(() =>
            refuse.RunAsync(ChargingWorld.Id(), account - 1, Cancel)
        );
        Assert.Equal(account, changed.Version);
    }

    [Fact]
    public async Task Who_finds_the_controls_changed_each_time_gives_up_after_ten_tries()
    {
        await using var world = new ChargingWorld();
        var store = new Contended();
        var hints = new SendHints(new HintQueue(), new HintsUnderWay(), world.Verb<CityClock>(), world.Options);

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            new ChangeControls(store, hints, world.Verb<CityClock>()).RunAsync(
                new ChargingHalted(),
                Request(world),
                Cancel
            )
        );

        Assert.StartsWith("The city's controls are being changed by somebody else", refused.Message);
        Assert.Equal(10, store.Tries);
    }

    private static PublicNotePublished Published() => new("Bills come late.", "Las facturas llegan tarde.");

    private static BacklogCleared Cleared(Dictionary<string, DateOnly> through) => new([One], through);

    private static ChangeRequest Request(ChargingWorld world) => new(new Authority("ann", "a flood", world.Now.Utc));

    private static Task<ChangeAnswer> RunAsync(ChargingWorld world, ControlChange change, ChangeRequest request) =>
        world.Verb<ChangeControls>().RunAsync(change, request, Cancel);

    /// <summary>Somebody else is always faster.</summary>
    private sealed class Contended : IControlsStore
    {
        private readonly ScratchControlsStore inner = new(new Policies());

        public int Tries { get; private set; }

        public Task<ControlsEntry> LoadAsync(CancellationToken cancel) => inner.LoadAsync(cancel);

        public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) => inner.LoadAsync(cancel);

        public Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel)
        {
            Tries++;
            return Tries > 50 ? throw new InvalidOperationException("It never ends.") : Task.FromResult(false);
        }

        public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
            inner.ReadHistoryAsync(cancel);

        public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
            inner.FindOperationAsync(id, cancel);
    }
}
