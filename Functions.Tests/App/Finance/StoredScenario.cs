using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Finance;

/// <summary>A scenario's account and controls in the stores that verbs read.</summary>
internal sealed class StoredScenario
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ScratchLedgerStore Ledgers { get; } = new();

    public required ScratchControlsStore Controls { get; init; }

    public required CityClock Clock { get; init; }

    public static async Task<StoredScenario> OfAsync(AccountScenario account)
    {
        var controls = new ScratchControlsStore(account.Controls.Policies);
        var loaded = await controls.LoadAsync(Cancel);
        var act = new ControlAct(new ChargingResumed(), Who);
        Assert.True(await controls.TrySaveAsync(loaded, account.Controls, act, Cancel));
        var stored = new StoredScenario
        {
            Controls = controls,
            Clock = new CityClock(new VirtualClock(account.Now.Utc), AccountScenario.City),
        };
        await stored.SaveAsync(account, []);
        return stored;
    }

    /// <summary>What became of it since, with what left the row.</summary>
    public async Task SaveAsync(AccountScenario account, IReadOnlyList<LedgerEvent> events)
    {
        var id = account.Ledger.Id;
        var entry = await Ledgers.LoadAsync(id, Cancel) ?? new LedgerEntry(AccountLedger.Open(id), null, null);
        var save = new LedgerSave(entry, events, account.Ledger, null, "save", Who);
        await Ledgers.SaveAsync(Bucket.Of(id), [save], Cancel);
    }

    private static Authority Who => new("test", "as in the scenario", DateTimeOffset.UnixEpoch);
}

/// <summary>A city whose sums nobody has kept.</summary>
internal sealed class NothingKept : ICycleSumStore
{
    public Task<IReadOnlyList<BucketSums>> ReadAllAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<BucketSums>>([]);

    public Task SaveAsync(BucketSums sums, CancellationToken cancel) => Task.CompletedTask;
}
