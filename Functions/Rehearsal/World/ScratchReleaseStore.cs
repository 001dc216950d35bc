using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Rehearsal.World;

/// <summary>The plans of a rehearsal's releases.</summary>
public sealed class ScratchReleaseStore : IReleaseStore
{
    private readonly List<ReleasePlan> plans = [];
    private readonly Dictionary<(string Release, int Bucket), BucketLines> stored = [];

    /// <summary>Another one after each write of lines.</summary>
    public long Version { get; private set; }

    public Task<PlanEntry> AddAsync(Func<string, ReleasePlan> plan, CancellationToken cancel)
    {
        var added = plan($"R-{plans.Count + 1}");
        plans.Add(added);
        return Task.FromResult(ToEntry(added));
    }

    public Task<PlanEntry?> FindAsync(string id, CancellationToken cancel) =>
        Task.FromResult(plans.Find(plan => plan.Id == id) is { } found ? ToEntry(found) : null);

    public Task<PlanEntry?> TrySaveAsync(PlanEntry before, ReleasePlan after, CancellationToken cancel)
    {
        var index = plans.FindIndex(plan => plan.Id == after.Id);
        if (ToEntry(plans[index]).Tag != before.Tag)
        {
            return Task.FromResult<PlanEntry?>(null);
        }

        plans[index] = after;
        return Task.FromResult<PlanEntry?>(ToEntry(after));
    }

    public IAsyncEnumerable<ReleasePlan> ReadNewestAsync(CancellationToken cancel) =>
        plans.AsEnumerable().Reverse().ToAsyncEnumerable();

    public Task<BucketLines?> FindLinesAsync(string release, Bucket bucket, CancellationToken cancel) =>
        Task.FromResult(stored.GetValueOrDefault((release, bucket.Number)));

    public IAsyncEnumerable<BucketLines> ReadLinesAsync(string release, CancellationToken cancel) =>
        stored
            .Values.Where(bucket => bucket.Release == release)
            .OrderBy(bucket => bucket.Bucket.Number)
            .ToList()
            .ToAsyncEnumerable();

    public IAsyncEnumerable<ReleaseProgress> ReadProgressAsync(string release, CancellationToken cancel) =>
        ReadLinesAsync(release, cancel)
            .Select(bucket => ReleaseProgress.Of(bucket.Lines, isLive: true) with { MovedAt = bucket.CheckedAt });

    public IAsyncEnumerable<PlanSketch> ReadSketchesAsync(string release, CancellationToken cancel) =>
        ReadLinesAsync(release, cancel).Select(bucket => PlanSketch.Of(bucket.Lines));

    public Task<BucketLines?> TrySaveLinesAsync(BucketLines lines, CancellationToken cancel)
    {
        var key = (lines.Release, lines.Bucket.Number);
        if (stored.GetValueOrDefault(key)?.Tag != lines.Tag)
        {
            return Task.FromResult<BucketLines?>(null);
        }

        var saved = lines with { Tag = $"{++Version}" };
        stored[key] = saved;
        return Task.FromResult<BucketLines?>(saved);
    }

    public Task<BucketLines?> TrySaveProgressAsync(BucketLines lines, CancellationToken cancel) =>
        TrySaveLinesAsync(lines, cancel);

    // A plan is its own version: equal plans are the same.
    private static PlanEntry ToEntry(ReleasePlan plan) => new(plan, $"{plan.State}");
}
