using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Stuck;
using Autopay.Application.Work;

namespace Autopay.Application.Telemetry;

/// <summary>
/// Sees what waits for people on one pass over the ledgers (D260). It keeps what is on the lists, and nothing of an
/// account that has nothing there.
/// </summary>
public sealed class SeeCity(
    ILedgerStore ledgers,
    IControlsStore controls,
    IStuckStore items,
    CountCycles count,
    ReadStuck stuck
)
{
    private const int BucketsAtOnce = 16;

    public CityPass Begin() => new(stuck);

    /// <summary>
    /// The same for a list, at a request a bucket: one of few accounts is seen as it is counted, of a larger one the
    /// rows beside its ledgers are, and its kept sums tell the rest.
    /// </summary>
    /// <param name="current">The controls, where whoever asks has read them for the same page.</param>
    public async Task<SeenCity> LookAsync(Controls? current, CancellationToken cancel)
    {
        var (pass, one) = (Begin(), new Lock());
        var sums = await count.RunAsync(isFresh: false, See, cancel);
        await InParallel.SelectAsync([.. sums.Kept], BucketsAtOnce, WaitingAsync);
        return await EndAsync(pass, current, cancel) with
        {
            Cycles = sums.Cycles,
            WatchedElsewhere = sums.Kept.Sum(bucket => bucket.Watched ?? 0),
        };

        void See(Bucket bucket, IReadOnlyList<LedgerEntry> page)
        {
            lock (one)
            {
                pass.Add(bucket, page);
            }
        }

        async Task<bool> WaitingAsync(BucketSums kept)
        {
            var waiting = await ledgers.ReadWaitingAsync(kept.Bucket, cancel);
            lock (one)
            {
                pass.SetWaiting(kept.Bucket, waiting);
            }

            return true;
        }
    }

    /// <summary>What the pass has seen, with what no ledger knows, read once.</summary>
    public Task<SeenCity> EndAsync(CityPass pass, CancellationToken cancel) => EndAsync(pass, null, cancel);

    private async Task<SeenCity> EndAsync(CityPass pass, Controls? current, CancellationToken cancel)
    {
        var open = await items.ReadAllAsync(cancel).ToListAsync(cancel);

        // A ledger that cannot be read was left out; the row beside it may be readable, and still tells what waits.
        foreach (var bucket in open.Where(IsOfAccount).Select(BucketOf).Distinct())
        {
            pass.SetWaiting(bucket, await ledgers.ReadWaitingAsync(bucket, cancel));
        }

        return new SeenCity(
            current ?? (await controls.LoadAsync(cancel)).Controls,
            pass.Work,
            pass.Watched,
            pass.Looks,
            open,
            pass.Cycles
        )
        {
            Notices = pass.Notices,
        };
    }

    private static bool IsOfAccount(StuckItem item) => item.Kind == EvaluateBucket.StuckKind;

    private static Bucket BucketOf(StuckItem item) => Bucket.Of(new AccountId(item.Content));
}

/// <summary>What was seen so far.</summary>
public sealed class CityPass(ReadStuck stuck)
{
    private readonly Dictionary<Bucket, List<WorkItem>> work = Bucket.All.ToDictionary(
        bucket => bucket,
        _ => new List<WorkItem>()
    );
    private readonly Dictionary<Bucket, DateTimeOffset?> looks = Bucket.All.ToDictionary(
        bucket => bucket,
        _ => (DateTimeOffset?)null
    );
    private readonly Dictionary<Bucket, List<PendingNotice>> notices = Bucket.All.ToDictionary(
        bucket => bucket,
        _ => new List<PendingNotice>()
    );
    private readonly List<StuckEntry> watched = [];
    private readonly SumTally sums = new();

    public IReadOnlyList<WorkItem> Work => [.. work.Values.SelectMany(items => items)];

    public IReadOnlyList<PendingNotice> Notices => [.. notices.Values.SelectMany(some => some)];

    public IReadOnlyList<StuckEntry> Watched => watched;

    public IReadOnlyDictionary<Bucket, DateTimeOffset?> Looks => looks;

    public IReadOnlyList<CycleSum> Cycles => sums.Cycles;

    /// <summary>A page of the bucket's ledgers, each once.</summary>
    public void Add(Bucket bucket, IReadOnlyList<LedgerEntry> page)
    {
        work[bucket].AddRange(page.Where(entry => entry.IsListed).SelectMany(entry => entry.Ledger.Work()));
        notices[bucket].AddRange(page.SelectMany(entry => entry.Ledger.PendingNotices()));
        watched.AddRange(page.Where(entry => entry.Ledger.IsWatched).SelectMany(entry => stuck.Of(entry.Ledger)));
        looks[bucket] = page.Select(entry => entry.NextEvaluation).Append(looks[bucket]).Min();
    }

    /// <summary>The sums of a whole bucket.</summary>
    public void Add(BucketSums bucket) => bucket.Cycles.ToList().ForEach(sums.Add);

    internal void SetWaiting(Bucket bucket, WaitingInBucket waiting) =>
        (work[bucket], notices[bucket]) = ([.. waiting.Work], [.. waiting.Notices]);
}
