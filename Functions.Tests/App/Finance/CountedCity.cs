using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>Accounts of one model in memory, and the sums that were kept of them.</summary>
internal sealed class CountedCity : ICycleSumStore
{
    private readonly VirtualClock time = new(At("2020-01-13", "08:00").Utc);
    private int accounts;

    public ScratchLedgerStore Ledgers { get; } = new();

    public ScratchControlsStore Controls { get; init; } = new(new Policies { ReleaseApproval = false });

    public Dictionary<Bucket, BucketSums> Kept { get; } = [];

    public CityClock Clock => new(time, City);

    public CountCycles Count => new(Ledgers, this, Clock);

    public LookAtCity Look => new(Ledgers, this, Clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void MoveTo(string day, string hour = "08:00") => time.MoveTo(At(day, hour).Utc);

    /// <summary>So many accounts in the bucket, each as the model is.</summary>
    public async Task AddAsync(AccountScenario model, Bucket bucket, int number = 1)
    {
        for (var added = 0; added < number; accounts++)
        {
            var id = new AccountId($"30-{accounts:000000}");
            if (Bucket.Of(id) == bucket)
            {
                var ledger = model.Ledger with { Id = id };
                var save = new LedgerSave(new LedgerEntry(ledger, null, null), [], ledger, null, "save", Ann);
                await Ledgers.SaveAsync(bucket, [save], Cancel);
                added++;
            }
        }
    }

    public async Task DoAsync(ControlChange change, string? by = null)
    {
        var before = await Controls.LoadAsync(Cancel);
        var authority = new Authority(by ?? "ann", "a flood", Clock.Now.Utc);
        var act = new ControlAct(change, authority);
        Assert.True(await Controls.TrySaveAsync(before, before.Controls.Change(change, authority), act, Cancel));
    }

    public Task<IReadOnlyList<BucketSums>> ReadAllAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<BucketSums>>([.. Kept.Values]);

    public Task SaveAsync(BucketSums sums, CancellationToken cancel)
    {
        Kept[sums.Bucket] = sums;
        return Task.CompletedTask;
    }

    private static Authority Ann => new("ann", "test", DateTimeOffset.UnixEpoch);
}
