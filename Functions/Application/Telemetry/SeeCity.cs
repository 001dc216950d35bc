using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Stuck;
using Autopay.Application.Work;

namespace Autopay.Application.Telemetry;

/// <summary>
/// Sees what waits for people on one pass over the ledgers (D260). It keeps what is on the lists, and nothing of an
/// account that has nothing there.
/// </summary>
public sealed class SeeCity(ILedgerStore ledgers, IControlsStore controls, IStuckStore items, ReadStuck stuck)
{
    public CityPass Begin() => new(stuck);

    /// <summary>What the pass has seen, with what no ledger knows, read once.</summary>
    public async Task<SeenCity> EndAsync(CityPass pass, CancellationToken cancel)
    {
        var open = await items.ReadAllAsync(cancel).ToListAsync(cancel);

        // A ledger that cannot be read was left out; the row beside it may be readable, and still tells what waits.
        foreach (var bucket in open.Where(IsOfAccount).Select(BucketOf).Distinct())
        {
            pass.SetWork(bucket, await ledgers.ReadWorkAsync(bucket, cancel));
        }

        return new SeenCity(
            (await controls.LoadAsync(cancel)).Controls,
            pass.Work,
            pass.Watched,
            pass.Looks,
            open,
            pass.Cycles
        );
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
    private readonly List<StuckEntry> watched = [];
    private readonly SumTally sums = new();

    public IReadOnlyList<WorkItem> Work => [.. work.Values.SelectMany(items => items)];

    public IReadOnlyList<StuckEntry> Watched => watched;

    public IReadOnlyDictionary<Bucket, DateTimeOffset?> Looks => looks;

    public IReadOnlyList<CycleSum> Cycles => sums.Cycles;

    /// <summary>A page of the bucket's ledgers, each once.</summary>
    public void Add(Bucket bucket, IReadOnlyList<LedgerEntry> page)
    {
        work[bucket].AddRange(page.Where(entry => entry.IsListed).SelectMany(entry => entry.Ledger.Work()));
        watched.AddRange(page.Where(entry => entry.Ledger.IsWatched).SelectMany(entry => stuck.Of(entry.Ledger)));
        looks[bucket] = page.Select(entry => entry.NextEvaluation).Append(looks[bucket]).Min();
    }

    /// <summary>The sums of a whole bucket.</summary>
    public void Add(BucketSums bucket) => bucket.Cycles.ToList().ForEach(sums.Add);

    internal void SetWork(Bucket bucket, IReadOnlyList<WorkItem> items) => work[bucket] = [.. items];
}
